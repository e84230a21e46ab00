//! Canceling: stock and money go back, each once, however often and by whomever it is asked for.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::{
    make::catalog::{product, variant},
    support::{Caller, Process, TestShop},
};

const CANCELED: &str = "CANCELED REFUNDED UNFULFILLED";

#[tokio::test]
async fn a_shopper_cancels_before_anything_is_sent_and_gets_the_money_and_the_shop_the_stock() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    let canceled = order.cancel(&shop, &order.caller).await.done("orderCancel");
    assert_eq!(canceled["order"]["status"], "CANCELED");
    assert_eq!(order.axes(&shop).await, CANCELED);
    assert_eq!(order.now(&shop).await["cancelReason"], "CUSTOMER");
    assert_eq!(order.now(&shop).await["lineItems"]["nodes"][0]["status"], "CANCELED");
    assert_eq!(order.timeline(&shop).await, ["ORDER_CREATED", "ORDER_PAID", "ORDER_CANCELED", "ORDER_REFUNDED"]);
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 1));
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 0));

    let before = order.now(&shop).await;
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    shop.sweep().await;
    assert_eq!(order.now(&shop).await, before, "a second time changes nothing");
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 0));
}

#[tokio::test]
async fn staff_cancel_for_the_shop() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    order.cancel(&shop, &staff).await.done("orderCancel");
    assert_eq!(order.axes(&shop).await, CANCELED);
    assert_eq!(order.now(&shop).await["cancelReason"], "STAFF");
}

#[tokio::test]
async fn an_order_that_waits_for_its_payment_can_be_canceled_and_its_cart_is_free() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).token("sandbox_challenge").bought().await;
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    assert_eq!(order.axes(&shop).await, "CANCELED VOIDED UNFULFILLED");
    assert_eq!(shop.book().await[0].status, "voided", "the bank was told at once");
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 0));
    assert_eq!(shop.complete(&cart).bought().await.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
}

#[tokio::test]
async fn an_order_whose_money_is_only_held_gives_the_hold_up() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let process = Process::of(&shop).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).hold().bought().await;
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    assert_eq!(order.axes(&shop).await, "CANCELED VOIDED UNFULFILLED");
    assert_eq!(shop.book().await[0].status, "voided");
    process.deliver().await;
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "CANCELED VOIDED UNFULFILLED");
    assert_eq!(order.capture(&shop, &staff).await.refusals("orderCapture"), ["NOT_ALLOWED"]);
    assert_eq!((shop.taken().await, shop.stock_of(made.variants[0]).await), (0, (5, 0)));
}

#[tokio::test]
async fn money_captured_while_its_order_was_canceled_goes_back() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let process = Process::of(&shop).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).hold().bought().await;
    let intent = shop.book().await[0].clone();
    let gateway = shop.app.gateways.get("sandbox").expect("the sandbox");
    let amount = entity::money::Money::new(intent.authorized_minor, intent.currency);
    gateway.capture(&intent.reference, amount, "by somebody else").await.expect("captured");
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    process.deliver().await;
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "CANCELED VOIDED UNFULFILLED");
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 1));
    assert_eq!(order.payments(&shop).await, ["REFUNDED"]);
}

#[tokio::test]
async fn what_was_sent_cannot_be_canceled() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    order.ship(&shop, &staff, Value::Null).await.done("fulfillmentCreate");
    for caller in [&order.caller, &staff] {
        assert_eq!(order.cancel(&shop, caller).await.refusals("orderCancel"), ["NOT_ALLOWED"]);
    }
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID FULFILLED");
    assert_eq!((shop.taken().await, shop.stock_of(made.variants[0]).await), (500, (3, 0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_cancellations_at_once_give_stock_and_money_back_once() {
    let shop = Arc::new(TestShop::still().await);
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    let calls = (0..20).map(|number| {
        let (shop, order) = (Arc::clone(&shop), order.clone());
        let caller = if number % 2 == 0 { order.caller.clone() } else { staff.clone() };
        tokio::spawn(async move { order.cancel(&shop, &caller).await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("it ends").done("orderCancel");
    }
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, CANCELED);
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 1));
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 0));
    assert_eq!(order.timeline(&shop).await, ["ORDER_CREATED", "ORDER_PAID", "ORDER_CANCELED", "ORDER_REFUNDED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_cancellation_and_a_shipment_at_once_one_wins() {
    let shop = Arc::new(TestShop::still().await);
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 100).await);
    let (mut sent, mut canceled) = (0, 0);
    for round in 0..8 {
        let order = shop.order_of(&made, 1, "sandbox_ok").await;
        let (one, other) = (Arc::clone(&shop), Arc::clone(&shop));
        let (first, second, by) = (order.clone(), order.clone(), staff.clone());
        let cancel = tokio::spawn(async move { first.cancel(&one, &first.caller).await });
        let ship = tokio::spawn(async move { second.ship(&other, &by, Value::Null).await });
        let (cancel, ship) = (cancel.await.expect("it ends"), ship.await.expect("it ends"));
        let won = (cancel.refusals("orderCancel").is_empty(), ship.refusals("fulfillmentCreate").is_empty());
        assert!(won.0 != won.1, "round {round}: {won:?}");
        let axes = order.axes(&shop).await;
        assert_eq!(axes, if won.0 { CANCELED } else { "PROCESSING PAID FULFILLED" });
        canceled += i64::from(won.0);
        sent += i64::from(won.1);
    }
    assert_eq!(sent + canceled, 8);
    assert_eq!((shop.taken().await, shop.stock_of(made.variants[0]).await), (250 * sent, (100 - sent, 0)));
}

#[tokio::test]
async fn what_was_canceled_was_not_sold() {
    let shop = TestShop::still().await;
    let popular = product("Popular").variant(variant(100).stock(50)).make(&shop).await;
    let canceled = product("Canceled").variant(variant(100).stock(50)).make(&shop).await;
    shop.order_of(&popular, 1, "sandbox_ok").await;
    let order = shop.order_of(&canceled, 30, "sandbox_ok").await;
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    let best = shop.guest("{ products(first: 2, sortKey: BEST_SELLING) { nodes { title } } }", json!({})).await;
    assert_eq!(best.at("/products/nodes/0/title"), "Popular");
}
