//! Any object by its id.

use serde_json::json;

use super::refused_argument;
use crate::{
    make::catalog::{collection, product},
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
