//! Which fact gives which mail.

use entity::{
    notification::notification::NotificationKind as Kind,
    order::order::{self, CancelReason},
};
use sea_orm::Iterable;
use uuid::Uuid;

/// The facts that are listened to, by their names in the outbox.
pub const FACTS: [&str; 7] = [
    "order.paid",
    "payment.captured",
    "payment.failed",
    "order.fulfillment_created",
    "order.refunded",
    "order.canceled",
    "order.edited",
];

/// The name of a kind, as its templates are named.
pub(super) const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::OrderConfirmation => "order_confirmation",
        Kind::PaymentFailed => "payment_failed",
        Kind::OrderExpired => "order_expired",
        Kind::Shipment => "shipment",
        Kind::Refund => "refund",
        Kind::PaymentReturned => "payment_returned",
        Kind::Cancellation => "cancellation",
        Kind::OrderEdited => "order_edited",
        Kind::BalanceDue => "balance_due",
        Kind::GiftCard => "gift_card",
    }
}

/// Every kind.
pub(super) fn kinds() -> impl Iterator<Item = Kind> {
    Kind::iter()
}

/// The mail that a fact gives, and what it is about. A fact whose subject is not told gives none: somebody does not
/// want the shopper to hear of it.
pub(super) fn mail_of(fact: &str, order: &order::Model, subject: Option<Uuid>) -> Option<(Kind, Uuid)> {
    match fact {
        "order.paid" => Some((Kind::OrderConfirmation, order.id.0)),
        "payment.captured" => subject.map(|payment| (Kind::BalanceDue, payment)),
        "payment.failed" => subject.map(|payment| (Kind::PaymentFailed, payment)),
        "order.fulfillment_created" => subject.map(|shipment| (Kind::Shipment, shipment)),
        "order.refunded" => subject.map(|refund| (Kind::Refund, refund)),
        "order.edited" => subject.map(|edit| (Kind::OrderEdited, edit)),
        "order.canceled" => match order.cancel_reason {
            Some(CancelReason::Expired) => Some((Kind::OrderExpired, order.id.0)),
            // The shopper goes on shopping with the same cart.
            Some(CancelReason::CartChanged) => None,
            Some(
                CancelReason::Customer
                | CancelReason::Staff
                | CancelReason::Inventory
                | CancelReason::Declined
                | CancelReason::Other,
            )
            | None => Some((Kind::Cancellation, order.id.0)),
        },
        _ => None,
    }
}
