//! Stripe's book against ours: what differs is healed, or staff see it until it does not differ any more.

use std::collections::HashMap;

use cartwright::domain::checkout;
use serde_json::{Value, json};
use stripe_gateway::NewIntent;
use stripe_stand_in::{Call, Fault, Scripted};

use super::{PAID, Paying, WAITING, client};
use crate::{make::checkout::Bought, refund::usd, support::Caller};

async fn compare(paying: &Paying) -> usize {
    checkout::reconcile(&paying.shop.app.checkout()).await.expect("compared")
}

async fn shown(paying: &Paying, staff: &Caller) -> Value {
    let document = "{ gatewayDifferences { gateway reference paymentId detail } }";
    paying.shop.ask(staff, document, json!({})).await.at("/gatewayDifferences")
}

#[tokio::test]
async fn books_that_agree_have_no_difference() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    paying.order_of(&made, 2, "pm_card_visa").await;
    paying.order_of(&made, 2, "pm_card_chargeDeclined").await;
    let canceled = paying.order_of(&made, 2, "pm_card_visa").await;
    canceled.cancel(&paying.shop, &canceled.caller).await.done("orderCancel");
    paying.shop.order_of(&made, 1, "sandbox_ok").await;
    paying.pass(120);
    assert_eq!(compare(&paying).await, 0);
    assert_eq!(shown(&paying, &staff).await, json!([]));
    let guest = paying.shop.guest("{ gatewayDifferences { detail } }", json!({})).await;
    assert!(guest.body.get("errors").is_some(), "staff only");
}

#[tokio::test]
async fn a_payment_that_no_message_told_of_is_found_in_stripes_book() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    let order = paying.order_of(&made, 2, "pm_card_threeDSecure2Required").await;
    let intent = paying.stripe.book().intents[0].id.clone();
    paying.stripe.authenticate(&intent, true).expect("a way back");
    paying.stripe.forget_messages();
    assert_eq!(order.axes(&paying.shop).await, WAITING);
    paying.pass(120);
    assert_eq!(compare(&paying).await, 1);
    assert_eq!(order.axes(&paying.shop).await, PAID);
    paying.pass(120);
    assert_eq!(compare(&paying).await, 0);
}

#[tokio::test]
async fn a_refund_that_failed_at_stripe_after_it_was_recorded_is_shown_to_staff() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let order = paying.order_of(&made, 2, "pm_card_refundFail").await;
    let intent = paying.stripe.book().intents[0].id.clone();
    order.refund(&paying.shop, &staff, json!({ "amount": usd("1.0") })).await.done("refundCreate");
    assert_eq!(paying.stripe.settle_refunds(), 1);
    paying.deliver().await;
    paying.pass(120);
    assert_eq!(compare(&paying).await, 1);
    assert_eq!(compare(&paying).await, 0, "a difference that lasts is no reason to compare again at once");
    let differences = shown(&paying, &staff).await;
    assert_eq!(differences.as_array().map(Vec::len), Some(1));
    assert_eq!(differences[0]["reference"], intent.as_str());
    assert_eq!(differences[0]["detail"], "given back: the gateway says 0.00 USD, our books 1.00 USD");
}

#[tokio::test]
async fn money_for_nothing_of_ours_is_shown_until_it_is_back() {
    let paying = Paying::new().await;
    let staff = paying.shop.admin().await;
    let intent = client(&paying).create_intent(&foreign(), "foreign").await.expect("paid");
    paying.pass(120);
    assert_eq!(compare(&paying).await, 1);
    assert_eq!(shown(&paying, &staff).await[0]["paymentId"], Value::Null);
    client(&paying).refund(&intent.id, 700, "back").await.expect("given back");
    assert_eq!(compare(&paying).await, 0);
    assert_eq!(shown(&paying, &staff).await, json!([]));
}

/// A month, after which Stripe's list is not read any more so far back.
const MONTH: i64 = 31 * 86_400;

#[tokio::test]
async fn a_difference_that_is_older_than_the_list_that_is_read_stays_open_until_it_is_none_any_more() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let order = paying.order_of(&made, 2, "pm_card_refundFail").await;
    order.refund(&paying.shop, &staff, json!({ "amount": usd("1.0") })).await.done("refundCreate");
    assert_eq!(paying.stripe.settle_refunds(), 1);
    paying.deliver().await;
    let foreign = client(&paying).create_intent(&foreign(), "foreign").await.expect("paid").id;
    let ours = paying.stripe.book().intents[0].id.clone();
    paying.pass(120);
    assert_eq!(compare(&paying).await, 2);
    paying.pass(MONTH);
    assert_eq!(compare(&paying).await, 0, "they are looked at one by one");
    let open = || async { shown(&paying, &staff).await.as_array().map(Vec::len) };
    assert_eq!(open().await, Some(2));
    client(&paying).refund(&foreign, 700, "back").await.expect("given back");
    assert_eq!(compare(&paying).await, 0);
    assert_eq!(open().await, Some(1));
    client(&paying).refund(&ours, 100, "by hand").await.expect("given back");
    assert_eq!(compare(&paying).await, 0);
    assert_eq!(open().await, Some(0));
}

#[tokio::test]
async fn a_stripe_that_does_not_answer_is_compared_later() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    paying.order_of(&made, 2, "pm_card_visa").await;
    paying.pass(120);
    let fault = Fault::ErrorBeforeWork;
    paying.stripe.script(stripe_stand_in::Scripted { call: Call::Read, fault, count: 9 });
    assert_eq!(compare(&paying).await, 0);
    paying.stripe.behave();
    assert_eq!(compare(&paying).await, 0);
}

#[tokio::test]
async fn a_payment_in_doubt_is_found_without_reading_what_was_paid_hours_later() {
    let paying = Paying::new().await;
    let order = in_doubt(&paying).await;
    paying.stripe.pass(7_200);
    crowd(&paying, 250, "later").await;
    paying.shop.pass(30);
    let before = paying.stripe.reads();
    paying.shop.sweep().await;
    assert_eq!(order.axes(&paying.shop).await, PAID);
    assert!(paying.stripe.reads() - before <= 2, "{} questions", paying.stripe.reads() - before);
}

/// Makes so many payments at Stripe that are not of this shop.
async fn crowd(paying: &Paying, how_many: usize, name: &str) {
    let others = client(paying);
    for number in 0..how_many {
        let new = NewIntent { method: None, ..foreign() };
        others.create_intent(&new, &format!("{name}-{number}")).await.expect("made");
    }
}

/// A payment that was charged and whose answer and messages were lost.
async fn in_doubt(paying: &Paying) -> Bought {
    let made = paying.shop.stocked("Pen", 250, 50).await;
    paying.stripe.script(Scripted { call: Call::Any, fault: Fault::LoseMessage, count: 9 });
    paying.stripe.fault(Call::Create, Fault::ErrorAfterWork);
    let order = paying.order_of(&made, 2, "pm_card_visa").await;
    assert_eq!(order.axes(&paying.shop).await, WAITING);
    order
}

#[tokio::test]
async fn a_payment_in_doubt_is_found_at_once_though_many_are_paid_in_the_quarter_of_an_hour_after_it() {
    let paying = Paying::new().await;
    let order = in_doubt(&paying).await;
    paying.stripe.pass(90);
    crowd(&paying, 250, "soon-after").await;
    paying.shop.pass(90);
    let before = paying.stripe.reads();
    paying.shop.sweep().await;
    assert_eq!(order.axes(&paying.shop).await, PAID);
    assert!(paying.stripe.reads() - before <= 2, "{} questions", paying.stripe.reads() - before);
}

/// One call may take a second here; the pages together take two.
#[tokio::test]
async fn a_payment_in_doubt_is_found_though_the_pages_until_it_take_longer_than_one_call_may() {
    let paying = Paying::new().await;
    let order = in_doubt(&paying).await;
    crowd(&paying, 410, "beside").await;
    paying.pass(30);
    let slow = Fault::SilenceAfterWork { milliseconds: 500 };
    paying.stripe.script(Scripted { call: Call::Read, fault: slow, count: 4 });
    paying.shop.sweep().await;
    assert_eq!(order.axes(&paying.shop).await, PAID);
}

/// A payment that is not of this shop.
fn foreign() -> NewIntent {
    NewIntent {
        amount: 700,
        currency: "USD".to_owned(),
        method: Some("pm_card_visa".to_owned()),
        customer: None,
        save: false,
        off_session: false,
        hold: false,
        return_url: None,
        description: None,
        metadata: HashMap::new(),
    }
}
