//! Carts whose payment pends, and carts that were ordered.

use cartwright::{
    domain::cart::{self, CartStatus},
    platform::tx,
};
use entity::ids::CartId;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    make::{
        cart::{CLONE, NOTE, codes},
        catalog::{product, variant},
    },
    support::{Caller, TestShop},
};

fn cart_id(id: &str) -> CartId {
    let tail = id.rsplit('/').next().expect("a tail");
    CartId(Uuid::try_parse(tail.split('.').next().expect("an id")).expect("a UUID"))
}

async fn move_status(shop: &TestShop, id: &str, from: CartStatus, to: CartStatus) -> bool {
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    let moved = cart::set_status(&tx, cart_id(id), from, to, None).await.expect("asked");
    tx.commit().await.expect("committed");
    moved
}

#[tokio::test]
async fn a_status_moves_only_from_where_it_is_said_to_be() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    assert!(move_status(&shop, &id, CartStatus::Active, CartStatus::Locked).await);
    assert!(!move_status(&shop, &id, CartStatus::Active, CartStatus::Ordered).await);
    assert!(move_status(&shop, &id, CartStatus::Locked, CartStatus::Active).await);
    assert_eq!(shop.read_cart(&id).await["version"], 1, "the shopper's cart did not change");
}

#[tokio::test]
async fn an_ordered_cart_is_gone() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    assert!(move_status(&shop, &id, CartStatus::Active, CartStatus::Ordered).await);
    assert_eq!(shop.read_cart(&id).await, Value::Null);
    let refused = shop.refused(NOTE, json!({ "cartId": id, "note": "late" })).await;
    assert_eq!(refused, [("cartId".to_owned(), "INVALID".to_owned())]);
    let refused = shop.refused(CLONE, json!({ "input": { "cartId": id } })).await;
    assert_eq!(refused, [("input.cartId".to_owned(), "INVALID".to_owned())]);
}

#[tokio::test]
async fn a_locked_cart_is_refused_until_its_payment_is_given_up_and_its_held_stock_is_no_problem() {
    let shop = TestShop::new().await;
    let mug = product("Mug").variant(variant(500).stock(2)).make(&shop).await;
    let id = shop.cart(&[(mug.variant_gid(0), 2)]).await;
    assert!(move_status(&shop, &id, CartStatus::Active, CartStatus::Locked).await);
    shop.stock(mug.variants[0], 0).await;
    let locked = shop.read_cart(&id).await;
    assert_eq!(codes(&locked["problems"]), [""; 0], "what is held for its order is not missing");
    let answer = shop.cart_call(&Caller::guest(), NOTE, json!({ "cartId": id, "note": "wait" })).await;
    assert_eq!(answer.refusals("cartNoteUpdate"), ["INVALID_PAYMENT"]);
    assert!(move_status(&shop, &id, CartStatus::Locked, CartStatus::Active).await);
    assert_eq!(codes(&shop.read_cart(&id).await["problems"]), ["MERCHANDISE_OUT_OF_STOCK"]);
}
