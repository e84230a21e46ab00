//! Options, variants and pictures of a product.

use serde_json::{Value, json};

use super::{PRODUCT, create, lamp, run, shirt, update};
use crate::support::TestShop;

#[tokio::test]
async fn options_and_variants_are_kept_in_the_order_of_the_options_and_sorted_by_the_lowest_price() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let mut input = shirt();
    input["publish"] = json!(true);
    let product = create(&shop, &staff, input).await;
    let titles: Vec<&str> =
        product["variants"]["nodes"].as_array().expect("a list").iter().filter_map(|v| v["title"].as_str()).collect();
    assert_eq!(titles, ["S / Red", "M / Red"]);
    assert_eq!(product["options"][0], json!({ "name": "Size", "optionValues": [{ "name": "S" }, { "name": "M" }] }));
    create(&shop, &staff, lamp()).await;
    let sorted = shop.guest("{ products(first: 5, sortKey: PRICE) { nodes { title } } }", json!({})).await;
    assert_eq!(sorted.at("/products/nodes"), json!([{ "title": "Shirt" }, { "title": "Desk Lamp" }]));
}

#[tokio::test]
async fn variants_that_do_not_fit_the_options_are_refused() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let value = |option: &str, name: &str| json!({ "optionName": option, "name": name });
    for (variants, codes) in [
        (json!([]), vec!["BLANK"]),
        (json!([{ "price": "1" }, { "price": "2" }]), vec!["DUPLICATE"]),
        (
            json!([{ "price": "1", "optionValues": [value("Size", "S")] }, { "price": "1", "optionValues": [value("Size", "s")] }]),
            vec!["DUPLICATE"],
        ),
        (
            json!([{ "price": "1", "optionValues": [value("Size", "S")] }, { "price": "1", "optionValues": [value("Colour", "S")] }]),
            vec!["NOT_FOUND", "BLANK"],
        ),
        (json!([{ "price": "1.005" }]), vec!["INVALID"]),
        (json!([{ "price": "ten" }]), vec!["INVALID"]),
        (json!([{ "price": "99999999999999" }]), vec!["INVALID"]),
        (json!([{ "price": "1", "quantity": -1 }]), vec!["INVALID"]),
    ] {
        let input = json!({ "title": "X", "variants": variants });
        let refused = run(&shop, &staff, "productCreate", PRODUCT, input.clone()).await;
        assert_eq!(refused.refusals("productCreate"), codes, "{input}");
    }
    let many: Vec<Value> =
        (0..251).map(|n| json!({ "price": "1", "optionValues": [value("N", &n.to_string())] })).collect();
    let refused =
        run(&shop, &staff, "productCreate", "userErrors { code }", json!({ "title": "X", "variants": many })).await;
    assert_eq!(refused.refusals("productCreate"), ["TOO_MANY"]);
}

#[tokio::test]
async fn options_are_renamed_added_and_removed_while_variants_stay_apart() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let id = create(&shop, &staff, lamp()).await["id"].clone();
    let options = |options: Value| json!({ "id": id, "options": options });
    let missing = update(&shop, &staff, options(json!([{ "name": "Color" }]))).await;
    assert_eq!(missing.refusals("productUpdate"), ["BLANK"]);
    update(&shop, &staff, options(json!([{ "name": "Color", "values": ["Black"] }]))).await.done("productUpdate");
    let grown =
        update(&shop, &staff, options(json!([{ "name": "Shade" }, { "name": "Plug", "values": ["EU", "UK"] }]))).await;
    let product = grown.done("productUpdate")["product"].clone();
    assert_eq!(product["variants"]["nodes"][0]["title"], "Black / EU");
    let add = json!({ "productId": id, "variants": [{ "price": "26", "optionValues": [
        { "optionName": "Shade", "name": "Black" }, { "optionName": "Plug", "name": "UK" }] }] });
    run(&shop, &staff, "productVariantsBulkCreate", PRODUCT, add).await.done("productVariantsBulkCreate");
    let alike = update(&shop, &staff, options(json!([{ "name": "Shade" }]))).await;
    assert_eq!(alike.refusals("productUpdate"), ["DUPLICATE"]);
}

#[tokio::test]
async fn variants_are_added_changed_and_removed_all_or_none() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let product = create(&shop, &staff, shirt()).await;
    let (id, nodes) = (product["id"].clone(), product["variants"]["nodes"].clone());
    let (small, medium) = (nodes[0]["id"].clone(), nodes[1]["id"].clone());
    let selection =
        "productVariants { title sku price { amount } compareAtPrice { amount } } userErrors { field code }";
    let value = |option: &str, name: &str| json!({ "optionName": option, "name": name });

    // Two variants exchange their values in one call.
    let swap = json!({ "productId": id, "variants": [
        { "id": small, "optionValues": [value("Size", "M")], "price": "30", "compareAtPrice": "40", "sku": "A" },
        { "id": medium, "optionValues": [value("Size", "S")] },
    ] });
    let swapped = run(&shop, &staff, "productVariantsBulkUpdate", selection, swap).await;
    assert_eq!(
        swapped.done("productVariantsBulkUpdate")["productVariants"],
        json!([
            { "title": "M / Red", "sku": "A", "price": { "amount": "30.0" }, "compareAtPrice": { "amount": "40.0" } },
            { "title": "S / Red", "sku": null, "price": { "amount": "10.0" }, "compareAtPrice": null },
        ])
    );
    let cleared = json!({ "productId": id, "variants": [{ "id": small, "compareAtPrice": null, "sku": null }] });
    let cleared = run(&shop, &staff, "productVariantsBulkUpdate", selection, cleared).await;
    assert_eq!(cleared.at("/productVariantsBulkUpdate/productVariants/0/sku"), Value::Null);

    let alike =
        json!({ "productId": id, "variants": [{ "id": small, "optionValues": [value("Size", "S")], "price": "1" }] });
    let alike = run(&shop, &staff, "productVariantsBulkUpdate", selection, alike).await;
    assert_eq!(alike.refusals("productVariantsBulkUpdate"), ["DUPLICATE"]);

    let half = json!({ "productId": id, "variants": [
        { "price": "9", "optionValues": [value("Size", "L"), value("Color", "Red")] },
        { "price": "9", "optionValues": [value("Size", "S"), value("Color", "Red")] },
    ] });
    let half = run(&shop, &staff, "productVariantsBulkCreate", selection, half).await;
    assert_eq!(half.refusals("productVariantsBulkCreate"), ["DUPLICATE"]);
    assert_eq!(half.at("/productVariantsBulkCreate/userErrors/0/field"), json!(["input", "variants", "1"]));

    let all = json!({ "productId": id, "variantIds": [small, medium] });
    let all = run(&shop, &staff, "productVariantsBulkDelete", PRODUCT, all).await;
    assert_eq!(all.refusals("productVariantsBulkDelete"), ["BLANK"]);
    let one = json!({ "productId": id, "variantIds": [small] });
    let one = run(&shop, &staff, "productVariantsBulkDelete", PRODUCT, one).await.done("productVariantsBulkDelete");
    assert_eq!(one["product"]["variants"]["nodes"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn pictures_are_added_shown_by_variants_and_taken_away() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let product = create(&shop, &staff, shirt()).await;
    let (id, small) = (product["id"].clone(), product["variants"]["nodes"][0]["id"].clone());
    let media = json!({ "productId": id, "media": [
        { "image": { "url": "/media/demo/a.webp", "altText": "A", "width": 10, "height": 10 }, "variantIds": [small] },
        { "image": { "url": "https://cdn.example/b.jpg" } },
    ] });
    let added =
        run(&shop, &staff, "productMediaCreate", PRODUCT, media).await.done("productMediaCreate")["product"].clone();
    assert_eq!(added["images"]["nodes"][0]["altText"], "A");
    assert!(added["variants"]["nodes"][0]["image"]["url"].as_str().expect("a URL").ends_with("/media/demo/a.webp"));
    let remove = json!({ "productId": id, "imageIds": [added["images"]["nodes"][0]["id"]] });
    let removed =
        run(&shop, &staff, "productMediaDelete", PRODUCT, remove.clone()).await.done("productMediaDelete")["product"]
            .clone();
    assert_eq!(removed["images"]["nodes"].as_array().map(Vec::len), Some(1));
    let again = run(&shop, &staff, "productMediaDelete", PRODUCT, remove).await;
    assert_eq!(again.refusals("productMediaDelete"), ["NOT_FOUND"]);
    let bad = json!({ "productId": id, "media": [{ "image": { "url": "/media/../secret" } }] });
    let bad = run(&shop, &staff, "productMediaCreate", PRODUCT, bad).await;
    assert_eq!(bad.at("/productMediaCreate/userErrors/0/field"), json!(["input", "media", "0", "image", "url"]));
}
