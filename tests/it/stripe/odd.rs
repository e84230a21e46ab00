//! What comes in another order than expected: a bank that declines after its page, refunds whose messages overtake the payment's.

use cartwright::domain::{checkout, notification};
use entity::notification::notification::{self as mails, NotificationKind, NotificationState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use stripe_stand_in::{Call, Fault};

use super::{PAID, Paying, WAITING, by};
use crate::{make::checkout::Bought, support::Caller};

#[tokio::test]
async fn a_bank_may_decline_after_its_page_was_passed_and_another_card_pays() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    let order = paying.order_of(&made, 2, "pm_card_threeDSecureRequiredChargeDeclined").await;
    assert_eq!(order.payments(&paying.shop).await, ["REQUIRES_ACTION"]);
    let intent = paying.stripe.book().intents[0].id.clone();
    // Twice: the shopper goes back and answers once more.
    for _ in 0..2 {
        paying.stripe.authenticate(&intent, true).expect("a way back");
    }
    paying.deliver().await;
    assert_eq!(paying.payments(&order).await[0]["failureCode"], "card_declined");
    assert_eq!(order.axes(&paying.shop).await, WAITING);
    order.retry(&paying.shop, "", json!({ "payment": by("pm_card_visa") })).await.done("paymentRetry");
    paying.deliver().await;
    assert_eq!(order.axes(&paying.shop).await, PAID);
    assert_eq!(paying.stripe.book().kept(), 500);
}

#[tokio::test]
async fn a_page_that_is_answered_after_the_order_was_given_up_takes_no_money() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 5).await;
    let order = paying.order_of(&made, 2, "pm_card_threeDSecure2Required").await;
    let intent = paying.stripe.book().intents[0].id.clone();
    order.cancel(&paying.shop, &order.caller).await.done("orderCancel");
    let answered = paying.stripe.authenticate(&intent, true);
    paying.deliver().await;
    paying.pass(120);
    paying.shop.sweep().await;
    paying.shop.sweep().await;
    assert_eq!(paying.stripe.book().kept(), 0, "{answered:?}");
    assert!(order.axes(&paying.shop).await.starts_with("CANCELED"));
    assert_eq!(paying.shop.stock_of(made.variants[0]).await, (5, 0));
}

#[tokio::test]
async fn a_refund_whose_messages_overtake_those_of_its_payment_goes_back_once() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    // The payment's three messages come last.
    for _ in 0..3 {
        paying.stripe.fault(Call::Any, Fault::DelayMessage { milliseconds: 1_500 });
    }
    let order = paying.order_of(&made, 2, "pm_card_visa").await;
    order.cancel(&paying.shop, &order.caller).await.done("orderCancel");
    paying.deliver().await;
    tokio::time::sleep(std::time::Duration::from_millis(1_600)).await;
    paying.deliver().await;
    assert!(paying.stripe.is_quiet(), "every message was taken");
    paying.shop.sweep().await;
    assert_eq!(order.axes(&paying.shop).await, "CANCELED REFUNDED UNFULFILLED");
    let booked = paying.stripe.book();
    assert_eq!((booked.kept(), booked.refunds.len()), (0, 1));
    assert_eq!(paying.shop.stock_of(made.variants[0]).await, (50, 0));
}

#[tokio::test]
async fn a_refund_whose_call_was_cut_off_is_found_and_not_made_again() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    for fault in [Fault::CutAfterWork, Fault::ErrorAfterWork, Fault::SilenceAfterWork { milliseconds: 1_500 }] {
        let order = paying.order_of(&made, 2, "pm_card_visa").await;
        paying.stripe.fault(Call::Refund, fault.clone());
        order.cancel(&paying.shop, &order.caller).await.done("orderCancel");
        for _ in 0..3 {
            paying.pass(120);
            paying.shop.sweep().await;
        }
        paying.deliver().await;
        assert_eq!(order.axes(&paying.shop).await, "CANCELED REFUNDED UNFULFILLED", "{fault:?}");
    }
    let booked = paying.stripe.book();
    assert_eq!((booked.kept(), booked.refunds.len()), (0, 3));
}

#[tokio::test]
async fn held_money_whose_capture_was_cut_off_is_taken_once() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let mut payment = by("pm_card_visa");
    payment["captureMethod"] = json!("MANUAL");
    let answer = paying.pay(&Caller::guest(), &made, 2, payment).await;
    let order = Bought::of(&answer, &Caller::guest()).expect("an order");
    paying.stripe.fault(Call::Capture, Fault::ErrorAfterWork);
    // Whatever this answers, the money is taken; saying it again is no second time.
    order.capture(&paying.shop, &staff).await;
    paying.deliver().await;
    order.capture(&paying.shop, &staff).await.done("orderCapture");
    assert_eq!(order.axes(&paying.shop).await, PAID);
    assert_eq!(paying.stripe.book().kept(), 500);
}

/// Promise 4, at Stripe, with a shop's own settings: the stock went while the shopper stood at the bank, no message comes, and three
/// calls to give the money back fail.
#[tokio::test]
async fn money_that_places_no_order_is_back_within_a_quarter_of_an_hour_though_messages_and_refunds_fail() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 5).await;
    let order = paying.order_of(&made, 2, "pm_card_threeDSecure2Required").await;
    let intent = paying.stripe.book().intents[0].id.clone();
    paying.pass(899);
    for _ in 0..20 {
        paying.stripe.fault(Call::Any, Fault::LoseMessage);
    }
    paying.stripe.authenticate(&intent, true).expect("a way back");
    for fault in [Fault::ErrorBeforeWork, Fault::CutAfterWork, Fault::ErrorBeforeWork] {
        paying.stripe.fault(Call::Refund, fault);
    }
    paying.pass(2);
    checkout::expire_overdue(&paying.shop.app.checkout()).await.expect("expired");
    let other = paying.order_of(&made, 4, "pm_card_visa").await;
    let mut waited = 2;
    while paying.stripe.book().kept() != 1_000 || !was_told(&paying).await {
        assert!(waited < 900, "{} is kept, told: {}", paying.stripe.book().kept(), was_told(&paying).await);
        paying.pass(5);
        waited += 5;
        paying.shop.sweep().await;
    }
    assert!(order.axes(&paying.shop).await.starts_with("CANCELED"));
    assert_eq!(other.axes(&paying.shop).await, PAID);
    paying.shop.books_are_right().await;
}

/// Whether a shopper was mailed that money goes back.
async fn was_told(paying: &Paying) -> bool {
    notification::send_due(&paying.shop.app.post()).await.expect("a round");
    let sent = mails::Entity::find().filter(mails::Column::State.eq(NotificationState::Sent));
    let sent = sent.all(paying.shop.app.database.reader()).await.expect("the queue");
    sent.iter().any(|mail| matches!(mail.kind, NotificationKind::PaymentReturned | NotificationKind::Refund))
}
