//! Which combinations of options there are, as one text.

use serde_json::json;

use super::staff;
use crate::{
    make::catalog::{product, variant},
    support::TestShop,
};

const ENCODED: &str = "query($handle: String) { product(handle: $handle) { encodedVariantExistence \
                       encodedVariantAvailability } }";

#[tokio::test]
async fn what_exists_and_what_can_be_bought_are_told_apart() {
    let shop = TestShop::new().await;
    product("Shoe")
        .options(&["Size", "Color"])
        .variant(variant(1_000).options(&["40", "Red"]).stock(0))
        .variant(variant(1_000).options(&["40", "Blue"]).stock(2))
        .variant(variant(1_000).options(&["41", "Green"]).stock(0).continue_selling())
        .variant(variant(1_000).options(&["41", "Red"]))
        .make(&shop)
        .await;
    let answer = shop.guest(ENCODED, json!({ "handle": "shoe" })).await;
    assert_eq!(
        answer.at("/product"),
        json!({ "encodedVariantExistence": "v1_0:0-1,1:0 2,", "encodedVariantAvailability": "v1_0:1,1:0 2," })
    );
}

#[tokio::test]
async fn a_product_without_options_has_one_combination() {
    let shop = TestShop::new().await;
    product("Lamp").variant(variant(1_000).stock(1)).make(&shop).await;
    product("Sold out").variant(variant(1_000).stock(0)).make(&shop).await;
    let lamp = shop.guest(ENCODED, json!({ "handle": "lamp" })).await;
    assert_eq!(lamp.at("/product"), json!({ "encodedVariantExistence": "v1_0", "encodedVariantAvailability": "v1_0" }));
    let sold_out = shop.guest(ENCODED, json!({ "handle": "sold-out" })).await;
    assert_eq!(
        sold_out.at("/product"),
        json!({ "encodedVariantExistence": "v1_0", "encodedVariantAvailability": "v1_" })
    );
}

#[tokio::test]
async fn nothing_of_a_draft_can_be_bought() {
    let shop = TestShop::new().await;
    product("Soon").draft().options(&["Size"]).variant(variant(1_000).options(&["S"])).make(&shop).await;
    let answer = shop.ask(&staff(), ENCODED, json!({ "handle": "soon" })).await;
    assert_eq!(
        answer.at("/product"),
        json!({ "encodedVariantExistence": "v1_0", "encodedVariantAvailability": "v1_" })
    );
}

#[tokio::test]
async fn two_thousand_variants_are_read_by_three_statements() {
    let shop = TestShop::still().await;
    let mut ring = product("Ring").options(&["Size", "Metal", "Stone"]);
    for number in 0..2_000 {
        let values = [number / 100, number / 10 % 10, number % 10].map(|place| place.to_string());
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        ring = ring.variant(variant(1_000).options(&values));
    }
    ring.make(&shop).await;
    let (answer, count) = shop.statements(shop.guest(ENCODED, json!({ "handle": "ring" }))).await;
    let tree: String = (0..20)
        .map(|size| format!("{size}:{},", (0..10).map(|metal| format!("{metal}:0-9,")).collect::<String>()))
        .collect();
    assert_eq!(answer.at("/product/encodedVariantExistence"), json!(format!("v1_{tree}")));
    assert_eq!(answer.at("/product/encodedVariantAvailability"), json!(format!("v1_{tree}")));
    // The product by its handle, the variants, the options.
    assert_eq!(count, 3);
}
