//! A Stripe that takes no request now, or keeps a failure for a key: money goes back all the same, once, and by itself.

use serde_json::json;
use stripe_stand_in::{Call, Fault, Scripted};

use super::{PAID, Paying, by, client};
use crate::{make::checkout::Bought, refund::usd, support::Caller};

const BACK: &str = "CANCELED REFUNDED UNFULFILLED";

/// The next calls of a kind fail like that.
fn fails(paying: &Paying, call: Call, fault: Fault, count: u32) {
    paying.stripe.script(Scripted { call, fault, count });
}

/// Lets so many seconds pass, and the jobs run every five of them.
async fn wait(paying: &Paying, seconds: i64) {
    for _ in 0..seconds / 5 {
        paying.pass(5);
        paying.shop.sweep().await;
    }
}

async fn held(paying: &Paying) -> Bought {
    let made = paying.shop.stocked("Pen", 250, 50).await;
    let mut payment = by("pm_card_visa");
    payment["captureMethod"] = json!("MANUAL");
    let answer = paying.pay(&Caller::guest(), &made, 2, payment).await;
    Bought::of(&answer, &Caller::guest()).expect("an order")
}

/// Nine times 429 are three calls: each asks three times.
#[tokio::test]
async fn a_refund_that_a_busy_stripe_or_one_whose_key_is_rotated_does_not_take_is_sent_again_by_itself() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    for (fault, count) in [(Fault::RateLimit, 9), (Fault::KeyRefused, 4)] {
        let order = paying.order_of(&made, 2, "pm_card_visa").await;
        fails(&paying, Call::Refund, fault.clone(), count);
        order.cancel(&paying.shop, &order.caller).await.done("orderCancel");
        assert_eq!(order.refunds(&paying.shop).await, ["PENDING 5.0"], "{fault:?}: it is not given up");
        wait(&paying, 60).await;
        assert_eq!(order.axes(&paying.shop).await, BACK, "{fault:?}");
    }
    assert_eq!((paying.stripe.book().kept(), paying.stripe.book().refunds.len()), (0, 2));
    paying.shop.books_are_right().await;
}

#[tokio::test]
async fn money_is_back_though_stripe_keeps_failures_for_the_keys_of_its_refund() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    let order = paying.order_of(&made, 2, "pm_card_visa").await;
    fails(&paying, Call::Refund, Fault::ErrorKept, 3);
    order.cancel(&paying.shop, &order.caller).await.done("orderCancel");
    wait(&paying, 60).await;
    assert_eq!(order.axes(&paying.shop).await, BACK);
    assert_eq!((paying.stripe.book().kept(), paying.stripe.book().refunds.len()), (0, 1));
    paying.shop.books_are_right().await;
}

#[tokio::test]
async fn a_refund_that_was_made_before_stripe_kept_a_failure_is_found_and_not_made_again() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let order = paying.order_of(&made, 4, "pm_card_visa").await;
    // Of a part there would be enough left for a second one.
    fails(&paying, Call::Refund, Fault::ErrorKept, 1);
    fails(&paying, Call::Refund, Fault::ErrorAfterWork, 1);
    order.refund(&paying.shop, &staff, json!({ "amount": usd("2.0") })).await.done("refundCreate");
    wait(&paying, 60).await;
    assert_eq!(order.refunds(&paying.shop).await, ["SUCCEEDED 2.0"]);
    assert_eq!((paying.stripe.book().kept(), paying.stripe.book().refunds.len()), (800, 1));
    paying.shop.books_are_right().await;
}

#[tokio::test]
async fn held_money_is_let_go_though_stripe_keeps_failures_for_the_keys_of_that() {
    let paying = Paying::new().await;
    let order = held(&paying).await;
    fails(&paying, Call::Cancel, Fault::ErrorKept, 2);
    order.cancel(&paying.shop, &order.caller).await.done("orderCancel");
    wait(&paying, 60).await;
    assert_eq!(paying.stripe.book().intents[0].status, "canceled");
    assert!(order.axes(&paying.shop).await.starts_with("CANCELED"));
    paying.shop.books_are_right().await;
}

#[tokio::test]
async fn held_money_is_taken_by_the_next_capture_though_stripe_keeps_the_failure_of_the_first() {
    let paying = Paying::new().await;
    let (staff, order) = (paying.shop.admin().await, held(&paying).await);
    fails(&paying, Call::Capture, Fault::ErrorKept, 1);
    assert_eq!(order.capture(&paying.shop, &staff).await.refusals("orderCapture"), ["PAYMENT_IN_PROGRESS"]);
    order.capture(&paying.shop, &staff).await.done("orderCapture");
    assert_eq!(order.axes(&paying.shop).await, PAID);
    assert_eq!(paying.stripe.book().kept(), 500);
}

/// What somebody else refunds at Stripe has another key and is none of ours.
#[tokio::test]
async fn a_failure_kept_for_our_key_is_got_over_though_the_dashboard_gave_a_part_back_meanwhile() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let order = paying.order_of(&made, 4, "pm_card_visa").await;
    paying.deliver().await;
    fails(&paying, Call::Refund, Fault::ErrorKept, 1);
    order.refund(&paying.shop, &staff, json!({ "amount": usd("2.0") })).await.done("refundCreate");
    let intent = paying.stripe.book().intents[0].id.clone();
    client(&paying).refund(&intent, 200, "dashboard").await.expect("given back");
    wait(&paying, 60).await;
    paying.deliver().await;
    assert_eq!(order.refunds(&paying.shop).await, ["SUCCEEDED 2.0", "SUCCEEDED 2.0"]);
    assert_eq!(paying.stripe.book().kept(), 600);
    paying.shop.books_are_right().await;
}
