//! Products to show beside another.

use serde_json::{Value, json};

use super::{refused_argument, staff};
use crate::{
    make::catalog::{Made, NewProduct, collection, product, variant},
    support::TestShop,
};

const RECOMMENDED: &str = "query($id: ID, $handle: String, $intent: ProductRecommendationIntent) { \
                           r: productRecommendations(productId: $id, productHandle: $handle, intent: $intent) { title } }";

async fn recommended(shop: &TestShop, variables: Value) -> Value {
    let found = shop.guest(RECOMMENDED, variables).await.at("/r");
    match found {
        Value::Array(found) => found.into_iter().map(|product| product["title"].clone()).collect(),
        other => other,
    }
}

/// Something that shares nothing with the others.
fn stranger(title: &str) -> NewProduct {
    product(title).vendor("Nobody").product_type("Oddity")
}

async fn lamp(shop: &TestShop) -> Made {
    product("Lamp").vendor("Acme").product_type("Light").tags(&["Oak", "warm"]).make(shop).await
}

#[tokio::test]
async fn what_shares_more_comes_first() {
    let shop = TestShop::new().await;
    let lamp = lamp(&shop).await;
    stranger("Stranger").tags(&["cold"]).make(&shop).await;
    stranger("By vendor").vendor("ACME").make(&shop).await;
    stranger("By tag").tags(&["oak"]).make(&shop).await;
    stranger("By type").product_type("light").make(&shop).await;
    let room = stranger("By collection").make(&shop).await;
    stranger("By type and tags").product_type("Light").tags(&["OAK", "warm", "new"]).make(&shop).await;
    let both = stranger("By two collections").make(&shop).await;
    collection(&shop, "Living room", true, &[&lamp, &room, &both]).await;
    collection(&shop, "Winter", true, &[&lamp, &both]).await;
    let hidden = stranger("By a hidden collection").make(&shop).await;
    collection(&shop, "Hidden", false, &[&lamp, &hidden]).await;
    let expected = json!(["By two collections", "By type and tags", "By collection", "By type", "By tag", "By vendor"]);
    assert_eq!(recommended(&shop, json!({ "id": lamp.gid() })).await, expected);
    assert_eq!(recommended(&shop, json!({ "handle": "lamp", "intent": "RELATED" })).await, expected);
    // Staff see the hidden collection, so for them it counts.
    let answer = shop.ask(&staff(), RECOMMENDED, json!({ "id": lamp.gid() })).await;
    assert_eq!(answer.at("/r/3/title"), json!("By a hidden collection"), "{:#}", answer.body);
}

#[tokio::test]
async fn what_can_be_bought_comes_first_then_what_sells_then_what_is_older() {
    let shop = TestShop::new().await;
    let lamp = lamp(&shop).await;
    stranger("Sold out").product_type("Light").tags(&["oak"]).variant(variant(1_000).stock(0)).make(&shop).await;
    stranger("Older").product_type("Light").make(&shop).await;
    stranger("Newer").product_type("Light").make(&shop).await;
    stranger("Loved").product_type("Light").units_sold(7).make(&shop).await;
    stranger("Draft").product_type("Light").draft().make(&shop).await;
    stranger("Unpublished").product_type("Light").unpublished().make(&shop).await;
    let expected = json!(["Loved", "Older", "Newer", "Sold out"]);
    assert_eq!(recommended(&shop, json!({ "id": lamp.gid() })).await, expected);
}

#[tokio::test]
async fn there_are_ten_at_most_and_words_that_are_empty_are_not_shared() {
    let shop = TestShop::new().await;
    for number in 1..=12 {
        product(&format!("Thing {number:02}")).product_type("").vendor("Acme").make(&shop).await;
    }
    let all = recommended(&shop, json!({ "handle": "thing-12" })).await;
    let expected: Value = (1..=10).map(|number| format!("Thing {number:02}")).collect();
    assert_eq!(all, expected);
    product("Nameless").product_type("").vendor("").make(&shop).await;
    product("Wordless").product_type("").vendor("").make(&shop).await;
    assert_eq!(recommended(&shop, json!({ "handle": "nameless" })).await, json!([]));
}

#[tokio::test]
async fn nobody_says_yet_what_completes_a_product_and_what_is_unknown_is_null() {
    let shop = TestShop::new().await;
    let lamp = lamp(&shop).await;
    product("Bulb").product_type("Light").make(&shop).await;
    let complementary = recommended(&shop, json!({ "id": lamp.gid(), "intent": "COMPLEMENTARY" })).await;
    assert_eq!(complementary, json!([]));
    product("Secret").draft().make(&shop).await;
    for unknown in [
        json!({ "id": "gid://cartwright/Product/01900000-0000-7000-8000-000000000000" }),
        json!({ "handle": "nothing" }),
        json!({ "handle": "secret" }),
    ] {
        assert_eq!(recommended(&shop, unknown.clone()).await, Value::Null, "{unknown}");
    }
    for (wrong, argument) in [
        (json!({ "id": "1" }), "productId"),
        (json!({ "id": lamp.variant_gid(0) }), "productId"),
        (json!({ "id": lamp.gid(), "handle": "lamp" }), "productId"),
        (json!({}), "productHandle"),
        (json!({ "handle": "a\u{0}b" }), "productHandle"),
    ] {
        let answer = shop.guest(RECOMMENDED, wrong.clone()).await;
        assert_eq!(refused_argument(&answer), argument, "{wrong}");
    }
}

#[tokio::test]
async fn recommendations_cost_three_statements() {
    let shop = TestShop::still().await;
    let lamp = lamp(&shop).await;
    for number in 0..12 {
        stranger(&format!("Thing {number}")).product_type("Light").tags(&["oak"]).make(&shop).await;
    }
    let (answer, count) = shop.statements(shop.guest(RECOMMENDED, json!({ "id": lamp.gid() }))).await;
    assert_eq!(answer.at("/r").as_array().map(Vec::len), Some(10));
    // The product, the ranking, the products.
    assert_eq!(count, 3);
}
