//! The bank's own book: its queries and how an intent reads from outside.

use chrono::{DateTime, Utc};
use entity::{
    ids::PaymentId,
    money::Money,
    payment::{sandbox_intent, sandbox_refund, sandbox_webhook},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::super::gateway::{GatewayState, GatewayStatus, GivenBack};
use crate::platform::Sources;

/// A payment as the bank sees it.
pub type Intent = sandbox_intent::Model;

/// The kind of message that says that a payment changed.
pub const UPDATED: &str = "payment.updated";
/// Not sent: a payment that the bank works on is to be finished, and then reported as [`UPDATED`].
pub const COMPLETE: &str = "complete";

/// The bank is working on it.
pub const PROCESSING: &str = "processing";
/// The shopper has to answer the challenge.
pub const REQUIRES_ACTION: &str = "requires_action";
/// Money is held.
pub const AUTHORIZED: &str = "authorized";
/// Money was taken.
pub const CAPTURED: &str = "captured";
/// Declined.
pub const FAILED: &str = "failed";
/// The hold was given up.
pub const VOIDED: &str = "voided";

pub async fn by_reference(db: &impl ConnectionTrait, reference: &str) -> Result<Option<Intent>, DbErr> {
    sandbox_intent::Entity::find_by_id(reference.to_owned()).one(db).await
}

pub async fn by_key(db: &impl ConnectionTrait, payment_id: PaymentId) -> Result<Option<Intent>, DbErr> {
    let key = sandbox_intent::Column::IdempotencyKey.eq(payment_id.to_string());
    sandbox_intent::Entity::find().filter(key).one(db).await
}

/// What went back of a payment, refund by refund.
pub async fn refunds_of(db: &impl ConnectionTrait, intent: &Intent) -> Result<Vec<GivenBack>, DbErr> {
    let made = sandbox_refund::Entity::find().filter(sandbox_refund::Column::Reference.eq(&intent.reference));
    let given_back = |row: sandbox_refund::Model| GivenBack {
        key: Some(row.idempotency_key),
        amount: Money::new(row.amount_minor, intent.currency),
    };
    Ok(made.all(db).await?.into_iter().map(given_back).collect())
}

/// Intents on a page of the book.
pub const PAGE: usize = 100;

/// A page of what was made since, the newest first: references grow with time.
pub async fn made_since(
    db: &impl ConnectionTrait,
    from: DateTime<Utc>,
    after: Option<&str>,
) -> Result<Vec<Intent>, DbErr> {
    let mut made = sandbox_intent::Entity::find().filter(sandbox_intent::Column::CreatedAt.gte(from));
    if let Some(after) = after {
        made = made.filter(sandbox_intent::Column::Reference.lt(after));
    }
    made.order_by_desc(sandbox_intent::Column::Reference).limit(PAGE as u64).all(db).await
}

pub async fn lock(tx: &DatabaseTransaction, reference: &str) -> Result<Option<Intent>, DbErr> {
    sandbox_intent::Entity::find_by_id(reference.to_owned()).lock_exclusive().one(tx).await
}

/// Queues a message for sending.
pub async fn queue_message(
    tx: &DatabaseTransaction,
    sources: &Sources,
    event_id: &str,
    reference: &str,
    kind: &str,
    due_at: chrono::DateTime<chrono::Utc>,
) -> Result<(), DbErr> {
    let row = sandbox_webhook::ActiveModel {
        id: Set(sources.id::<Uuid>()),
        event_id: Set(event_id.to_owned()),
        reference: Set(reference.to_owned()),
        kind: Set(kind.to_owned()),
        due_at: Set(due_at),
        attempts: Set(0),
        sent_at: Set(None),
    };
    sandbox_webhook::Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

/// How an intent reads from outside.
pub fn state(intent: Intent, public_url: &str) -> GatewayState {
    let status = match intent.status.as_str() {
        REQUIRES_ACTION => GatewayStatus::RequiresAction,
        AUTHORIZED => GatewayStatus::Authorized,
        CAPTURED => GatewayStatus::Captured,
        FAILED => GatewayStatus::Failed,
        VOIDED => GatewayStatus::Voided,
        _ => GatewayStatus::Processing,
    };
    let money = |minor| Money::new(minor, intent.currency);
    let next_action_url = (status == GatewayStatus::RequiresAction)
        .then(|| format!("{public_url}/sandbox/challenge/{}", intent.reference));
    GatewayState {
        payment_id: Uuid::try_parse(&intent.idempotency_key).ok().map(PaymentId),
        order_id: None,
        client_secret: None,
        status,
        authorized: money(intent.authorized_minor),
        captured: money(intent.captured_minor),
        refunded: money(intent.refunded_minor),
        refunds: None,
        failure_code: intent.failure_code,
        next_action_url,
        reference: intent.reference,
    }
}
