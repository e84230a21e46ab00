//! Lists of products: orders, pages, cursors.

use serde_json::{Value, json};

use super::{names, refused_argument};
use crate::{
    make::catalog::{product, variant},
    support::TestShop,
};

const PAGE: &str = "query($first: Int, $last: Int, $after: String, $before: String, $key: ProductSortKeys, \
                    $reverse: Boolean) { products(first: $first, last: $last, after: $after, before: $before, \
                    sortKey: $key, reverse: $reverse) { totalCount nodes { title } edges { cursor } \
                    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

/// Seven products; by every key some are equal, so that the id must decide.
async fn stocked() -> TestShop {
    let shop = TestShop::new().await;
    for (title, vendor, kind, price, sold) in [
        ("delta", "Nord", "Lamp", 300, 5),
        ("Álpha", "Nord", "Chair", 100, 9),
        ("echo", "Zeta", "Lamp", 300, 0),
        ("bravo", "acme", "Chair", 200, 5),
        ("Charlie", "Acme", "Lamp", 100, 0),
        ("bravo ii", "Zeta", "desk", 200, 1),
        ("Foxtrot", "Nord", "Chair", 50, 0),
    ] {
        product(title).vendor(vendor).product_type(kind).units_sold(sold).price(price).make(&shop).await;
    }
    shop
}

/// Walks through the list in pages of two and returns the titles in the order of the list.
async fn walk(shop: &TestShop, key: &str, reverse: bool, backwards: bool) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    let mut cursor = Value::Null;
    for _ in 0..10 {
        let variables = if backwards {
            json!({ "last": 2, "before": cursor, "key": key, "reverse": reverse })
        } else {
            json!({ "first": 2, "after": cursor, "key": key, "reverse": reverse })
        };
        let answer = shop.guest(PAGE, variables).await;
        let page = names(&answer, "/products", "title");
        let info = answer.at("/products/pageInfo");
        let more = if backwards {
            titles.splice(0..0, page);
            cursor = info["startCursor"].clone();
            info["hasPreviousPage"].clone()
        } else {
            titles.extend(page);
            cursor = info["endCursor"].clone();
            info["hasNextPage"].clone()
        };
        if more == json!(false) {
            return titles;
        }
    }
    panic!("the list by {key} never ends");
}

#[tokio::test]
async fn every_order_is_the_same_read_forwards_backwards_and_turned_round() {
    let shop = stocked().await;
    let orders = [
        ("TITLE", ["Álpha", "bravo", "bravo ii", "Charlie", "delta", "echo", "Foxtrot"]),
        ("RELEVANCE", ["Álpha", "bravo", "bravo ii", "Charlie", "delta", "echo", "Foxtrot"]),
        ("PRICE", ["Foxtrot", "Álpha", "Charlie", "bravo", "bravo ii", "delta", "echo"]),
        ("CREATED_AT", ["delta", "Álpha", "echo", "bravo", "Charlie", "bravo ii", "Foxtrot"]),
        ("UPDATED_AT", ["delta", "Álpha", "echo", "bravo", "Charlie", "bravo ii", "Foxtrot"]),
        ("ID", ["delta", "Álpha", "echo", "bravo", "Charlie", "bravo ii", "Foxtrot"]),
        ("BEST_SELLING", ["Álpha", "bravo", "delta", "bravo ii", "Foxtrot", "Charlie", "echo"]),
        ("VENDOR", ["bravo", "Charlie", "delta", "Álpha", "Foxtrot", "echo", "bravo ii"]),
        ("PRODUCT_TYPE", ["Álpha", "bravo", "Foxtrot", "bravo ii", "delta", "echo", "Charlie"]),
    ];
    for (key, expected) in orders {
        assert_eq!(walk(&shop, key, false, false).await, expected, "{key} forwards");
        assert_eq!(walk(&shop, key, false, true).await, expected, "{key} backwards");
        let turned: Vec<&str> = expected.into_iter().rev().collect();
        assert_eq!(walk(&shop, key, true, false).await, turned, "{key} turned round, forwards");
        assert_eq!(walk(&shop, key, true, true).await, turned, "{key} turned round, backwards");
    }
}

#[tokio::test]
async fn a_page_knows_whether_there_is_more_and_how_many_there_are() {
    let shop = stocked().await;
    let answer = shop.guest(PAGE, json!({ "first": 3, "key": "TITLE" })).await;
    assert_eq!(answer.at("/products/totalCount"), 7);
    let info = answer.at("/products/pageInfo");
    assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(true), &json!(false)));
    let second = shop.guest(PAGE, json!({ "first": 9, "key": "TITLE", "after": info["endCursor"] })).await;
    assert_eq!(names(&second, "/products", "title"), ["Charlie", "delta", "echo", "Foxtrot"]);
    let before = json!({ "first": 9, "key": "TITLE", "before": info["endCursor"] });
    assert_eq!(names(&shop.guest(PAGE, before).await, "/products", "title"), ["Álpha", "bravo"]);
}

#[tokio::test]
async fn a_product_that_comes_between_two_pages_moves_nothing() {
    let shop = stocked().await;
    let answer = shop.guest(PAGE, json!({ "first": 3, "key": "TITLE" })).await;
    product("aaa").make(&shop).await;
    let after = answer.at("/products/pageInfo/endCursor");
    let answer = shop.guest(PAGE, json!({ "first": 2, "key": "TITLE", "after": after })).await;
    assert_eq!(names(&answer, "/products", "title"), ["Charlie", "delta"]);
}

#[tokio::test]
async fn sizes_and_cursors_that_make_no_sense_are_refused_by_name() {
    let shop = stocked().await;
    let foreign = shop.guest(PAGE, json!({ "first": 1, "key": "TITLE" })).await.at("/products/pageInfo/endCursor");
    for (argument, variables) in [
        ("first", json!({ "first": 0 })),
        ("first", json!({ "first": -1 })),
        ("first", json!({ "first": 1_000_000 })),
        ("last", json!({ "first": 1, "last": 1 })),
        ("after", json!({ "after": "garbage" })),
        ("after", json!({ "after": "1000000" })),
        ("before", json!({ "before": "e30" })),
        ("after", json!({ "after": foreign, "key": "PRICE" })),
    ] {
        let answer = shop.guest(PAGE, variables.clone()).await;
        assert_eq!(refused_argument(&answer), argument, "{variables}");
    }
}

#[tokio::test]
async fn a_page_without_a_size_has_twenty() {
    let shop = TestShop::new().await;
    for number in 0..21 {
        product(&format!("Thing {number}")).make(&shop).await;
    }
    let answer = shop.guest("{ products { nodes { title } pageInfo { hasNextPage } } }", json!({})).await;
    assert_eq!(names(&answer, "/products", "title").len(), 20);
    assert_eq!(answer.at("/products/pageInfo/hasNextPage"), true);
}

#[tokio::test]
async fn variants_are_paged_both_ways() {
    let shop = TestShop::new().await;
    let mut new = product("Shoe").options(&["Size"]);
    for size in ["40", "41", "42", "43"] {
        new = new.variant(variant(1_000).options(&[size]));
    }
    new.make(&shop).await;
    let document = "query($after: String, $last: Int, $first: Int) { product(handle: \"shoe\") { \
                    variants(first: $first, after: $after, last: $last) { nodes { title } pageInfo { endCursor } } } }";
    let answer = shop.guest(document, json!({ "first": 1 })).await;
    assert_eq!(names(&answer, "/product/variants", "title"), ["40"]);
    let after = answer.at("/product/variants/pageInfo/endCursor");
    let answer = shop.guest(document, json!({ "first": 2, "after": after })).await;
    assert_eq!(names(&answer, "/product/variants", "title"), ["41", "42"]);
    let answer = shop.guest(document, json!({ "last": 1 })).await;
    assert_eq!(names(&answer, "/product/variants", "title"), ["43"]);
}

#[tokio::test]
async fn pages_inside_pages_stop_at_the_budget() {
    let shop = TestShop::with(&[("CARTWRIGHT_OBJECTS_PER_EXECUTION", "10")]).await;
    for number in 0..3 {
        product(&format!("Thing {number}")).options(&["Size"]).price(100).make(&shop).await;
    }
    let inside = "collections(first: 250) { nodes { products(first: 250) { nodes { id } } } }";
    assert!(shop.guest("{ products(first: 250) { nodes { id } } }", json!({})).await.body.get("errors").is_none());
    let document = format!(
        "{{ a: products {{ nodes {{ {inside} variants {{ nodes {{ id }} }} }} }} b: products {{ nodes {{ id variants {{ nodes {{ id }} }} }} }} }}"
    );
    assert_eq!(shop.guest(&document, json!({})).await.code(), "QUERY_TOO_COMPLEX");
}
