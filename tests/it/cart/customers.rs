//! Carts of customers who are signed in.

use serde_json::{Value, json};

use crate::{
    make::cart::{CREATE, IDENTITY},
    support::{Caller, TestShop},
};

const CARTS: &str = "query($first: Int, $after: String, $kind: CartKind) { customer {
    carts(first: $first, after: $after, kind: $kind) { nodes { id name kind } pageInfo { hasNextPage endCursor } } } }";

async fn named(shop: &TestShop, caller: &Caller, name: &str, kind: &str) -> String {
    let made = shop.cart_call(caller, CREATE, json!({ "input": { "name": name, "kind": kind } })).await;
    made.done("cartCreate")["cart"]["id"].as_str().expect("an id").to_owned()
}

fn names(page: &Value) -> Vec<&str> {
    let nodes = page["nodes"].as_array().expect("a list").iter();
    nodes.map(|cart| cart["name"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn a_customer_has_several_carts_and_wish_lists_newest_first() {
    let shop = TestShop::new().await;
    let jane = shop.customer("jane@example.com").await;
    let john = shop.customer("john@example.com").await;
    named(&shop, &john, "John's", "CART").await;
    for (name, kind) in [("one", "CART"), ("wishes", "WISHLIST"), ("two", "CART")] {
        named(&shop, &jane, name, kind).await;
    }
    let first = shop.ask(&jane, CARTS, json!({ "first": 2 })).await.at("/customer/carts");
    assert_eq!((names(&first), &first["pageInfo"]["hasNextPage"]), (vec!["two", "wishes"], &json!(true)));
    let after = first["pageInfo"]["endCursor"].clone();
    let rest = shop.ask(&jane, CARTS, json!({ "first": 2, "after": after })).await.at("/customer/carts");
    assert_eq!((names(&rest), &rest["pageInfo"]["hasNextPage"]), (vec!["one"], &json!(false)));
    let wishes = shop.ask(&jane, CARTS, json!({ "kind": "WISHLIST" })).await.at("/customer/carts");
    assert_eq!(names(&wishes), ["wishes"]);
    let id = wishes["nodes"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(shop.read_cart(&id).await["name"], "wishes", "the id opens the cart on any device");
}

#[tokio::test]
async fn staff_who_read_customers_get_none_of_their_carts() {
    let shop = TestShop::new().await;
    let jane = shop.customer("jane@example.com").await;
    named(&shop, &jane, "one", "CART").await;
    let admin = shop.admin().await;
    let answer = shop.ask(&admin, "{ customers { nodes { email carts { nodes { id } } } } }", json!({})).await;
    assert_eq!(answer.at("/customers/nodes"), json!([{ "email": "jane@example.com", "carts": null }]));
    let staff_cart = shop.cart_of(&admin, &[]).await;
    assert_eq!(shop.read_cart(&staff_cart).await["buyerIdentity"]["customer"], Value::Null);
}

#[tokio::test]
async fn saying_who_buys_while_signed_in_makes_a_guests_cart_the_customers() {
    let shop = TestShop::new().await;
    let (jane, john) = (shop.customer("jane@example.com").await, shop.customer("john@example.com").await);
    let id = shop.cart(&[]).await;
    shop.cart_call(&jane, IDENTITY, json!({ "cartId": id, "buyerIdentity": {} })).await.done("cartBuyerIdentityUpdate");
    let carts = shop.ask(&jane, CARTS, json!({})).await.at("/customer/carts/nodes");
    assert_eq!(carts[0]["id"], id.as_str());
    let taken = shop.cart_call(&john, IDENTITY, json!({ "cartId": id, "buyerIdentity": {} })).await;
    assert_eq!(taken.refusals("cartBuyerIdentityUpdate"), ["INVALID"]);
}
