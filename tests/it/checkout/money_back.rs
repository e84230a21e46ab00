//! Money that came for an order that is not placed: given back for good, whatever comes afterwards.

use cartwright::domain::{checkout, payment::GatewayStatus};
use serde_json::json;

use crate::support::{Process, TestShop};

#[tokio::test]
async fn a_refund_that_was_decided_is_not_taken_back_by_a_later_message() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    let reference = shop.book().await[0].reference.clone();
    // The first attempt is approved while a second one is open, so its money goes back ...
    order.retry(&shop, "sandbox_challenge", json!({})).await.done("paymentRetry");
    shop.app.sandbox.answer_challenge(&reference, true).await.expect("answered");
    process.deliver().await;
    let second = shop.book().await[1].reference.clone();
    shop.app.sandbox.answer_challenge(&second, false).await.expect("answered");
    process.deliver().await;
    // ... also when the second one failed and the bank tells of the first one again.
    let gateway = shop.app.gateways.get("sandbox").expect("the sandbox");
    let state = gateway.fetch(&reference).await.expect("an answer").expect("known");
    assert_eq!(state.status, GatewayStatus::Captured);
    let payment_id = state.payment_id.expect("ours");
    checkout::settle(&shop.app.checkout(), payment_id, &state).await.expect("settled");
    shop.sweep().await;
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 1));
    assert_eq!(order.axes(&shop).await, "PENDING_PAYMENT PENDING UNFULFILLED");
    assert_eq!(order.payments(&shop).await, ["REFUNDED", "FAILED"]);
    order.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(shop.taken().await, 500);
}

#[tokio::test]
async fn an_abandoned_attempt_that_is_approved_after_all_places_the_order_while_nothing_else_did() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    let reference = shop.book().await[0].reference.clone();
    order.retry(&shop, "sandbox_declined", json!({})).await;
    shop.app.sandbox.answer_challenge(&reference, true).await.expect("answered");
    process.deliver().await;
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(order.payments(&shop).await, ["CAPTURED", "FAILED"]);
    assert_eq!((shop.taken().await, shop.refunds().await), (500, 0));
}

#[tokio::test]
async fn of_an_order_of_which_a_part_was_taken_by_hand_the_rest_is_still_to_be_paid() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let process = Process::of(&shop).await;
    let cart = shop.cart_with(&crate::support::Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).hold().bought().await;
    let intent = shop.book().await[0].clone();
    let gateway = shop.app.gateways.get("sandbox").expect("the sandbox");
    let part = entity::money::Money::new(499, intent.currency);
    gateway.capture(&intent.reference, part, "part").await.expect("captured");
    process.deliver().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PARTIALLY_PAID UNFULFILLED");
    let document =
        "query($id: ID!) { order(id: $id) { balanceDue { amount } invoices { kind } payments { status flag } } }";
    let seen = shop.ask(&staff, document, json!({ "id": order.id })).await.at("/order");
    assert_eq!(
        seen,
        json!({ "balanceDue": { "amount": "0.01" }, "invoices": [], "payments": [{ "status": "CAPTURED", "flag": null }] })
    );
}
