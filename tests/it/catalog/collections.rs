//! Collections and their products.

use serde_json::{Value, json};

use super::{names, refused_argument};
use crate::{
    make::catalog::{collection, product},
    support::TestShop,
};

const PRODUCTS: &str = "query($first: Int, $last: Int, $after: String, $before: String, \
                        $key: ProductCollectionSortKeys, $reverse: Boolean) { collection(handle: \"all\") { \
                        products(first: $first, last: $last, after: $after, before: $before, sortKey: $key, \
                        reverse: $reverse) { nodes { title } pageInfo { hasNextPage hasPreviousPage endCursor \
                        startCursor } } } }";

async fn stocked() -> TestShop {
    let shop = TestShop::new().await;
    let pear = product("Pear").price(300).units_sold(2).make(&shop).await;
    let apple = product("Apple").price(100).units_sold(7).make(&shop).await;
    let secret = product("Secret").draft().make(&shop).await;
    let fig = product("fig").price(200).units_sold(0).make(&shop).await;
    collection(&shop, "All", true, &[&fig, &secret, &apple, &pear]).await;
    collection(&shop, "Beta", true, &[&pear, &apple]).await;
    collection(&shop, "Empty", true, &[]).await;
    collection(&shop, "Private", false, &[&pear]).await;
    shop
}

#[tokio::test]
async fn a_collection_answers_with_what_it_has() {
    let shop = stocked().await;
    let document = "{ collection(handle: \"all\") { handle title description(truncateAt: 2) descriptionHtml \
                    trackingParameters version image { url width height altText } seo { title description } } }";
    let answer = shop.guest(document, json!({})).await;
    assert_eq!(
        answer.at("/collection"),
        json!({
            "handle": "all", "title": "All", "description": "A…", "descriptionHtml": "<p>All</p>",
            "trackingParameters": null, "version": 1,
            "image": {
                "url": format!("{}/media/collection.webp", shop.app.public_url),
                "width": 1200, "height": 400, "altText": null,
            },
            "seo": { "title": "All | shop", "description": null },
        })
    );
}

#[tokio::test]
async fn its_products_come_in_every_order_forwards_and_backwards() {
    let shop = stocked().await;
    for (key, expected) in [
        ("COLLECTION_DEFAULT", ["fig", "Apple", "Pear"]),
        ("MANUAL", ["fig", "Apple", "Pear"]),
        ("RELEVANCE", ["fig", "Apple", "Pear"]),
        ("TITLE", ["Apple", "fig", "Pear"]),
        ("PRICE", ["Apple", "fig", "Pear"]),
        ("BEST_SELLING", ["Apple", "Pear", "fig"]),
        ("CREATED", ["Pear", "Apple", "fig"]),
        ("ID", ["Pear", "Apple", "fig"]),
    ] {
        for reverse in [false, true] {
            let mut wanted: Vec<&str> = expected.to_vec();
            if reverse {
                wanted.reverse();
            }
            let ask = async |more: Value| {
                let mut variables = json!({ "key": key, "reverse": reverse });
                variables.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
                shop.guest(PRODUCTS, variables).await
            };
            let all = ask(json!({ "first": 3 })).await;
            assert_eq!(names(&all, "/collection/products", "title"), wanted, "{key} {reverse}");
            assert_eq!(all.at("/collection/products/pageInfo/hasNextPage"), false);
            let one = ask(json!({ "first": 1 })).await.at("/collection/products/pageInfo");
            assert_eq!(one["hasNextPage"], true);
            let rest = ask(json!({ "first": 1, "after": one["endCursor"] })).await;
            assert_eq!(names(&rest, "/collection/products", "title"), [wanted[1]], "{key} {reverse}");
            let end = ask(json!({ "last": 2 })).await;
            assert_eq!(names(&end, "/collection/products", "title"), wanted[1..], "{key} {reverse}");
            let start = end.at("/collection/products/pageInfo");
            assert_eq!(start["hasPreviousPage"], true);
            let before = ask(json!({ "last": 2, "before": start["startCursor"] })).await;
            assert_eq!(names(&before, "/collection/products", "title"), [wanted[0]], "{key} {reverse}");
        }
    }
}

#[tokio::test]
async fn each_collection_of_a_list_has_its_own_page() {
    let shop = stocked().await;
    let document = "{ collections(first: 9, sortKey: TITLE) { totalCount nodes { title products(first: 2) { \
                    nodes { title } pageInfo { hasNextPage } } } } }";
    let answer = shop.guest(document, json!({})).await;
    assert_eq!(answer.at("/collections/totalCount"), 3);
    assert_eq!(
        answer.at("/collections/nodes"),
        json!([
            { "title": "All", "products": {
                "nodes": [{ "title": "fig" }, { "title": "Apple" }], "pageInfo": { "hasNextPage": true } } },
            { "title": "Beta", "products": {
                "nodes": [{ "title": "Pear" }, { "title": "Apple" }], "pageInfo": { "hasNextPage": false } } },
            { "title": "Empty", "products": { "nodes": [], "pageInfo": { "hasNextPage": false } } },
        ])
    );
}

#[tokio::test]
async fn collections_are_sorted_and_paged_both_ways() {
    let shop = stocked().await;
    let document = "query($f: Int, $l: Int, $a: String, $b: String, $k: CollectionSortKeys, $r: Boolean) { \
                    collections(first: $f, last: $l, after: $a, before: $b, sortKey: $k, reverse: $r) { \
                    nodes { title } pageInfo { startCursor endCursor } } }";
    for key in ["ID", "TITLE", "RELEVANCE", "UPDATED_AT"] {
        let first = shop.guest(document, json!({ "f": 1, "k": key })).await;
        assert_eq!(names(&first, "/collections", "title"), ["All"], "{key}");
        let after = first.at("/collections/pageInfo/endCursor");
        let rest = shop.guest(document, json!({ "f": 9, "k": key, "a": after })).await;
        assert_eq!(names(&rest, "/collections", "title"), ["Beta", "Empty"], "{key}");
        let before = rest.at("/collections/pageInfo/endCursor");
        let last = shop.guest(document, json!({ "l": 1, "k": key, "b": before })).await;
        assert_eq!(names(&last, "/collections", "title"), ["Beta"], "{key}");
        let turned = shop.guest(document, json!({ "k": key, "r": true })).await;
        assert_eq!(names(&turned, "/collections", "title"), ["Empty", "Beta", "All"], "{key}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_order_is_refused() {
    let shop = stocked().await;
    let cursor = shop.guest(PRODUCTS, json!({ "key": "TITLE" })).await.at("/collection/products/pageInfo/endCursor");
    let answer = shop.guest(PRODUCTS, json!({ "key": "PRICE", "after": cursor })).await;
    assert_eq!(refused_argument(&answer), "after");
}
