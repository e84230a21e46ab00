//! Finding products by words and fields.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{names, refused_argument};
use crate::{
    make::catalog::{product, variant},
    support::TestShop,
};

const SEARCH: &str = "query($q: String!, $types: [SearchType!], $u: SearchUnavailableProductsType, \
                      $p: SearchPrefixQueryType, $first: Int, $after: String, $key: SearchSortKeys, \
                      $reverse: Boolean) { search(query: $q, types: $types, unavailableProducts: $u, prefix: $p, \
                      first: $first, after: $after, sortKey: $key, reverse: $reverse) { totalCount \
                      nodes { ... on Product { title } } pageInfo { endCursor hasNextPage } } }";

async fn stocked() -> TestShop {
    let shop = TestShop::new().await;
    product("Laptop Sleeve")
        .vendor("Café Noir")
        .product_type("Bags")
        .tags(&["Sale", "50%"])
        .price(2_000)
        .make(&shop)
        .await;
    product("Thin Laptop").product_type("Computers").variant(variant(90_000).sku("LT-1").stock(0)).make(&shop).await;
    product("Mouse").product_type("Computers").tags(&["laptop", "Sale"]).price(999).make(&shop).await;
    product("Desk Lamp").product_type("Lamps").tags(&["Summer Sale"]).price(1_000).make(&shop).await;
    shop
}

async fn found(shop: &TestShop, query: &str, more: Value) -> Vec<String> {
    let mut variables = json!({ "q": query });
    variables.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    names(&shop.guest(SEARCH, variables).await, "/search", "title")
}

async fn listed(shop: &TestShop, query: &str) -> Vec<String> {
    let document = "query($q: String) { products(query: $q, sortKey: TITLE) { nodes { title } } }";
    names(&shop.guest(document, json!({ "q": query })).await, "/products", "title")
}

#[tokio::test]
async fn words_match_beginnings_and_titles_come_first() {
    let shop = stocked().await;
    assert_eq!(found(&shop, "LAP", json!({})).await, ["Laptop Sleeve", "Thin Laptop", "Mouse"]);
    assert_eq!(found(&shop, "lap sale", json!({})).await, ["Laptop Sleeve", "Mouse"]);
    assert_eq!(found(&shop, "cafe", json!({})).await, ["Laptop Sleeve"]);
    assert_eq!(found(&shop, "lt-1", json!({})).await, ["Thin Laptop"]);
    assert_eq!(found(&shop, "aptop", json!({})).await, [""; 0]);
    assert_eq!(found(&shop, "lap", json!({ "p": "NONE" })).await, [""; 0]);
    assert_eq!(found(&shop, "sale lap", json!({ "p": "LAST" })).await, ["Laptop Sleeve", "Mouse"]);
    assert_eq!(found(&shop, "sal laptop", json!({ "p": "LAST" })).await, [""; 0]);
}

#[tokio::test]
async fn what_was_found_is_counted_sorted_and_paged() {
    let shop = stocked().await;
    let by_price = json!({ "key": "PRICE" });
    assert_eq!(found(&shop, "lap", by_price).await, ["Mouse", "Laptop Sleeve", "Thin Laptop"]);
    let mut seen = Vec::new();
    let mut after = Value::Null;
    for _ in 0..3 {
        let answer = shop.guest(SEARCH, json!({ "q": "lap", "first": 1, "after": after })).await;
        assert_eq!(answer.at("/search/totalCount"), 3);
        seen.extend(names(&answer, "/search", "title"));
        after = answer.at("/search/pageInfo/endCursor");
    }
    assert_eq!(seen, ["Laptop Sleeve", "Thin Laptop", "Mouse"]);
}

#[tokio::test]
async fn what_is_sold_out_is_hidden_or_comes_last_in_both_directions() {
    let shop = stocked().await;
    assert_eq!(found(&shop, "lap", json!({ "u": "HIDE" })).await, ["Laptop Sleeve", "Mouse"]);
    let last = ["Laptop Sleeve", "Mouse", "Thin Laptop"];
    assert_eq!(found(&shop, "lap", json!({ "u": "LAST" })).await, last);
    let turned = json!({ "u": "LAST", "key": "PRICE", "reverse": true });
    assert_eq!(found(&shop, "lap", turned).await, last);
    let mut seen = Vec::new();
    let mut after = Value::Null;
    for _ in 0..3 {
        let variables = json!({ "q": "lap", "u": "LAST", "first": 1, "after": after, "key": "PRICE", "reverse": true });
        let answer = shop.guest(SEARCH, variables).await;
        seen.extend(names(&answer, "/search", "title"));
        after = answer.at("/search/pageInfo/endCursor");
    }
    assert_eq!(seen, last);
}

#[tokio::test]
async fn only_the_kinds_asked_for_are_found() {
    let shop = stocked().await;
    assert_eq!(found(&shop, "mouse", json!({ "types": ["PRODUCT", "PAGE"] })).await, ["Mouse"]);
    assert_eq!(found(&shop, "mouse", json!({ "types": ["PAGE", "ARTICLE"] })).await, [""; 0]);
}

#[tokio::test]
async fn fields_filter_the_list() {
    let shop = stocked().await;
    for (query, expected) in [
        ("tag:sale", vec!["Laptop Sleeve", "Mouse"]),
        ("tag:'Summer Sale'", vec!["Desk Lamp"]),
        ("tag:50%", vec!["Laptop Sleeve"]),
        ("tag:%", vec![]),
        ("tag:summer*", vec!["Desk Lamp"]),
        ("tag:_*", vec![]),
        ("product_type:computers", vec!["Mouse", "Thin Laptop"]),
        ("vendor:\"cafe noir\"", vec!["Laptop Sleeve"]),
        ("title:lap", vec!["Laptop Sleeve", "Thin Laptop"]),
        ("handle:mouse", vec!["Mouse"]),
        ("sku:LT-1", vec!["Thin Laptop"]),
        ("available_for_sale:true", vec!["Desk Lamp", "Laptop Sleeve", "Mouse"]),
        ("available_for_sale:false", vec!["Thin Laptop"]),
        ("variants.price:<10", vec!["Mouse"]),
        ("variants.price:<=10", vec!["Desk Lamp", "Mouse"]),
        ("variants.price:>=20 variants.price:<900.5", vec!["Laptop Sleeve", "Thin Laptop"]),
        ("variants.price:9.99", vec!["Mouse"]),
        ("variants.price:9.999", vec![]),
        ("variants.price:99999999999999999999999", vec![]),
        ("tag:sale -product_type:computers", vec!["Laptop Sleeve"]),
        ("-tag:sale", vec!["Desk Lamp", "Thin Laptop"]),
        ("tag:sale OR tag:'summer sale'", vec!["Desk Lamp", "Laptop Sleeve", "Mouse"]),
        ("(tag:sale OR vendor:acme) computers", vec!["Mouse", "Thin Laptop"]),
        ("", vec!["Desk Lamp", "Laptop Sleeve", "Mouse", "Thin Laptop"]),
    ] {
        assert_eq!(listed(&shop, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn no_text_breaks_the_search() {
    let shop = stocked().await;
    let texts = [
        "x".repeat(10_240),
        "laptop ".repeat(1_500),
        "( ".repeat(5_000),
        "\u{301}".repeat(10_000),
        "\" OR '".to_owned(),
        "% _ * \\".to_owned(),
        "NEAR(a b) col:x !&| :*".to_owned(),
        "'; DROP TABLE product; --".to_owned(),
        "\u{202e}\u{200b}🛒".to_owned(),
        "tag:".to_owned() + &"%".repeat(60_000) + "*",
        "variants.price:<".to_owned() + &"9".repeat(1_000),
        "available_for_sale:maybe".to_owned(),
    ];
    for text in texts {
        let began = Instant::now();
        let answer = shop.guest(SEARCH, json!({ "q": text })).await;
        assert!(answer.body.get("errors").is_none(), "{:.60}: {:#}", text, answer.body);
        let listed =
            shop.guest("query($q: String) { products(query: $q) { nodes { id } } }", json!({ "q": text })).await;
        assert!(listed.body.get("errors").is_none(), "{:.60}: {:#}", text, listed.body);
        assert!(began.elapsed() < Duration::from_millis(1_000), "{:.60} took {:?}", text, began.elapsed());
    }
}

#[tokio::test]
async fn a_text_that_no_database_can_hold_is_refused() {
    let shop = TestShop::new().await;
    assert_eq!(refused_argument(&shop.guest(SEARCH, json!({ "q": "a\u{0}b" })).await), "query");
}

#[tokio::test]
async fn tags_and_types_are_listed_once_in_order() {
    let shop = stocked().await;
    product("Secret").draft().tags(&["Hidden"]).product_type("Hidden").make(&shop).await;
    product("Other").tags(&["sale"]).product_type("").make(&shop).await;
    let document = "query($after: String) { productTags(first: 3, after: $after) { nodes edges { node } \
                    pageInfo { hasNextPage endCursor } } productTypes(first: 9) { nodes } }";
    let answer = shop.guest(document, json!({})).await;
    assert_eq!(answer.at("/productTags/nodes"), json!(["50%", "laptop", "Sale"]));
    assert_eq!(answer.at("/productTypes/nodes"), json!(["Bags", "Computers", "Lamps"]));
    let after = answer.at("/productTags/pageInfo/endCursor");
    let answer = shop.guest(document, json!({ "after": after })).await;
    assert_eq!(answer.at("/productTags/nodes"), json!(["Summer Sale"]));
}
