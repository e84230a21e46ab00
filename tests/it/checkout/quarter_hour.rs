//! Promise 4 with the settings that a shop has by default: whatever died, money that places no order is back, and its shopper
//! told, within a quarter of an hour from the charge. Time passes as the shop's clock says, five seconds from sweep to sweep.

use cartwright::domain::{checkout, notification};
use entity::notification::notification::{self as mails, NotificationKind, NotificationState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::sweeps::{charge_at_last, died_while_buying};
use crate::support::TestShop;

/// The limit, seconds.
const LIMIT: i64 = 900;
/// From one round of the jobs to the next, seconds.
const ROUND: i64 = 5;

async fn told(shop: &TestShop) -> bool {
    notification::send_due(&shop.app.post()).await.expect("a round");
    let sent = mails::Entity::find()
        .filter(mails::Column::Kind.is_in([NotificationKind::PaymentReturned, NotificationKind::Refund]))
        .filter(mails::Column::State.eq(NotificationState::Sent));
    !sent.all(shop.app.database.reader()).await.expect("the queue").is_empty()
}

/// Passes time until the bank keeps no more than this, and the shopper of the rest is told; returns how long that took, seconds.
async fn until_back(shop: &TestShop, kept: i64) -> i64 {
    let mut waited = 0;
    while shop.taken().await != kept || !told(shop).await {
        assert!(waited < LIMIT, "{} is still there, told: {}", shop.taken().await, told(shop).await);
        shop.pass(ROUND);
        waited += ROUND;
        shop.sweep().await;
    }
    waited
}

#[tokio::test]
async fn a_charge_whose_process_died_and_whose_order_was_canceled_is_back_within_a_quarter_of_an_hour() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let (order, open) = died_while_buying(&shop, &made, 2).await;
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    charge_at_last(&shop, &open).await;
    until_back(&shop, 0).await;
    assert_eq!(order.axes(&shop).await, "CANCELED VOIDED UNFULFILLED");
    shop.books_are_right().await;
}

#[tokio::test]
async fn a_charge_as_the_hold_ends_is_back_within_a_quarter_of_an_hour_when_the_stock_is_gone() {
    // Just before the jobs give the hold up, and just after.
    for before in [true, false] {
        let shop = TestShop::still().await;
        let made = shop.stocked("Pen", 250, 5).await;
        let (order, open) = died_while_buying(&shop, &made, 2).await;
        shop.pass(LIMIT - 1);
        if before {
            charge_at_last(&shop, &open).await;
        }
        shop.pass(2);
        assert_eq!(checkout::expire_overdue(&shop.app.checkout()).await.expect("expired"), 1);
        shop.order_of(&made, 4, "sandbox_ok").await;
        if !before {
            charge_at_last(&shop, &open).await;
        }
        until_back(&shop, 1_000).await;
        assert_eq!(order.axes(&shop).await, "CANCELED EXPIRED UNFULFILLED");
        shop.books_are_right().await;
    }
}
