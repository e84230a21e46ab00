//! What stays agreed and what is computed anew; many edits at once; what the shopper hears.

use std::sync::Arc;

use serde_json::json;

use crate::{
    make::{
        catalog::{product, variant},
        purchase,
    },
    support::TestShop,
};

#[tokio::test]
async fn what_was_ordered_keeps_its_price_and_what_is_added_has_that_of_now() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let order = shop.order_of(&pen, 1, "sandbox_ok").await;
    shop.reprice(&staff, &pen, "9.99").await;
    let line = order.line(&shop, 0).await;
    let changes = json!({ "lineItems": [{ "lineItemId": line, "quantity": 2 }],
        "addedItems": [{ "merchandiseId": pen.variant_gid(0), "quantity": 1 }], "shippingAddress": purchase::address() });
    let edited = order.edit(&shop, &staff, changes).await.done("orderEdit")["order"].clone();
    let lines = &edited["lineItems"]["nodes"];
    assert_eq!((&lines[0]["unitPrice"]["amount"], &lines[1]["unitPrice"]["amount"]), (&json!("2.5"), &json!("9.99")));
    assert_eq!(edited["totals"]["total"]["amount"], "14.99");
    assert_eq!(edited["shippingAddress"]["city"], "Berlin");
    shop.books_are_right().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_edits_at_once_that_saw_one_version_one_is_made() {
    let shop = Arc::new(TestShop::still().await);
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 99).await);
    let order = shop.order_of(&pen, 10, "sandbox_ok").await;
    let (line, version) = (order.line(&shop, 0).await, order.now(&shop).await["version"].clone());
    let calls = (1..=8).map(|quantity| {
        let (shop, order, staff) = (Arc::clone(&shop), order.clone(), staff.clone());
        let changes =
            json!({ "lineItems": [{ "lineItemId": line, "quantity": quantity }], "expectedVersion": version });
        tokio::spawn(async move { order.edit(&shop, &staff, changes).await })
    });
    let mut made = 0;
    for call in calls.collect::<Vec<_>>() {
        made += i64::from(call.await.expect("it ends").body.get("errors").is_none());
    }
    assert_eq!(made, 1);
    shop.sweep().await;
    let left = order.now(&shop).await["lineItems"]["nodes"][0]["quantity"].as_i64().expect("a quantity");
    assert_eq!((shop.taken().await, shop.stock_of(pen.variants[0]).await), (250 * left, (99 - left, 0)));
    shop.books_are_right().await;
}

#[tokio::test]
async fn the_shopper_gets_a_mail_of_each_edit_unless_staff_say_otherwise() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let order = shop.order_of(&pen, 1, "sandbox_ok").await;
    let line = order.line(&shop, 0).await;
    let units = |quantity: i64, notify: bool| json!({ "lineItems": [{ "lineItemId": line, "quantity": quantity }], "notifyCustomer": notify });
    order.edit(&shop, &staff, units(3, true)).await.done("orderEdit");
    order.edit(&shop, &staff, units(4, false)).await.done("orderEdit");
    order.edit(&shop, &staff, units(2, true)).await.done("orderEdit");
    assert_eq!(shop.mails_of_edits().await, 2);
}

#[tokio::test]
async fn goods_that_are_sold_beyond_their_stock_are_so_in_an_edit() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let made = product("Made to order").variant(variant(100).stock(1).continue_selling()).make(&shop).await;
    let order = shop.order_of(&made, 1, "sandbox_ok").await;
    let line = order.line(&shop, 0).await;
    let more = json!({ "lineItems": [{ "lineItemId": line, "quantity": 3 }] });
    order.edit(&shop, &staff, more).await.done("orderEdit");
    assert_eq!(shop.stock_of(made.variants[0]).await, (-2, 0));
    let fewer = json!({ "lineItems": [{ "lineItemId": line, "quantity": 1 }] });
    order.edit(&shop, &staff, fewer).await.done("orderEdit");
    assert_eq!(shop.stock_of(made.variants[0]).await, (0, 0));
    shop.books_are_right().await;
}
