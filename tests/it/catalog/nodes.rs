//! Any object by its id.

use serde_json::{Value, json};

use super::{refused_argument, staff};
use crate::{
    make::catalog::{collection, product, variant},
    support::TestShop,
};

const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Product { title } \
                     ... on ProductVariant { price { amount } product { title } } ... on Collection { handle } } }";

#[tokio::test]
async fn objects_of_many_types_come_in_the_order_of_their_ids() {
    let shop = TestShop::new().await;
    let lamp = product("Lamp").price(1_250).make(&shop).await;
    let id = collection(&shop, "Home", true, &[&lamp]).await;
    let unknown = "gid://cartwright/Product/01900000-0000-7000-8000-000000000000";
    let home = format!("gid://cartwright/Collection/{id}");
    let ids = json!([home, lamp.variant_gid(0), unknown, lamp.gid(), "gid://cartwright/Metaobject/1"]);
    let answer = shop.guest(NODES, json!({ "ids": ids })).await;
    assert_eq!(
        answer.at("/nodes"),
        json!([
            { "__typename": "Collection", "id": home, "handle": "home" },
            { "__typename": "ProductVariant", "id": lamp.variant_gid(0), "price": { "amount": "12.5" },
              "product": { "title": "Lamp" } },
            null,
            { "__typename": "Product", "id": lamp.gid(), "title": "Lamp" },
            null,
        ])
    );
}

#[tokio::test]
async fn malformed_ids_and_too_many_are_refused() {
    let shop = TestShop::new().await;
    for id in ["", "1", "gid://cartwright/Product", "gid://cartwright/Product/1", "../../etc/passwd", "1 OR 1=1"] {
        let answer = shop.guest("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(refused_argument(&answer), "id", "{id}");
    }
    let unknown = "gid://cartwright/Product/01900000-0000-7000-8000-000000000000";
    let answer = shop.guest(NODES, json!({ "ids": vec![unknown; 251] })).await;
    assert_eq!(refused_argument(&answer), "ids");
    let answer = shop.guest(NODES, json!({ "ids": vec![unknown; 250] })).await;
    assert_eq!(answer.at("/nodes"), json!(vec![json!(null); 250]));
}

#[tokio::test]
async fn options_and_their_values_are_found_by_id() {
    let shop = TestShop::new().await;
    let [small, large] = ["S", "L"].map(|size| variant(1_000).options(&[size, "Red"]));
    product("Cup").options(&["Size", "Color"]).variant(small).variant(large).make(&shop).await;
    product("Hat").options(&["Size"]).variant(variant(1_000).options(&["S"])).make(&shop).await;
    let secret = product("Secret").draft().options(&["Size"]).variant(variant(1_000).options(&["S"]));
    secret.make(&shop).await;
    let document = "query($h: String) { product(handle: $h) { options { __typename id name optionValues { __typename id \
                    name } } } }";
    let cup = shop.guest(document, json!({ "h": "cup" })).await.at("/product/options");
    let hat = shop.guest(document, json!({ "h": "hat" })).await.at("/product/options");
    let hidden = shop.ask(&staff(), document, json!({ "h": "secret" })).await.at("/product/options");
    let value = |options: &Value, option: usize, value: usize| options[option]["optionValues"][value].clone();
    let wanted = [cup[1].clone(), value(&cup, 0, 1), value(&cup, 0, 0), value(&hat, 0, 0), value(&cup, 1, 0)];
    let mut ids: Vec<Value> = wanted.iter().map(|object| object["id"].clone()).collect();
    let known: std::collections::HashSet<String> = ids.iter().map(ToString::to_string).collect();
    assert_eq!(known.len(), ids.len(), "one id is one object");
    ids.extend([hidden[0]["id"].clone(), value(&hidden, 0, 0)["id"].clone()]);
    ids.push(json!(ids[1].as_str().expect("an id").replace(|c: char| c == '.', ".0")));
    let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on ProductOption { name optionValues { \
                 __typename id name } } ... on ProductOptionValue { name } } }";
    let found = shop.guest(nodes, json!({ "ids": ids })).await.at("/nodes");
    let expected: Vec<Value> = wanted.into_iter().chain([Value::Null, Value::Null, Value::Null]).collect();
    assert_eq!(found, json!(expected));
    for malformed in ["1", "01900000-0000-7000-8000-000000000000", ".ab", "x.ab"] {
        let id = format!("gid://cartwright/ProductOptionValue/{malformed}");
        let answer = shop.guest("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(refused_argument(&answer), "id", "{malformed}");
    }
}
