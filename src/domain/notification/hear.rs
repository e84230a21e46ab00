//! Hearing a fact: the mail it gives is queued in the transaction that makes the fact.

use entity::{
    ids::RefundId,
    notification::notification::{self, NotificationKind as Kind, NotificationState},
    order::order,
};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::{model, store};
use crate::{
    domain::payment::{self, RefundReason},
    platform::Sources,
};

/// The one language there is (ISO 639-1).
pub(super) const LANGUAGE: &str = "en";

/// A fact about an order.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// Its name in the outbox.
    pub fact: &'a str,
    /// The order, locked by this transaction.
    pub order: &'a order::Model,
    /// The payment, shipment or refund it is about. A shipment of which the shopper is not to hear is left out.
    pub subject: Option<Uuid>,
}

/// Queues the mail that a fact gives, if it gives one and it is not queued yet.
///
/// # Errors
/// The database's.
pub async fn hear(tx: &DatabaseTransaction, sources: &Sources, heard: Heard<'_>) -> Result<(), DbErr> {
    let Some((kind, subject_id)) = model::mail_of(heard.fact, heard.order, heard.subject) else { return Ok(()) };
    let kind = match kind {
        Kind::Refund if could_not_place(tx, subject_id).await? => Kind::PaymentReturned,
        other => other,
    };
    let now = sources.now();
    let row = notification::ActiveModel {
        id: Set(sources.id()),
        kind: Set(kind),
        subject_id: Set(subject_id),
        order_id: Set(Some(heard.order.id)),
        recipient: Set(heard.order.email.clone()),
        language: Set(LANGUAGE.to_owned()),
        state: Set(NotificationState::Queued),
        attempts: Set(0),
        next_at: Set(now),
        last_error: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
        sealed: Set(None),
    };
    store::insert_once(tx, row).await
}

/// Whether a refund gives back money that came for an order which it could not place.
async fn could_not_place(tx: &DatabaseTransaction, refund: Uuid) -> Result<bool, DbErr> {
    let row = payment::refund(tx, RefundId(refund)).await?;
    Ok(row.is_some_and(|row| row.reason_key == RefundReason::Reversal.key()))
}
