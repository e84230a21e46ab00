//! Payments that wait for their shoppers: how often Stripe is asked about them, and how long.

use cartwright::domain::checkout;
use serde_json::json;
use stripe_stand_in::{Call, Fault, Scripted};

use super::{PAID, Paying, WAITING, by};
use crate::{make::checkout::Bought, support::Caller};

const OWED: &str = "PROCESSING PARTIALLY_PAID UNFULFILLED";

/// A paid order that an edit made dearer, and whose shopper opened the form for the balance and left.
async fn left_open(paying: &Paying, staff: &Caller) -> Bought {
    let made = paying.shop.stocked("Pen", 250, 50).await;
    let order = paying.order_of(&made, 1, "pm_card_visa").await;
    let added = json!({ "addedItems": [{ "merchandiseId": made.variant_gid(0), "quantity": 1 }] });
    order.edit(&paying.shop, staff, added).await.done("orderEdit");
    order.retry(&paying.shop, "", json!({ "payment": { "gateway": "stripe" } })).await.done("paymentRetry");
    assert_eq!(order.payments(&paying.shop).await, ["CAPTURED", "REQUIRES_ACTION"]);
    paying.deliver().await;
    order
}

#[tokio::test]
async fn a_balance_whose_form_was_left_open_is_asked_about_ever_less_and_given_up_after_a_day() {
    let paying = Paying::new().await;
    let staff = paying.shop.admin().await;
    let order = left_open(&paying, &staff).await;
    let questions = async |seconds: i64| {
        paying.pass(seconds);
        let before = paying.stripe.reads();
        checkout::chase_payments(&paying.shop.app.checkout()).await.expect("asked");
        paying.stripe.reads() - before
    };
    assert_eq!((questions(15).await, questions(5).await, questions(15).await), (1, 0, 1), "every ten seconds at first");
    assert_eq!((questions(1_000).await, questions(30).await, questions(60).await), (1, 0, 1), "then every minute");
    assert_eq!(
        (questions(7_200).await, questions(600).await, questions(200).await),
        (1, 0, 1),
        "then a few times an hour"
    );
    paying.pass(60_000);
    paying.shop.sweep().await;
    assert_eq!(order.payments(&paying.shop).await, ["CAPTURED", "REQUIRES_ACTION"], "a day is not over");
    paying.pass(20_000);
    paying.shop.sweep().await;
    assert_eq!(order.payments(&paying.shop).await, ["CAPTURED", "VOIDED"]);
    assert_eq!(paying.stripe.book().intents[1].status, "canceled");
    assert_eq!(order.axes(&paying.shop).await, OWED, "the order waits on");
    assert_eq!(questions(100_000).await, 0, "nobody is asked for ever");
    order.retry(&paying.shop, "", json!({ "payment": by("pm_card_visa") })).await.done("paymentRetry");
    assert_eq!(order.axes(&paying.shop).await, PAID);
    assert_eq!(paying.stripe.book().kept(), 500);
}

/// One round asks about fifty of a kind.
#[tokio::test]
async fn a_payment_in_doubt_is_settled_in_one_round_though_more_than_a_batch_wait_for_their_shoppers() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 100).await;
    for _ in 0..55 {
        paying.shop.order_of(&made, 1, "sandbox_challenge").await;
    }
    paying.pass(1);
    paying.stripe.script(Scripted { call: Call::Any, fault: Fault::LoseMessage, count: 9 });
    paying.stripe.fault(Call::Create, Fault::ErrorAfterWork);
    let order = paying.order_of(&made, 2, "pm_card_visa").await;
    assert_eq!(order.axes(&paying.shop).await, WAITING);
    paying.pass(15);
    checkout::chase_payments(&paying.shop.app.checkout()).await.expect("asked");
    assert_eq!(order.axes(&paying.shop).await, PAID);
}
