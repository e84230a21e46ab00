//! What is left of what was paid: taken, and neither back nor on its way.

use entity::{
    ids::OrderId,
    payment::{
        payment::{self, PaymentStatus},
        refund::{self, RefundStatus},
    },
};
use sea_orm::{ConnectionTrait, DbErr};

use super::{is_of_reversal, payments_of, refunds_of};

/// What of a payment is neither back nor on its way, in minor units; nothing for money that placed no order. A refund that its
/// gateway refused is on its way: it can be sent again.
#[must_use]
pub fn left_of(paid: &payment::Model, refunds: &[refund::Model]) -> Option<i64> {
    let taken = matches!(paid.status, PaymentStatus::Captured | PaymentStatus::Refunded);
    let of_it = || refunds.iter().filter(|refund| refund.payment_id == paid.id);
    if !taken || paid.reversal_due || of_it().any(is_of_reversal) {
        return None;
    }
    Some(undecided_of(paid, refunds))
}

/// What of a payment is neither back nor on its way, in minor units, whatever it came for.
#[must_use]
pub fn undecided_of(paid: &payment::Model, refunds: &[refund::Model]) -> i64 {
    let of_it = refunds.iter().filter(|refund| refund.payment_id == paid.id);
    let due: i64 = of_it.filter(|refund| is_due(refund)).map(|refund| refund.amount_minor).sum();
    (paid.captured_minor - paid.refunded_minor - due).max(0)
}

/// Whether the money of a refund is still to go back.
#[must_use]
pub fn is_due(refund: &refund::Model) -> bool {
    match refund.status {
        RefundStatus::Pending | RefundStatus::Failed => true,
        RefundStatus::Succeeded | RefundStatus::Canceled => false,
    }
}

/// What a payment can give back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<P> {
    /// The payment.
    pub payment: P,
    /// What is left of it, in minor units.
    pub left: i64,
    /// By how many minor units its gateway's amounts must be divisible.
    pub step: i64,
}

/// Divides what goes back among payments, in their order, each part as its gateway can give it. Returns the parts, and what of the
/// sum none of them gives.
pub fn divide<P>(minor: i64, sources: impl IntoIterator<Item = Source<P>>) -> (Vec<(P, i64)>, i64) {
    let (mut parts, mut rest) = (Vec::new(), minor.max(0));
    for source in sources {
        let most = rest.min(source.left);
        let part = most - most % source.step.max(1);
        if part > 0 {
            parts.push((source.payment, part));
            rest -= part;
        }
    }
    (parts, rest)
}

/// What is left of all payments of an order, in minor units.
#[must_use]
pub fn net_of(payments: &[payment::Model], refunds: &[refund::Model]) -> i64 {
    payments.iter().filter_map(|paid| left_of(paid, refunds)).sum()
}

/// What is left of the payments of an order, the newest first. Whoever decides by it holds the lock of the order's row.
///
/// # Errors
/// The database's.
pub async fn refundable(db: &impl ConnectionTrait, order: OrderId) -> Result<Vec<(payment::Model, i64)>, DbErr> {
    let payments = payments_of(db, &[order]).await?;
    let refunds = refunds_of(db, &[order]).await?;
    let left = payments.into_iter().rev().filter_map(|paid| left_of(&paid, &refunds).map(|left| (paid, left)));
    Ok(left.collect())
}

/// What is left of all payments of an order, in minor units.
///
/// # Errors
/// The database's.
pub async fn net(db: &impl ConnectionTrait, order: OrderId) -> Result<i64, DbErr> {
    Ok(refundable(db, order).await?.iter().map(|(_, left)| left).sum())
}
