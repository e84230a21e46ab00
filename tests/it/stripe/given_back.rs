//! What staff give back in Stripe's dashboard, and refunds that Stripe refuses because of it.

use cartwright::domain::checkout;
use serde_json::{Value, json};
use stripe_stand_in::{Call, Fault};

use super::{Paying, client};
use crate::{make::checkout::Bought, refund::usd, support::Caller};

const PARKED: &str = "{ parkedItems { nodes { id kind } } }";
const DISCARD: &str = "mutation($input: ParkedItemDiscardInput!) { parkedItemDiscard(input: $input) { discardedId \
                       userErrors { field code message } } }";

/// A paid order of ten dollars.
async fn paid(paying: &Paying) -> Bought {
    let made = paying.shop.stocked("Pen", 250, 50).await;
    paying.order_of(&made, 4, "pm_card_visa").await
}

async fn in_the_dashboard(paying: &Paying, cents: i64) {
    let intent = paying.stripe.book().intents[0].id.clone();
    client(paying).refund(&intent, cents, &format!("dashboard-{cents}")).await.expect("given back");
}

async fn left(paying: &Paying, staff: &Caller, order: &Bought) -> Value {
    let document = "query($id: ID!) { order(id: $id) { suggestedRefund(amount: { amount: \"0.01\", currencyCode: USD }) \
                    { left { amount } } } }";
    paying.shop.ask(staff, document, json!({ "id": order.id })).await.at("/order/suggestedRefund/left/amount")
}

async fn discard(paying: &Paying, staff: &Caller, reason: Option<&str>) -> Vec<String> {
    let id = paying.shop.ask(staff, PARKED, json!({})).await.text("/parkedItems/nodes/0/id");
    let input = json!({ "input": { "id": id, "reason": reason } });
    let answer = paying.shop.ask(staff, DISCARD, input).await;
    if answer.body.get("errors").is_some() { vec![answer.code()] } else { answer.refusals("parkedItemDiscard") }
}

async fn sorted(paying: &Paying, order: &Bought) -> Vec<String> {
    let mut refunds = order.refunds(&paying.shop).await;
    refunds.sort();
    refunds
}

#[tokio::test]
async fn what_is_given_back_in_stripes_dashboard_is_recorded_once_and_the_rest_can_be_refunded() {
    let paying = Paying::new().await;
    let (staff, order) = (paying.shop.admin().await, paid(&paying).await);
    paying.deliver().await;
    in_the_dashboard(&paying, 300).await;
    assert!(paying.deliver().await > 0, "Stripe tells of it");
    assert_eq!(order.axes(&paying.shop).await, "PROCESSING PARTIALLY_REFUNDED UNFULFILLED");
    assert_eq!(order.refunds(&paying.shop).await, ["SUCCEEDED 3.0"]);
    assert_eq!(paying.payments(&order).await[0]["refundedAmount"]["amount"], "3.0");
    assert_eq!(left(&paying, &staff, &order).await, "7.0");
    assert_eq!(order.balances(&paying.shop, &staff).await, "SALES -7.0, GATEWAY 7.0");
    assert_eq!(order.timeline(&paying.shop).await, ["ORDER_CREATED", "ORDER_PAID", "ORDER_REFUNDED"]);
    paying.pass(120);
    assert_eq!(checkout::reconcile(&paying.shop.app.checkout()).await.expect("compared"), 0);
    in_the_dashboard(&paying, 100).await;
    paying.stripe.forget_messages();
    paying.pass(120);
    assert_eq!(checkout::reconcile(&paying.shop.app.checkout()).await.expect("compared"), 1, "without a message too");
    assert_eq!(left(&paying, &staff, &order).await, "6.0");
    order.refund(&paying.shop, &staff, json!({ "amount": usd("6.0") })).await.done("refundCreate");
    paying.deliver().await;
    assert_eq!(order.axes(&paying.shop).await, "PROCESSING REFUNDED UNFULFILLED");
    assert_eq!((paying.stripe.book().kept(), order.balances(&paying.shop, &staff).await), (0, String::new()));
    paying.shop.books_are_right().await;
}

#[tokio::test]
async fn a_refund_of_ours_whose_answer_was_lost_is_not_taken_for_one_of_the_dashboard() {
    let paying = Paying::new().await;
    let (staff, order) = (paying.shop.admin().await, paid(&paying).await);
    paying.deliver().await;
    paying.stripe.fault(Call::Refund, Fault::ErrorAfterWork);
    order.refund(&paying.shop, &staff, json!({ "amount": usd("2.0") })).await.done("refundCreate");
    in_the_dashboard(&paying, 100).await;
    // The message tells of both before our own is recorded.
    paying.deliver().await;
    assert_eq!(paying.payments(&order).await[0]["refundedAmount"]["amount"], "1.0");
    assert_eq!(left(&paying, &staff, &order).await, "7.0");
    paying.pass(120);
    paying.shop.sweep().await;
    paying.deliver().await;
    assert_eq!(sorted(&paying, &order).await, ["SUCCEEDED 1.0", "SUCCEEDED 2.0"]);
    assert_eq!(paying.payments(&order).await[0]["refundedAmount"]["amount"], "3.0");
    assert_eq!(paying.stripe.book().kept(), 700);
    paying.shop.books_are_right().await;
}

#[tokio::test]
async fn a_refund_that_stripe_refuses_is_closed_with_a_reason_and_decided_anew() {
    let paying = Paying::new().await;
    let (staff, order) = (paying.shop.admin().await, paid(&paying).await);
    in_the_dashboard(&paying, 300).await;
    paying.stripe.forget_messages();
    let made = order.refund(&paying.shop, &staff, json!({ "amount": usd("10.0") })).await.done("refundCreate");
    assert_eq!(made["refund"]["status"], "FAILED");
    assert_eq!(sorted(&paying, &order).await, ["FAILED 10.0", "SUCCEEDED 3.0"], "the refusal made the shop look");
    let more = order.refund(&paying.shop, &staff, json!({ "amount": usd("0.01") })).await;
    assert_eq!(more.refusals("refundCreate"), ["AMOUNT_INVALID"], "nothing is left to decide about");
    assert_eq!(discard(&paying, &staff, None).await, ["CANNOT_BE_DISCARDED"]);
    assert_eq!(discard(&paying, &staff, Some(" ")).await, ["BAD_USER_INPUT"]);
    assert_eq!(discard(&paying, &staff, Some("Three were given back by hand")).await, Vec::<String>::new());
    assert_eq!(sorted(&paying, &order).await, ["CANCELED 10.0", "SUCCEEDED 3.0"]);
    assert_eq!(left(&paying, &staff, &order).await, "7.0");
    assert_eq!(order.balances(&paying.shop, &staff).await, "SALES -7.0, GATEWAY 7.0");
    paying.shop.books_are_right().await;
    order.refund(&paying.shop, &staff, json!({ "amount": usd("7.0") })).await.done("refundCreate");
    assert_eq!(order.axes(&paying.shop).await, "PROCESSING REFUNDED UNFULFILLED");
    assert_eq!(paying.stripe.book().kept(), 0);
    paying.shop.books_are_right().await;
}

#[tokio::test]
async fn of_a_canceled_order_the_dashboard_gave_a_part_of_the_rest_is_sent_once_its_refund_is_closed() {
    let paying = Paying::new().await;
    let (staff, order) = (paying.shop.admin().await, paid(&paying).await);
    in_the_dashboard(&paying, 300).await;
    paying.stripe.forget_messages();
    order.cancel(&paying.shop, &order.caller).await.done("orderCancel");
    assert_eq!(paying.stripe.book().kept(), 700);
    assert_eq!(discard(&paying, &staff, Some("Three were given back by hand")).await, Vec::<String>::new());
    paying.shop.sweep().await;
    assert_eq!(paying.stripe.book().kept(), 0);
    assert_eq!(sorted(&paying, &order).await, ["CANCELED 10.0", "SUCCEEDED 3.0", "SUCCEEDED 7.0"]);
    assert_eq!(order.axes(&paying.shop).await, "CANCELED REFUNDED UNFULFILLED");
    assert_eq!(order.balances(&paying.shop, &staff).await, "");
    paying.shop.books_are_right().await;
}
