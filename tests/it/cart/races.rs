//! Many changes of one cart at once: all are kept, or the caller hears of the conflict.

use futures::future::join_all;
use serde_json::json;

use crate::{
    make::{
        cart::{ADD, ADDRESSES_ADD, IDENTITY, NOTE, UPDATE, delivery_address, line_id, line_inputs, quantities},
        catalog::{product, variant},
        people::PASSWORD,
    },
    support::{Caller, TestShop},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_adds_at_once_are_all_kept() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let others = join_all((0..20).map(|n| product(&format!("Other {n}")).make(&shop))).await;
    let id = shop.cart(&[]).await;
    let adds = others.iter().map(|other| {
        let lines = line_inputs(&[(mug.variant_gid(0), 1), (other.variant_gid(0), 2)]);
        shop.change(ADD, json!({ "cartId": id, "lines": lines }))
    });
    join_all(adds).await;
    let cart = shop.read_cart(&id).await;
    assert_eq!((quantities(&cart).len(), &cart["totalQuantity"]), (21, &json!(60)));
    assert_eq!(cart["version"], 21, "one version a change");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn changes_of_different_things_at_once_are_all_kept() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let id = shop.cart(&[(mug.variant_gid(0), 1)]).await;
    let line = line_id(&shop.read_cart(&id).await, 0);
    let address = json!({ "lastName": "Doe", "address1": "1 Main St", "city": "Berlin", "countryCode": "DE" });
    let calls = [
        (NOTE, json!({ "cartId": id, "note": "hi" })),
        (UPDATE, json!({ "cartId": id, "lines": [{ "id": line, "quantity": 7 }] })),
        (IDENTITY, json!({ "cartId": id, "buyerIdentity": { "email": "jane@example.com" } })),
        (ADDRESSES_ADD, json!({ "cartId": id, "addresses": [delivery_address(address)] })),
    ];
    join_all(calls.map(|(call, variables)| shop.change(call, variables))).await;
    let cart = shop.read_cart(&id).await;
    assert_eq!((&cart["note"], quantities(&cart)), (&json!("hi"), vec![7]));
    assert_eq!(cart["buyerIdentity"]["email"], "jane@example.com");
    assert_eq!(cart["delivery"]["addresses"][0]["address"]["address1"], "1 Main St");
    assert_eq!(cart["version"], 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_changes_that_expect_one_version_one_is_made() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let notes = (0..10).map(|n| {
        let variables = json!({ "cartId": id, "note": n.to_string(), "expectedVersion": 1 });
        async { shop.cart_call(&Caller::guest(), NOTE, variables).await }
    });
    let answers = join_all(notes).await;
    let (done, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.body.get("errors").is_none());
    assert_eq!((done.len(), refused.len()), (1, 9));
    assert!(refused.iter().all(|answer| answer.code() == "VERSION_CONFLICT"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn stock_is_shared_by_adds_at_once() {
    let shop = TestShop::new().await;
    let mug = product("Mug").variant(variant(500).stock(5)).make(&shop).await;
    let id = shop.cart(&[]).await;
    let adds =
        (0..20).map(|_| shop.change(ADD, json!({ "cartId": id, "lines": line_inputs(&[(mug.variant_gid(0), 1)]) })));
    join_all(adds).await;
    assert_eq!(quantities(&shop.read_cart(&id).await), [5]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_sign_ins_with_one_guests_cart_merge_it_once() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let jane = shop.customer("jane@example.com").await;
    let mine = shop.cart_of(&jane, &[(mug.variant_gid(0), 1)]).await;
    let guest = shop.cart(&[(mug.variant_gid(0), 2)]).await;
    let document = "mutation($input: CustomerAccessTokenCreateInput!) { customerAccessTokenCreate(input: $input) {
        cart { id } userErrors { code } } }";
    let input = json!({ "input": { "email": "jane@example.com", "password": PASSWORD, "cartId": guest } });
    let (one, other) = tokio::join!(shop.guest(document, input.clone()), shop.guest(document, input.clone()));
    for answer in [one, other] {
        assert_eq!(answer.done("customerAccessTokenCreate")["cart"]["id"], mine.as_str());
    }
    assert_eq!(quantities(&shop.read_cart(&mine).await), [3]);
}
