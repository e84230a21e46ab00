//! Held money that Stripe lets go after something was sent: its order is to be paid anew.

use serde_json::json;

use super::{PAID, Paying, by, client};
use crate::{
    make::{catalog::Made, checkout::Bought},
    support::Caller,
};

const LOST: &str = "PROCESSING PARTIALLY_PAID FULFILLED";

/// An order whose money was held, that was sent, and whose hold Stripe let go.
async fn lost(paying: &Paying, staff: &Caller, caller: &Caller, made: &Made) -> Bought {
    let mut payment = by("pm_card_visa");
    payment["captureMethod"] = json!("MANUAL");
    let answer = paying.pay(caller, made, 2, payment).await;
    let order = Bought::of(&answer, caller).expect("an order");
    order.ship(&paying.shop, staff, json!(null)).await.done("fulfillmentCreate");
    assert_eq!(order.axes(&paying.shop).await, "PROCESSING AUTHORIZED FULFILLED");
    let held = paying.stripe.book().intents.into_iter().find(|intent| intent.status == "requires_capture");
    client(paying).cancel_intent(&held.expect("a hold").id, "after seven days").await.expect("let go");
    paying.deliver().await;
    order
}

#[tokio::test]
async fn an_order_that_was_sent_and_whose_hold_ended_is_to_be_paid_by_its_shopper() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let order = lost(&paying, &staff, &Caller::guest(), &made).await;
    assert_eq!(order.axes(&paying.shop).await, LOST);
    assert_eq!(order.timeline(&paying.shop).await.last().map(String::as_str), Some("PAYMENT_FAILED"));
    let owed = "query($id: ID!) { order(id: $id) { balanceDue { amount } payments { status failureCode } } }";
    let read = paying.shop.ask(&staff, owed, json!({ "id": order.id })).await.at("/order");
    let payments = json!([{ "status": "VOIDED", "failureCode": "hold_lost" }]);
    assert_eq!(read, json!({ "balanceDue": { "amount": "5.0" }, "payments": payments }));
    assert_eq!(order.capture(&paying.shop, &staff).await.refusals("orderCapture"), ["NOT_ALLOWED"]);
    paying.shop.books_are_right().await;
    order.retry(&paying.shop, "", json!({ "payment": by("pm_card_visa") })).await.done("paymentRetry");
    assert_eq!(order.axes(&paying.shop).await, "PROCESSING PAID FULFILLED");
    assert_eq!(paying.stripe.book().kept(), 500);
    let invoices = "query($id: ID!) { order(id: $id) { balanceDue { amount } invoices { kind } } }";
    let read = paying.shop.ask(&staff, invoices, json!({ "id": order.id })).await.at("/order");
    assert_eq!(read, json!({ "balanceDue": { "amount": "0.0" }, "invoices": [{ "kind": "INVOICE" }] }));
    paying.shop.books_are_right().await;
}

#[tokio::test]
async fn an_order_that_was_sent_and_whose_hold_ended_is_charged_by_staff_to_the_saved_card() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let jane = paying.shop.customer("jane@example.com").await;
    let mut payment = by("pm_card_visa");
    payment["save"] = json!(true);
    let first = Bought::of(&paying.pay(&jane, &made, 1, payment).await, &jane).expect("an order");
    assert_eq!(first.axes(&paying.shop).await, PAID);
    let order = lost(&paying, &staff, &jane, &made).await;
    assert_eq!(order.axes(&paying.shop).await, LOST);
    let charge = "mutation($input: OrderChargeSavedMethodInput!) { orderChargeSavedMethod(input: $input) { payment { \
                  status } userErrors { code message } } }";
    let charged = paying.shop.ask(&staff, charge, json!({ "input": { "orderId": order.id } })).await;
    assert_eq!(charged.done("orderChargeSavedMethod")["payment"]["status"], "CAPTURED");
    assert_eq!(order.axes(&paying.shop).await, "PROCESSING PAID FULFILLED");
    assert_eq!(paying.stripe.book().kept(), 750);
    paying.shop.books_are_right().await;
}

#[tokio::test]
async fn the_shop_may_say_when_money_is_taken_whatever_a_client_asks_for() {
    for (setting, asked, expected) in [
        ("client", "MANUAL", "AUTHORIZED"),
        ("client", "AUTOMATIC", "PAID"),
        ("automatic", "MANUAL", "PAID"),
        ("manual", "AUTOMATIC", "AUTHORIZED"),
    ] {
        let shop = crate::support::TestShop::still_with(&[("CARTWRIGHT_CAPTURE", setting)]).await;
        let made = shop.stocked("Pen", 250, 5).await;
        let cart = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
        let payment = json!({ "gateway": "sandbox", "token": "sandbox_ok", "captureMethod": asked });
        let order = shop.complete(&cart).with("payment", payment).bought().await;
        assert_eq!(order.axes(&shop).await, format!("PROCESSING {expected} UNFULFILLED"), "{setting} {asked}");
    }
}
