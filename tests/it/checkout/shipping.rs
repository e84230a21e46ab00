//! Sending and arriving: in parts, never more than was bought, in the right order.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::{
    make::{
        catalog::Made,
        checkout::{Bought, texts},
    },
    support::{Caller, TestShop},
};

async fn two_lines(shop: &TestShop) -> (Bought, Vec<String>) {
    let (pen, ink) = (shop.stocked("Pen", 250, 9).await, shop.stocked("Ink", 400, 9).await);
    order_of_two(shop, &pen, &ink).await
}

async fn order_of_two(shop: &TestShop, pen: &Made, ink: &Made) -> (Bought, Vec<String>) {
    let cart = shop.cart_with(&Caller::guest(), &[(pen, 3), (ink, 2)]).await;
    let order = shop.complete(&cart).bought().await;
    let lines = texts(&order.now(shop).await["lineItems"]["nodes"], "id");
    (order, lines)
}

fn units(line: &str, quantity: i64) -> Value {
    json!({ "lineItemId": line, "quantity": quantity })
}

#[tokio::test]
async fn an_order_is_sent_in_parts_and_arrives_when_everything_was_sent() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let (order, lines) = two_lines(&shop).await;
    let parcel = order.ship(&shop, &staff, json!([units(&lines[0], 2)])).await.done("fulfillmentCreate");
    assert_eq!(parcel["fulfillment"]["lineItems"], json!([{ "quantity": 2, "lineItem": { "title": "Pen" } }]));
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID PARTIALLY_FULFILLED");
    assert_eq!(order.deliver(&shop, &order.caller).await.refusals("orderMarkAsDelivered"), ["NOT_ALLOWED"]);
    assert_eq!(order.cancel(&shop, &staff).await.refusals("orderCancel"), ["NOT_ALLOWED"]);

    order.ship(&shop, &staff, Value::Null).await.done("fulfillmentCreate");
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID FULFILLED");
    assert_eq!(order.ship(&shop, &staff, Value::Null).await.refusals("fulfillmentCreate"), ["NOTHING_TO_SHIP"]);
    for _ in 0..2 {
        order.deliver(&shop, &order.caller).await.done("orderMarkAsDelivered");
    }
    assert_eq!(order.axes(&shop).await, "COMPLETED PAID DELIVERED");
    let now = order.now(&shop).await;
    assert_eq!(texts(&now["fulfillments"], "status"), ["DELIVERED", "DELIVERED"]);
    assert_eq!(now["fulfillments"][1]["lineItems"].as_array().map(Vec::len), Some(2));
    let told = ["ORDER_FULFILLMENT_CREATED", "ORDER_FULFILLMENT_CREATED", "ORDER_SHIPPED", "ORDER_DELIVERED"];
    assert_eq!(order.timeline(&shop).await[2..], told);
}

#[tokio::test]
async fn nothing_is_sent_that_was_not_bought() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let (pen, ink) = (shop.stocked("Pen", 250, 9).await, shop.stocked("Ink", 400, 9).await);
    let (order, lines) = order_of_two(&shop, &pen, &ink).await;
    let (_, foreign) = order_of_two(&shop, &pen, &ink).await;
    let refused = async |lines: Value| order.ship(&shop, &staff, lines).await.refusals("fulfillmentCreate");
    assert_eq!(refused(json!([units(&lines[0], 4)])).await, ["QUANTITY_INVALID"]);
    assert_eq!(refused(json!([units(&lines[0], 0), units(&lines[1], -1)])).await, ["QUANTITY_INVALID"; 2]);
    assert_eq!(refused(json!([units(&lines[0], 2), units(&lines[0], 2)])).await, ["QUANTITY_INVALID"]);
    assert_eq!(refused(json!([units(&lines[0], 1), units(&foreign[0], 1)])).await, ["LINE_NOT_FOUND"]);
    assert_eq!(refused(json!([])).await, ["NOTHING_TO_SHIP"]);
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(order.now(&shop).await["fulfillments"], json!([]));
}

#[tokio::test]
async fn only_a_paid_order_is_sent_and_only_by_staff() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let order = shop.order_of(&made, 1, "sandbox_declined").await;
    assert_eq!(order.ship(&shop, &staff, Value::Null).await.refusals("fulfillmentCreate"), ["NOT_ALLOWED"]);
    assert_eq!(order.deliver(&shop, &order.caller).await.refusals("orderMarkAsDelivered"), ["NOT_ALLOWED"]);
    let paid = shop.order_of(&made, 1, "sandbox_ok").await;
    assert_eq!(paid.ship(&shop, &paid.caller, Value::Null).await.code(), "UNAUTHENTICATED");
    let customer = shop.customer("jane@example.com").await;
    assert_eq!(paid.ship(&shop, &customer, Value::Null).await.code(), "FORBIDDEN");
    assert_eq!(paid.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
}

#[tokio::test]
async fn held_money_can_be_taken_when_everything_arrived() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
    let order = shop.complete(&cart).hold().bought().await;
    order.ship(&shop, &staff, Value::Null).await.done("fulfillmentCreate");
    order.deliver(&shop, &order.caller).await.done("orderMarkAsDelivered");
    assert_eq!(order.axes(&shop).await, "COMPLETED AUTHORIZED DELIVERED");
    order.capture(&shop, &staff).await.done("orderCapture");
    assert_eq!(order.axes(&shop).await, "COMPLETED PAID DELIVERED");
    assert_eq!(shop.taken().await, 250);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_parcels_at_once_send_each_unit_once() {
    let shop = Arc::new(TestShop::still().await);
    let staff = shop.admin().await;
    let (order, lines) = two_lines(&shop).await;
    let calls = (0..10).map(|_| {
        let (shop, order, staff, line) = (Arc::clone(&shop), order.clone(), staff.clone(), lines[0].clone());
        tokio::spawn(async move { order.ship(&shop, &staff, json!([units(&line, 1)])).await })
    });
    let mut made = 0;
    for call in calls.collect::<Vec<_>>() {
        let refusals = call.await.expect("it ends").refusals("fulfillmentCreate");
        made += usize::from(refusals.is_empty());
        assert!(refusals.is_empty() || refusals == ["QUANTITY_INVALID"], "{refusals:?}");
    }
    assert_eq!(made, 3);
    assert_eq!(order.now(&shop).await["lineItems"]["nodes"][0]["fulfilledQuantity"], 3);
    assert_eq!(order.now(&shop).await["fulfillments"].as_array().map(Vec::len), Some(3));
}
