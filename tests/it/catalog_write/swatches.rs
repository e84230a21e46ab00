//! What shows the values of options: said once by staff, seen in every product.

use serde_json::{Value, json};

use super::{create, facts, lamp, run, shirt};
use crate::support::{Answer, Caller, TestShop};

const SWATCH: &str =
    "optionSwatch { id optionName value color image { url altText width height } } userErrors { field code }";

async fn set(shop: &TestShop, staff: &Caller, input: Value) -> Answer {
    run(shop, staff, "optionSwatchSet", SWATCH, input).await
}

/// The swatches of a product's color values, as a shopper sees them.
async fn seen(shop: &TestShop, handle: &Value) -> Value {
    let document = "query ($handle: String) { product(handle: $handle) { options { name optionValues { name
        swatch { color image { previewImage { url altText width } } } } } } }";
    shop.guest(document, json!({ "handle": handle })).await.at("/product/options")
}

#[tokio::test]
async fn a_swatch_is_said_once_and_seen_in_every_product_that_has_the_value() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let product = create(&shop, &staff, {
        let mut shirt = shirt();
        shirt["publish"] = json!(true);
        shirt
    })
    .await;
    let handle = &product["handle"];
    assert_eq!(seen(&shop, handle).await[1]["optionValues"][0]["swatch"], Value::Null);
    let red = json!({ "optionName": " color ", "value": "RED", "color": "#F00" });
    let made = set(&shop, &staff, red).await.done("optionSwatchSet")["optionSwatch"].clone();
    assert_eq!(
        (&made["optionName"], &made["value"], &made["color"]),
        (&json!("color"), &json!("RED"), &json!("#ff0000"))
    );
    let options = seen(&shop, handle).await;
    assert_eq!(options[1]["optionValues"][0]["swatch"], json!({ "color": "#ff0000", "image": null }));
    assert_eq!(options[0]["optionValues"][0]["swatch"], Value::Null, "the value of another option");

    let image = json!({ "url": "/media/red.webp", "altText": "Red wool", "width": 40, "height": 40 });
    let again = json!({ "optionName": "Color", "value": "Red", "image": image });
    let again = set(&shop, &staff, again).await.done("optionSwatchSet")["optionSwatch"].clone();
    assert_eq!((&again["id"], &again["color"], &again["image"]["width"]), (&made["id"], &Value::Null, &json!(40)));
    let swatch = seen(&shop, handle).await[1]["optionValues"][0]["swatch"].clone();
    assert_eq!(swatch["image"]["previewImage"]["altText"], "Red wool");
    let listed = shop.ask(&staff, "{ optionSwatches(first: 5) { nodes { value } totalCount } }", json!({})).await;
    assert_eq!(listed.at("/optionSwatches"), json!({ "nodes": [{ "value": "Red" }], "totalCount": 1 }));

    let fields = "deletedOptionSwatchId userErrors { code }";
    let gone = run(&shop, &staff, "optionSwatchDelete", fields, json!({ "id": made["id"] })).await;
    assert_eq!(gone.done("optionSwatchDelete")["deletedOptionSwatchId"], made["id"]);
    assert_eq!(seen(&shop, handle).await[1]["optionValues"][0]["swatch"], Value::Null);
    let twice = run(&shop, &staff, "optionSwatchDelete", fields, json!({ "id": made["id"] })).await;
    assert_eq!(twice.code(), "NOT_FOUND");
    let told = facts(&shop).await;
    let told: Vec<&str> = told.iter().map(String::as_str).filter(|kind| kind.starts_with("option_swatch")).collect();
    assert_eq!(told, ["option_swatch.updated", "option_swatch.updated", "option_swatch.deleted"]);
}

#[tokio::test]
async fn a_swatch_needs_a_value_and_something_to_show() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    for (input, code, field) in [
        (json!({ "optionName": "Color", "value": "Red" }), "BLANK", "color"),
        (json!({ "optionName": "Color", "value": " ", "color": "#fff" }), "BLANK", "value"),
        (json!({ "optionName": "Color", "value": "Red", "color": "red" }), "INVALID", "color"),
        (json!({ "optionName": "Color", "value": "Red", "image": { "url": "javascript:x" } }), "INVALID", "image"),
        (json!({ "optionName": "x".repeat(256), "value": "Red", "color": "#fff" }), "TOO_LONG", "optionName"),
    ] {
        let refused = set(&shop, &staff, input.clone()).await;
        assert_eq!(refused.refusals("optionSwatchSet"), [code], "{input}");
        assert_eq!(refused.at("/optionSwatchSet/userErrors/0/field")[1], field, "{input}");
    }
    let nul = set(&shop, &staff, json!({ "optionName": "Color", "value": "a\u{0}", "color": "#fff" })).await;
    assert_eq!(nul.code(), "BAD_USER_INPUT");
    let ada = shop.customer("ada@example.com").await;
    let input = json!({ "optionName": "Color", "value": "Red", "color": "#fff" });
    assert_eq!(set(&shop, &ada, input).await.code(), "FORBIDDEN");
    assert!(
        shop.ask(&staff, "{ optionSwatches { totalCount } }", json!({})).await.at("/optionSwatches/totalCount") == 0
    );
}

#[tokio::test]
async fn swatches_of_many_products_cost_one_statement() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    set(&shop, &staff, json!({ "optionName": "Color", "value": "Red", "color": "#f00" })).await.done("optionSwatchSet");
    create(&shop, &staff, lamp()).await;
    for number in 0..4 {
        let mut shirt = shirt();
        (shirt["title"], shirt["publish"]) = (json!(format!("Shirt {number}")), json!(true));
        create(&shop, &staff, shirt).await;
    }
    let document =
        |swatch| format!("{{ products(first: 9) {{ nodes {{ options {{ optionValues {{ name {swatch} }} }} }} }} }}");
    let (_, without) = shop.statements(shop.guest(&document(""), json!({}))).await;
    let (answer, with) = shop.statements(shop.guest(&document("swatch { color }"), json!({}))).await;
    assert_eq!(answer.body.to_string().matches("#ff0000").count(), 4, "{:#}", answer.body);
    assert_eq!(with, without + 1);
}
