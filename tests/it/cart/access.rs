//! Who may open a cart: whoever has its id.

use serde_json::{Value, json};

use crate::{
    make::cart::{ADD, NOTE, RENAME},
    support::{Caller, TestShop},
};

#[tokio::test]
async fn who_has_the_id_has_the_cart_under_any_authority_and_with_a_query_string() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let foreign = id.replace("cartwright", "shopify");
    for id in [&id, &foreign, &format!("{foreign}?key=0f0f")] {
        assert_eq!(shop.read_cart(id).await["version"], 1, "{id}");
    }
    let url = shop.read_cart(&id).await["checkoutUrl"].as_str().expect("a URL").to_owned();
    assert!(url.ends_with(&format!("/checkout/{}", id.rsplit('/').next().expect("a tail"))), "{url}");
}

#[tokio::test]
async fn a_wrong_code_reads_like_a_cart_that_does_not_exist() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let (uuid, code) = id.split_once('.').expect("an id with a code");
    let mut flipped = code.to_owned();
    flipped.replace_range(0..1, if code.starts_with('A') { "B" } else { "A" });
    let gone = shop.cart(&[]).await;
    let delete = "mutation($id: ID!) { cartDelete(input: { cartId: $id }) { deletedCartId userErrors { code } } }";
    let deleted = shop.guest(delete, json!({ "id": gone })).await.done("cartDelete");
    assert_eq!(deleted["deletedCartId"], gone.as_str());

    let mut answers = Vec::new();
    for id in [format!("{uuid}.{flipped}"), format!("{uuid}."), uuid.to_owned(), format!("{uuid}.é"), gone] {
        assert_eq!(shop.read_cart(&id).await, Value::Null, "{id}");
        let answer = shop.cart_call(&Caller::guest(), NOTE, json!({ "cartId": id, "note": "mine" })).await;
        answers.push(answer.at("/cartNoteUpdate"));
    }
    for answer in &answers {
        let refusal = json!([{ "field": ["cartId"], "code": "INVALID", "message": "the cart does not exist" }]);
        assert_eq!(answer["userErrors"], refusal);
        assert_eq!(answer["cart"], Value::Null);
    }
    assert_eq!(shop.read_cart(&format!("{uuid}.{code}")).await["note"], Value::Null);
}

#[tokio::test]
async fn what_is_no_cart_id_is_the_callers_mistake() {
    let shop = TestShop::new().await;
    let long = "x".repeat(10_000);
    for id in ["", "1 OR 1=1", "gid://cartwright/Cart/", "gid://cartwright/Cart/abc.def", "gid://x/Order/1", &long] {
        let answer = shop.guest("query($id: ID!) { cart(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{id}");
        let answer = shop.cart_call(&Caller::guest(), NOTE, json!({ "cartId": id, "note": "" })).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{id}");
    }
}

#[tokio::test]
async fn a_customers_cart_opens_for_a_guest_with_its_id_and_for_no_other_customer() {
    let shop = TestShop::new().await;
    let (jane, john) = (shop.customer("jane@example.com").await, shop.customer("john@example.com").await);
    let id = shop.cart_of(&jane, &[]).await;
    assert_eq!(shop.read_cart_as(&jane, &id).await["buyerIdentity"]["customer"]["email"], "jane@example.com");
    let as_guest = shop.read_cart(&id).await;
    assert_eq!(as_guest["id"], id.as_str());
    assert_eq!(as_guest["buyerIdentity"]["customer"], Value::Null, "who Jane is, is not told with the cart");
    assert_eq!(shop.read_cart_as(&john, &id).await, Value::Null);
    let answer = shop.cart_call(&john, NOTE, json!({ "cartId": id, "note": "mine" })).await;
    assert_eq!(answer.refusals("cartNoteUpdate"), ["INVALID"]);
}

#[tokio::test]
async fn a_version_that_moved_is_a_conflict_that_names_the_present_one() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let noted = shop.change(NOTE, json!({ "cartId": id, "note": "one", "expectedVersion": 1 })).await;
    assert_eq!(noted["cart"]["version"], 2);
    for (call, variables) in [
        (NOTE, json!({ "cartId": id, "note": "two", "expectedVersion": 1 })),
        (ADD, json!({ "cartId": id, "lines": [], "expectedVersion": 1 })),
        (RENAME, json!({ "input": { "cartId": id, "name": "Mine", "expectedVersion": 1 } })),
    ] {
        let answer = shop.cart_call(&Caller::guest(), call, variables).await;
        assert_eq!(answer.code(), "VERSION_CONFLICT", "{}", call.name);
        assert_eq!(answer.body["errors"][0]["extensions"]["currentVersion"], 2);
    }
    assert_eq!(shop.read_cart(&id).await["note"], "one");
}
