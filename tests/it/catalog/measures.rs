//! What a unit of a product costs: by staff, by file, in the demo shop.

use std::io::Cursor;

use cartwright::{
    demo,
    domain::catalog::import::{Options, import_products},
};
use serde_json::{Value, json};

use crate::support::{Caller, TestShop};

const MEASURED: &str = "unitPrice { amount currencyCode } unitPriceMeasurement { measuredType quantityUnit quantityValue \
                        referenceUnit referenceValue }";

async fn create(shop: &TestShop, staff: &Caller, measurement: Value) -> Value {
    let document = format!(
        "mutation($input: ProductCreateInput!) {{ productCreate(input: $input) {{ product {{ id variants(first: 1) {{ \
         nodes {{ id {MEASURED} }} }} }} userErrors {{ field code message }} }} }}"
    );
    let variant = json!({ "price": "12.50", "compareAtPrice": "15", "unitPriceMeasurement": measurement });
    let input = json!({ "title": "Coffee", "publish": true, "variants": [variant] });
    shop.ask(staff, &document, json!({ "input": input })).await.at("/productCreate")
}

#[tokio::test]
async fn staff_say_how_much_a_variant_holds_and_shoppers_see_what_a_unit_costs() {
    let shop = TestShop::new().await;
    let staff = shop.admin().await;
    let measurement =
        json!({ "quantityValue": "250", "quantityUnit": "G", "referenceValue": 1, "referenceUnit": "KG" });
    let created = create(&shop, &staff, measurement).await;
    let variant = &created["product"]["variants"]["nodes"][0];
    assert_eq!(
        variant["unitPriceMeasurement"],
        json!({ "measuredType": "WEIGHT", "quantityUnit": "G", "quantityValue": 250.0, "referenceUnit": "KG",
                "referenceValue": 1 })
    );
    assert_eq!(variant["unitPrice"], json!({ "amount": "50.0", "currencyCode": "USD" }));

    let update = format!(
        "mutation($input: ProductVariantsBulkUpdateInput!) {{ productVariantsBulkUpdate(input: $input) {{ \
         productVariants {{ compareAtPrice {{ amount }} {MEASURED} }} userErrors {{ message }} }} }}"
    );
    let change = async |change: Value| {
        let mut line = json!({ "id": variant["id"] });
        line.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
        let input = json!({ "productId": created["product"]["id"], "variants": [line] });
        shop.ask(&staff, &update, json!({ "input": input })).await.at("/productVariantsBulkUpdate/productVariants/0")
    };
    // Another price, the same measure.
    assert_eq!(change(json!({ "price": "10" })).await["unitPrice"]["amount"], "40.0");
    let litres = json!({ "unitPriceMeasurement": { "quantityValue": "0.75", "quantityUnit": "L" } });
    let changed = change(litres).await;
    assert_eq!(changed["unitPrice"]["amount"], "13.33");
    assert_eq!(changed["compareAtPrice"]["amount"], "15.0");
    assert_eq!(
        changed["unitPriceMeasurement"],
        json!({ "measuredType": "VOLUME", "quantityUnit": "L", "quantityValue": 0.75, "referenceUnit": "L",
                "referenceValue": 1 })
    );
    let without = change(json!({ "unitPriceMeasurement": null })).await;
    assert_eq!((&without["unitPrice"], &without["unitPriceMeasurement"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn a_measure_that_makes_no_sense_is_refused_with_its_place() {
    let shop = TestShop::new().await;
    let staff = shop.admin().await;
    for (measurement, field) in [
        (json!({ "quantityValue": "0", "quantityUnit": "G" }), "quantityValue"),
        (json!({ "quantityValue": "1.0005", "quantityUnit": "G" }), "quantityValue"),
        (json!({ "quantityValue": "-1", "quantityUnit": "G" }), "quantityValue"),
        (json!({ "quantityValue": "9999999999", "quantityUnit": "G" }), "quantityValue"),
        (json!({ "quantityValue": "1", "quantityUnit": "G", "referenceUnit": "ML" }), "referenceUnit"),
        (json!({ "quantityValue": "1", "quantityUnit": "G", "referenceValue": 0 }), "referenceValue"),
        (json!({ "quantityValue": "1", "quantityUnit": "G", "referenceValue": 1_000_001 }), "referenceValue"),
    ] {
        let refused = create(&shop, &staff, measurement.clone()).await;
        let error = &refused["userErrors"][0];
        assert_eq!(error["field"], json!(["variants", "0", "unitPriceMeasurement", field]), "{measurement} {refused}");
        assert_eq!(error["code"], "INVALID", "{measurement}");
    }
}

#[tokio::test]
async fn a_product_file_has_measures() {
    let shop = TestShop::still().await;
    let file = "\
Handle,Title,Variant Price,Unit Price Total Measure,Unit Price Total Measure Unit,Unit Price Base Measure,Unit Price Base Measure Unit
oil,Oil,9.99,0.75,L,100,ml
tiles,Tiles,40,2,m²,,
soda,Soda,2,12,fl_oz,1.0,FLOZ
plain,Plain,1,,,,
zero,Zero,1,0.0,kg,0,kg
odd,Odd,1,5,stone,1,kg
mixed,Mixed,1,5,kg,1,ml
";
    let options = Options::default();
    let report = import_products(&shop.app.database, &shop.app.sources, Cursor::new(file), &options, |_| {}).await;
    let report = report.expect("a product file");
    assert_eq!((report.created, report.unused_columns.len()), (7, 0));
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].contains("5 stone per 1 kg") && problems[1].contains("5 kg per 1 ml"), "{problems:?}");
    let price = async |handle: &str| {
        let document =
            "query($h: String) { product(handle: $h) { variants(first: 1) { nodes { unitPrice { amount } } } } }";
        shop.guest(document, json!({ "h": handle })).await.at("/product/variants/nodes/0/unitPrice")
    };
    for (handle, amount) in [("oil", "1.33"), ("tiles", "20.0"), ("soda", "0.17")] {
        assert_eq!(price(handle).await, json!({ "amount": amount }), "{handle}");
    }
    for handle in ["plain", "zero", "odd", "mixed"] {
        assert_eq!(price(handle).await, Value::Null, "{handle}");
    }
}

#[tokio::test]
async fn the_coffee_of_the_demo_shop_tells_what_a_kilogram_costs() {
    let shop = TestShop::still().await;
    demo::load(&shop.app).await.expect("the demo shop");
    let document = "{ product(handle: \"embergrove-first-light-coffee\") { variants(first: 10) { nodes { title unitPrice { \
                    amount } unitPriceMeasurement { referenceUnit } } } } }";
    let variants = shop.guest(document, json!({})).await.at("/product/variants/nodes");
    let variants = variants.as_array().expect("variants");
    assert_eq!(variants.len(), 6);
    for variant in variants {
        let expected = if variant["title"].as_str().expect("a title").starts_with("250 g") { "46.0" } else { "38.0" };
        assert_eq!(variant["unitPrice"]["amount"], expected, "{variant}");
        assert_eq!(variant["unitPriceMeasurement"]["referenceUnit"], "KG");
    }
}
