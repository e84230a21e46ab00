//! What each of the sandbox's test tokens does to an order.

use serde_json::{Value, json};

use crate::{
    make::checkout::Bought,
    support::{Process, TestShop},
};

const PAID: &str = "PROCESSING PAID UNFULFILLED";
const WAITING: &str = "PENDING_PAYMENT PENDING UNFULFILLED";

/// A still shop whose gateway calls end soon.
async fn hasty() -> TestShop {
    TestShop::still_with(&[("CARTWRIGHT_GATEWAY_TIMEOUT_SECONDS", "0.3"), ("CARTWRIGHT_SANDBOX_SILENCE_SECONDS", "1")])
        .await
}

async fn answer(shop: &TestShop, order: &Bought, approve: bool) {
    let url = order.payment["nextAction"]["url"].as_str().expect("where to go");
    let reference = url.rsplit('/').next().expect("a reference");
    shop.app.sandbox.answer_challenge(reference, approve).await.expect("answered").expect("it is there");
}

#[tokio::test]
async fn a_good_token_pays_at_once() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    assert_eq!(order.axes(&shop).await, PAID);
    assert_eq!(order.payments(&shop).await, ["CAPTURED"]);
    assert_eq!(order.now(&shop).await["totals"]["total"], json!({ "amount": "5.0", "currencyCode": "USD" }));
    assert_eq!(shop.taken().await, 500);
}

#[tokio::test]
async fn a_declined_payment_can_be_tried_again_with_another_token_and_another_payer() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&crate::support::Caller::guest(), &[(&made, 2)]).await;
    let answer = shop.complete(&cart).token("sandbox_declined").send().await;
    assert_eq!(answer.refusals("checkoutComplete"), ["PAYMENT_DECLINED"]);
    assert_eq!(answer.at("/checkoutComplete/payment/failureCode"), "card_declined");
    let order = shop.complete(&cart).token("sandbox_declined").bought().await;
    assert_eq!(order.axes(&shop).await, WAITING);
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 2), "the stock is held for another attempt");

    let mut other = crate::make::checkout::address();
    other["lastName"] = json!("Smith");
    let paid = order.retry(&shop, "sandbox_ok", json!({ "billingAddress": other })).await;
    assert_eq!(paid.done("paymentRetry")["payment"]["status"], "CAPTURED");
    assert_eq!(order.axes(&shop).await, PAID);
    assert_eq!(order.now(&shop).await["billingAddress"]["lastName"], "Smith");
    assert_eq!(order.payments(&shop).await, ["FAILED", "CAPTURED"]);
    assert_eq!(order.timeline(&shop).await, ["ORDER_CREATED", "PAYMENT_FAILED", "ORDER_PAID"]);
    assert_eq!(shop.taken().await, 500);
    assert_eq!(order.retry(&shop, "sandbox_ok", json!({})).await.refusals("paymentRetry"), ["ORDER_NOT_PAYABLE"]);
}

#[tokio::test]
async fn a_retry_with_the_same_key_is_one_attempt_and_with_another_body_refused() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&made, 2, "sandbox_declined").await;
    for _ in 0..2 {
        let again = order.retry(&shop, "sandbox_declined", json!({ "idempotencyKey": "second" })).await;
        assert_eq!(again.refusals("paymentRetry"), ["PAYMENT_DECLINED"]);
    }
    assert_eq!(order.payments(&shop).await, ["FAILED", "FAILED"]);
    let other = order.retry(&shop, "sandbox_ok", json!({ "idempotencyKey": "second" })).await;
    assert_eq!(other.code(), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(shop.taken().await, 0);
}

#[tokio::test]
async fn a_challenge_that_is_approved_pays_when_the_bank_tells() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    assert_eq!(order.payments(&shop).await, ["REQUIRES_ACTION"]);
    assert_eq!(shop.taken().await, 0);
    answer(&shop, &order, true).await;
    assert_eq!(order.axes(&shop).await, WAITING, "only the bank's word counts, not a page that was visited");
    assert!(process.deliver().await >= 1);
    assert_eq!(order.axes(&shop).await, PAID);
    assert_eq!(shop.taken().await, 500);
}

#[tokio::test]
async fn a_challenge_that_is_declined_waits_for_another_attempt() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    answer(&shop, &order, false).await;
    answer(&shop, &order, true).await;
    process.deliver().await;
    assert_eq!(order.payments(&shop).await, ["FAILED"]);
    assert_eq!(order.axes(&shop).await, WAITING);
    order.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    assert_eq!(order.axes(&shop).await, PAID);
    assert_eq!(shop.taken().await, 500);
}

#[tokio::test]
async fn a_retry_gives_up_the_challenge_that_was_left() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    order.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    assert_eq!(order.payments(&shop).await, ["VOIDED", "CAPTURED"]);
    shop.sweep().await;
    assert_eq!(shop.book().await[0].status, "voided", "the bank was told");
    answer(&shop, &order, true).await;
    process.deliver().await;
    assert_eq!(shop.taken().await, 500);
    assert_eq!(order.axes(&shop).await, PAID);
}

#[tokio::test]
async fn money_of_an_attempt_that_was_given_up_goes_back_and_the_order_stays_paid() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    // Approved in another window, before the bank hears that the attempt was given up.
    answer(&shop, &order, true).await;
    order.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    assert_eq!(shop.taken().await, 1_000);
    process.deliver().await;
    shop.sweep().await;
    process.deliver().await;
    shop.sweep().await;
    assert_eq!(shop.taken().await, 500, "one charge is left");
    assert_eq!(shop.refunds().await, 1);
    assert_eq!(order.axes(&shop).await, PAID, "the payment that placed the order stands");
    assert_eq!(order.payments(&shop).await, ["REFUNDED", "CAPTURED"]);
    assert_eq!(shop.stock_of(made.variants[0]).await, (3, 0));
}

#[tokio::test]
async fn a_gateway_that_charges_and_stays_silent_is_asked_and_the_order_is_placed_once() {
    let shop = hasty().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&made, 2, "sandbox_timeout").await;
    assert_eq!(order.payments(&shop).await, ["PENDING"]);
    assert_eq!(order.retry(&shop, "sandbox_ok", json!({})).await.refusals("paymentRetry"), ["PAYMENT_IN_PROGRESS"]);
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, WAITING, "it is not old enough to be chased");
    shop.pass(15);
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, PAID);
    assert_eq!((shop.book().await.len(), shop.taken().await), (1, 500));
    assert_eq!(shop.stock_of(made.variants[0]).await, (3, 0));
}

#[tokio::test]
async fn a_late_bank_places_the_order_by_its_message() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_late").await;
    assert_eq!(order.payments(&shop).await, ["PENDING"]);
    assert_eq!(process.deliver().await, 0, "not yet");
    shop.pass(2);
    assert_eq!(process.deliver().await, 1);
    assert_eq!(order.axes(&shop).await, PAID);
    assert_eq!(order.timeline(&shop).await, ["ORDER_CREATED", "ORDER_PAID"]);
}

#[tokio::test]
async fn a_bank_that_tells_everything_twice_has_one_effect() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_duplicate").await;
    let before = order.now(&shop).await;
    assert_eq!(process.deliver().await, 2);
    assert_eq!(order.now(&shop).await, before);
    assert_eq!(order.axes(&shop).await, PAID);
    assert_eq!(shop.stock_of(made.variants[0]).await, (3, 0));
    assert_eq!(shop.taken().await, 500);
}

#[tokio::test]
async fn an_order_is_not_placed_for_another_amount_and_that_money_goes_back() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let process = Process::of(&shop).await;
    let order = shop.order_of(&made, 2, "sandbox_wrong_amount").await;
    assert_eq!(order.axes(&shop).await, WAITING);
    assert_eq!(order.payments(&shop).await, ["FAILED"]);
    let document = "query($id: ID!) { order(id: $id) { payments { flag failureCode } } }";
    let seen = shop.ask(&staff, document, json!({ "id": order.id })).await.at("/order/payments/0");
    assert_eq!(seen, json!({ "flag": "the gateway says 4.99 USD", "failureCode": "amount_mismatch" }));

    process.deliver().await;
    order.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    for _ in 0..3 {
        shop.sweep().await;
        process.deliver().await;
    }
    assert_eq!(shop.taken().await, 500, "the wrong amount went back, the right one stays");
    assert_eq!(shop.refunds().await, 1);
    assert_eq!(order.axes(&shop).await, PAID);
    let told = ["ORDER_CREATED", "PAYMENT_FAILED", "ORDER_PAID", "ORDER_REFUNDED"];
    assert_eq!(order.timeline(&shop).await, told, "nothing is told twice");
    let refunded = order.now(&shop).await["payments"][0]["refundedAmount"]["amount"].clone();
    assert_eq!(refunded, "4.99", "counted once");
}

#[tokio::test]
async fn an_order_of_a_wrong_amount_expires_as_any_other() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_wrong_amount").await;
    process.deliver().await;
    shop.pass(1_000);
    shop.sweep().await;
    process.deliver().await;
    assert_eq!(order.axes(&shop).await, "CANCELED EXPIRED UNFULFILLED");
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 0));
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 1));
}

#[tokio::test]
async fn a_gateway_that_fails_charges_nothing_and_can_be_tried_again() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&made, 2, "sandbox_error").await;
    assert_eq!(order.payments(&shop).await, ["FAILED"]);
    assert_eq!(shop.book().await.len(), 0);
    order.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    assert_eq!(order.axes(&shop).await, PAID);
}

#[tokio::test]
async fn an_unknown_token_fails_and_an_unknown_gateway_is_refused_before_anything_is_made() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&made, 2, "sandbox_nonsense").await;
    assert_eq!(order.payments(&shop).await, ["FAILED"]);
    assert_eq!(order.now(&shop).await["payments"][0]["failureCode"], "unknown_token");

    let cart = shop.cart_with(&crate::support::Caller::guest(), &[(&made, 1)]).await;
    let bank = json!({ "gateway": "bank_of_nowhere", "token": "x" });
    let refused = shop.complete(&cart).with("payment", bank).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["PAYMENT_GATEWAY_UNKNOWN"]);
    assert_eq!(refused.at("/checkoutComplete/order"), Value::Null);
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 2), "only the first order holds stock");
}

#[tokio::test]
async fn a_way_to_pay_that_cannot_be_remembered_is_not_said_to_be() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&crate::support::Caller::guest(), &[(&made, 1)]).await;
    let saved = json!({ "gateway": "sandbox", "token": "sandbox_ok", "save": true });
    let refused = shop.complete(&cart).with("payment", saved).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["PAYMENT_INPUT_INVALID"]);
    assert_eq!(refused.at("/checkoutComplete/userErrors/0/field"), json!(["input", "payment", "save"]));
    assert_eq!((shop.book().await.len(), shop.stock_of(made.variants[0]).await), (0, (5, 0)));
}

#[tokio::test]
async fn held_money_is_taken_when_staff_say_so() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let process = Process::of(&shop).await;
    let cart = shop.cart_with(&crate::support::Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).hold().bought().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING AUTHORIZED UNFULFILLED");
    assert_eq!((shop.taken().await, shop.stock_of(made.variants[0]).await), (0, (3, 0)));
    assert_eq!(order.capture(&shop, &order.caller).await.code(), "UNAUTHENTICATED");
    for _ in 0..2 {
        order.capture(&shop, &staff).await.done("orderCapture");
    }
    process.deliver().await;
    assert_eq!(order.axes(&shop).await, PAID);
    assert_eq!(shop.taken().await, 500);
    assert_eq!(order.timeline(&shop).await, ["ORDER_CREATED", "ORDER_PAID", "PAYMENT_CAPTURED"]);
}

#[tokio::test]
async fn an_order_whose_hold_the_bank_gave_up_is_canceled_and_its_stock_free() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let process = Process::of(&shop).await;
    let cart = shop.cart_with(&crate::support::Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).hold().bought().await;
    process.deliver().await;
    let reference = shop.book().await[0].reference.clone();
    let gateway = shop.app.gateways.get("sandbox").expect("the sandbox");
    gateway.void(&reference, "by the bank").await.expect("voided");
    assert_eq!(order.capture(&shop, &staff).await.refusals("orderCapture"), ["NOT_ALLOWED"]);
    process.deliver().await;
    assert_eq!(order.axes(&shop).await, "CANCELED VOIDED UNFULFILLED");
    assert_eq!(order.payments(&shop).await, ["VOIDED"]);
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 0));
}
