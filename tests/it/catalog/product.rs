//! One product with everything on it.

use serde_json::json;

use super::{refused_argument, staff};
use crate::{
    make::catalog::{product, variant},
    support::TestShop,
};

async fn shirt(shop: &TestShop) {
    product("Crème Shirt")
        .vendor("Acme")
        .product_type("Shirts")
        .tags(&["Summer", "cotton"])
        .options(&["Size", "Color"])
        .images(&["/media/front.webp", "https://images.example/back.webp"])
        .variant(variant(2_000).options(&["S", "Red"]).sku("CS-1").stock(0).compare_at(2_500))
        .variant(variant(1_950).options(&["M", "Red"]).stock(3).compare_at(1_950).image(1))
        .variant(variant(2_100).options(&["M", "Blue"]).stock(0).continue_selling())
        .make(shop)
        .await;
}

#[tokio::test]
async fn a_product_answers_with_everything_it_has() {
    let shop = TestShop::new().await;
    shirt(&shop).await;
    let document = r#"query($handle: String) { product(handle: $handle) {
        handle title description cut: description(truncateAt: 5) descriptionHtml vendor productType tags
        availableForSale totalInventory version variantsCount seo { title description }
        encodedVariantExistence encodedVariantAvailability trackingParameters onlineStoreUrl
        options { name values optionValues { name swatch { color } firstSelectableVariant { title } } }
        priceRange { minVariantPrice { amount currencyCode } maxVariantPrice { amount } }
        compareAtPriceRange { minVariantPrice { amount } maxVariantPrice { amount } }
        featuredImage { url altText width height }
        images(first: 5) { edges { node { url } } }
        variants(first: 5) { totalCount edges { node {
            title sku barcode weight price { amount } compareAtPrice { amount } unitPrice { amount }
            availableForSale currentlyNotInStock quantityAvailable requiresShipping
            selectedOptions { name value } image { url } product { handle } } } }
    } }"#;
    let answer = shop.guest(document, json!({ "handle": "creme-shirt" })).await;
    let mut product = answer.at("/product");
    let base = shop.app.public_url.clone();
    for image in ["/featuredImage/url", "/images/edges/0/node/url", "/variants/edges/0/node/image/url"] {
        let url = product.pointer(image).and_then(|url| url.as_str()).expect(image);
        assert_eq!(url, format!("{base}/media/front.webp"), "{image}");
    }
    // The address of this test's shop is nobody's business in the snapshot.
    let text = product.to_string().replace(&base, "http://shop");
    product = serde_json::from_str(&text).expect("JSON");
    insta::assert_json_snapshot!(product);
}

#[tokio::test]
async fn stock_counts_what_nobody_holds_over_all_locations() {
    let shop = TestShop::new().await;
    shirt(&shop).await;
    let document = "{ product(handle: \"creme-shirt\") { totalInventory status isPublished } }";
    let answer = shop.ask(&staff(), document, json!({})).await;
    assert_eq!(answer.at("/product"), json!({ "totalInventory": 3, "status": "ACTIVE", "isPublished": true }));
}

#[tokio::test]
async fn a_product_is_found_by_its_id_under_any_authority() {
    let shop = TestShop::new().await;
    let made = product("Lamp").price(100).make(&shop).await;
    for id in [made.gid(), made.gid().replace("cartwright", "elsewhere")] {
        let answer = shop.guest("query($id: ID) { product(id: $id) { title } }", json!({ "id": id })).await;
        assert_eq!(answer.text("/product/title"), "Lamp");
    }
}

#[tokio::test]
async fn what_is_missing_is_null_and_what_is_malformed_is_refused() {
    let shop = TestShop::new().await;
    let ask = async |arguments: &str| shop.guest(&format!("{{ product({arguments}) {{ id }} }}"), json!({})).await;
    assert!(ask(r#"handle: "no-such""#).await.at("/product").is_null());
    let unknown = r#"id: "gid://cartwright/Product/01900000-0000-7000-8000-000000000000""#;
    assert!(ask(unknown).await.at("/product").is_null());
    for id in ["", "1", "../../etc/passwd", "1 OR 1=1", "gid://cartwright/Order/01900000-0000-7000-8000-000000000000"] {
        assert_eq!(refused_argument(&ask(&format!("id: {id:?}")).await), "id", "{id}");
    }
    assert_eq!(refused_argument(&ask(r#"handle: "a\u0000b""#).await), "handle");
    assert_eq!(refused_argument(&ask("handle: null").await), "handle");
}

#[tokio::test]
async fn a_negative_length_is_refused() {
    let shop = TestShop::new().await;
    product("Lamp").make(&shop).await;
    let answer = shop.guest("{ product(handle: \"lamp\") { description(truncateAt: -1) } }", json!({})).await;
    assert_eq!(refused_argument(&answer), "truncateAt");
}
