//! Members that only old clients ask for, and finding collections by words.

use serde_json::{Value, json};

use super::{names, refused_argument};
use crate::{
    make::catalog::{collection, product, variant},
    support::TestShop,
};

#[tokio::test]
async fn old_clients_find_products_and_collections_by_handle() {
    let shop = TestShop::new().await;
    let lamp = product("Lamp").make(&shop).await;
    product("Secret").draft().make(&shop).await;
    collection(&shop, "Home", true, &[&lamp]).await;
    collection(&shop, "Hidden", false, &[&lamp]).await;
    let ask = async |handle: &str| {
        let document =
            "query($h: String!) { productByHandle(handle: $h) { id } collectionByHandle(handle: $h) { title } }";
        shop.guest(document, json!({ "h": handle })).await.at("")
    };
    assert_eq!(ask("lamp").await, json!({ "productByHandle": { "id": lamp.gid() }, "collectionByHandle": null }));
    assert_eq!(ask("home").await, json!({ "productByHandle": null, "collectionByHandle": { "title": "Home" } }));
    for nothing in ["secret", "hidden", "none", ""] {
        assert_eq!(ask(nothing).await, json!({ "productByHandle": null, "collectionByHandle": null }), "{nothing}");
    }
    let answer = shop.guest("{ productByHandle(handle: \"a\\u0000b\") { id } }", json!({})).await;
    assert_eq!(refused_argument(&answer), "handle");
}

#[tokio::test]
async fn old_clients_read_the_values_of_an_option_as_a_list() {
    let shop = TestShop::new().await;
    let sizes = ["M", "S"].map(|size| variant(1_000).options(&[size]));
    let [medium, small] = sizes;
    product("Shirt").options(&["Size"]).variant(medium).variant(small).make(&shop).await;
    let answer = shop.guest("{ product(handle: \"shirt\") { options { name values } } }", json!({})).await;
    assert_eq!(answer.at("/product/options"), json!([{ "name": "Size", "values": ["M", "S"] }]));
}

#[tokio::test]
async fn collections_are_found_by_words_of_their_title() {
    let shop = TestShop::new().await;
    for title in ["Crème & Co", "Winter coats", "Coats for dogs", "Winter sale"] {
        collection(&shop, title, true, &[]).await;
    }
    collection(&shop, "Winter secrets", false, &[]).await;
    let document = "query($q: String) { collections(query: $q, sortKey: TITLE) { totalCount nodes { title } } }";
    for (query, expected) in [
        ("winter", vec!["Winter coats", "Winter sale"]),
        ("title:coat", vec!["Coats for dogs", "Winter coats"]),
        ("winter -sale", vec!["Winter coats"]),
        ("dogs OR creme", vec!["Coats for dogs", "Crème & Co"]),
        ("handle:winter-sale", vec!["Winter sale"]),
        ("tag:winter", vec![]),
        ("%", vec!["Coats for dogs", "Crème & Co", "Winter coats", "Winter sale"]),
    ] {
        let answer = shop.guest(document, json!({ "q": query })).await;
        assert_eq!(names(&answer, "/collections", "title"), expected, "{query}");
        assert_eq!(answer.at("/collections/totalCount"), json!(expected.len()), "{query}");
    }
    let all = shop.guest(document, json!({ "q": Value::Null })).await;
    assert_eq!(names(&all, "/collections", "title").len(), 4);
    let answer = shop.guest(document, json!({ "q": "a\u{0}b" })).await;
    assert_eq!(refused_argument(&answer), "query");
}
