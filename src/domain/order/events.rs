//! What others may hear of an order: a fact in the outbox and, for the shopper, a line of the timeline.

use entity::order::{order, timeline_entry};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use crate::{
    domain::notification::{self, Heard},
    platform::{
        Sources,
        outbox::{self, Fact},
    },
};

/// The subject type of an order's facts.
pub const SUBJECT: &str = "order";

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// The order was made; its payment is awaited.
    Created,
    /// Its payment was accepted: taken, or held for it.
    Paid,
    /// Money that was held for it was taken.
    Captured,
    /// A payment failed; another can be tried.
    PaymentFailed,
    /// The shopper has to do something before the payment goes on.
    PaymentActionRequired,
    /// A shipment was made.
    FulfillmentCreated,
    /// Everything is on its way.
    Shipped,
    /// Everything arrived.
    Delivered,
    /// The order was given up.
    Canceled,
    /// Money went back.
    Refunded,
    /// Staff changed what it holds, where it goes or how.
    Edited,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Created,
        Self::Paid,
        Self::Captured,
        Self::PaymentFailed,
        Self::PaymentActionRequired,
        Self::FulfillmentCreated,
        Self::Shipped,
        Self::Delivered,
        Self::Canceled,
        Self::Refunded,
        Self::Edited,
    ];

    /// The name in the outbox.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "order.created",
            Self::Paid => "order.paid",
            Self::Captured => "payment.captured",
            Self::PaymentFailed => "payment.failed",
            Self::PaymentActionRequired => "payment.action_required",
            Self::FulfillmentCreated => "order.fulfillment_created",
            Self::Shipped => "order.shipped",
            Self::Delivered => "order.delivered",
            Self::Canceled => "order.canceled",
            Self::Refunded => "order.refunded",
            Self::Edited => "order.edited",
        }
    }

    /// The kind of an outbox name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Records what happened to an order whose row this transaction has locked or made: one fact, one timeline entry with a
/// sentence for the shopper, and the mail that the fact gives.
///
/// # Errors
/// The database's.
pub async fn note(
    tx: &DatabaseTransaction,
    sources: &Sources,
    order: &order::Model,
    kind: EventKind,
    message: impl Into<String>,
) -> Result<(), DbErr> {
    note_about(tx, sources, order, kind, message, None).await
}

/// As [`note`], of a payment, shipment or refund of the order: the mail tells of that one, once. (Left out, a fact of these
/// gives no mail.)
///
/// # Errors
/// The database's.
pub async fn note_about(
    tx: &DatabaseTransaction,
    sources: &Sources,
    order: &order::Model,
    kind: EventKind,
    message: impl Into<String>,
    subject: Option<Uuid>,
) -> Result<(), DbErr> {
    let entries = timeline_entry::Entity::find().filter(timeline_entry::Column::OrderId.eq(order.id)).count(tx).await?;
    let entry = timeline_entry::ActiveModel {
        id: Set(sources.id()),
        order_id: Set(order.id),
        sequence: Set(i32::try_from(entries).unwrap_or(i32::MAX - 1) + 1),
        kind: Set(kind.as_str().to_owned()),
        message: Set(message.into()),
        created_at: Set(sources.now()),
    };
    timeline_entry::Entity::insert(entry).exec_without_returning(tx).await?;
    let fact = Fact {
        kind: kind.as_str(),
        subject_type: SUBJECT,
        subject_id: order.id.0,
        data: json!({
            "order_id": order.id,
            "order_number": order.number,
            "user_id": order.account_id,
            "status": order.status,
            "financial_status": order.financial_status,
            "fulfillment_status": order.fulfillment_status,
            "total_minor": order.total_minor,
            "currency": order.currency,
        }),
    };
    outbox::record(tx, sources, fact).await?;
    notification::hear(tx, sources, Heard { fact: kind.as_str(), order, subject }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_name() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(EventKind::parse("order.unknown"), None);
        assert!(notification::FACTS.iter().all(|fact| EventKind::parse(fact).is_some()), "mails listen to real facts");
    }
}
