//! The webhook inbox: a message is stored once, answered with 2xx only then, and believed only after its payment was
//! fetched from the gateway again.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ids::WebhookEventId,
    payment::webhook_event::{self, WebhookState},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, OnConflict},
};

use super::gateway::Notice;
use crate::platform::{Database, Sources, batch::delete_some, jobs::shortened, tx};

/// A stored message.
pub type Message = webhook_event::Model;

/// Stores a message once; says whether it is new. One that is about nothing that matters is ignored from the beginning.
///
/// # Errors
/// The database's; the sender must then hear 5xx and send again.
pub async fn receive(
    db: &Database,
    sources: &Sources,
    gateway: &str,
    notice: Notice,
    body: String,
) -> Result<bool, DbErr> {
    let now = sources.now();
    let state = if notice.reference.is_some() { WebhookState::Received } else { WebhookState::Ignored };
    let row = webhook_event::ActiveModel {
        id: Set(sources.id()),
        gateway: Set(gateway.to_owned()),
        provider_event_id: Set(notice.event_id),
        provider_reference: Set(notice.reference.unwrap_or_default()),
        payload: Set(body),
        state: Set(state),
        attempts: Set(0),
        next_attempt_at: Set(now),
        last_error: Set(None),
        received_at: Set(now),
        processed_at: Set((state == WebhookState::Ignored).then_some(now)),
    };
    let columns = [webhook_event::Column::Gateway, webhook_event::Column::ProviderEventId];
    let once = OnConflict::columns(columns).do_nothing().to_owned();
    let tx = tx::begin(db).await?;
    let inserted = webhook_event::Entity::insert(row).on_conflict(once).exec_without_returning(&*tx).await?;
    tx.commit().await?;
    Ok(inserted > 0)
}

/// Messages to be looked at now.
///
/// # Errors
/// The database's.
pub async fn due(db: &impl ConnectionTrait, now: DateTime<Utc>, most: u64) -> Result<Vec<Message>, DbErr> {
    let due = webhook_event::Entity::find()
        .filter(webhook_event::Column::State.eq(WebhookState::Received))
        .filter(webhook_event::Column::NextAttemptAt.lte(now));
    due.order_by_asc(webhook_event::Column::NextAttemptAt).limit(most).all(db).await
}

/// Ends a message. Harmless when another process ended it first.
///
/// # Errors
/// The database's.
pub async fn finish(db: &Database, sources: &Sources, id: WebhookEventId, state: WebhookState) -> Result<(), DbErr> {
    let tx = tx::begin(db).await?;
    webhook_event::Entity::update_many()
        .col_expr(webhook_event::Column::State, Expr::value(state))
        .col_expr(webhook_event::Column::ProcessedAt, Expr::value(sources.now()))
        .filter(webhook_event::Column::Id.eq(id))
        .filter(webhook_event::Column::State.eq(WebhookState::Received))
        .exec(&*tx)
        .await?;
    tx.commit().await
}

/// Notes a failed attempt; the next is later each time, and after `most_attempts` the message is parked.
///
/// # Errors
/// The database's.
pub async fn retry_later(
    db: &Database,
    sources: &Sources,
    message: &Message,
    most_attempts: i32,
    error: &str,
) -> Result<(), DbErr> {
    let attempts = message.attempts + 1;
    let wait = TimeDelta::seconds(1 << attempts.min(9));
    let state = if attempts >= most_attempts { WebhookState::Failed } else { WebhookState::Received };
    let tx = tx::begin(db).await?;
    webhook_event::Entity::update_many()
        .col_expr(webhook_event::Column::State, Expr::value(state))
        .col_expr(webhook_event::Column::Attempts, Expr::value(attempts))
        .col_expr(webhook_event::Column::NextAttemptAt, Expr::value(sources.now() + wait))
        .col_expr(webhook_event::Column::LastError, Expr::value(Some(shortened(error))))
        .filter(webhook_event::Column::Id.eq(message.id))
        .filter(webhook_event::Column::State.eq(WebhookState::Received))
        .exec(&*tx)
        .await?;
    tx.commit().await
}

/// The parked messages, the oldest first.
///
/// # Errors
/// The database's.
pub async fn parked(db: &impl ConnectionTrait, most: u64) -> Result<Vec<Message>, DbErr> {
    let parked = webhook_event::Entity::find().filter(webhook_event::Column::State.eq(WebhookState::Failed));
    parked
        .order_by_asc(webhook_event::Column::ReceivedAt)
        .order_by_asc(webhook_event::Column::Id)
        .limit(most)
        .all(db)
        .await
}

/// Lets a parked message be looked at again, from the first attempt on; says whether it was parked.
///
/// # Errors
/// The database's.
pub async fn replay(tx: &DatabaseTransaction, sources: &Sources, id: WebhookEventId) -> Result<bool, DbErr> {
    let replayed = webhook_event::Entity::update_many()
        .col_expr(webhook_event::Column::State, Expr::value(WebhookState::Received))
        .col_expr(webhook_event::Column::Attempts, Expr::value(0))
        .col_expr(webhook_event::Column::NextAttemptAt, Expr::value(sources.now()))
        .filter(webhook_event::Column::Id.eq(id))
        .filter(webhook_event::Column::State.eq(WebhookState::Failed))
        .exec(tx)
        .await?;
    Ok(replayed.rows_affected > 0)
}

/// Ends a parked message without looking at it; says whether it was parked.
///
/// # Errors
/// The database's.
pub async fn discard(tx: &DatabaseTransaction, sources: &Sources, id: WebhookEventId) -> Result<bool, DbErr> {
    let discarded = webhook_event::Entity::update_many()
        .col_expr(webhook_event::Column::State, Expr::value(WebhookState::Ignored))
        .col_expr(webhook_event::Column::ProcessedAt, Expr::value(Some(sources.now())))
        .filter(webhook_event::Column::Id.eq(id))
        .filter(webhook_event::Column::State.eq(WebhookState::Failed))
        .exec(tx)
        .await?;
    Ok(discarded.rows_affected > 0)
}

/// Deletes at most `most` messages that were worked on before `before`; returns how many. Parked ones stay.
///
/// # Errors
/// The database's.
pub async fn delete_worked(db: &Database, before: DateTime<Utc>, most: u64) -> Result<u64, DbErr> {
    let worked = Condition::all()
        // In the words of the index: from parameters SQLite cannot tell that it has every such row.
        .add(Expr::cust("state IN ('PROCESSED', 'IGNORED')"))
        .add(webhook_event::Column::ProcessedAt.lt(before));
    let (id, order) = (webhook_event::Column::Id, webhook_event::Column::ProcessedAt);
    delete_some::<webhook_event::Entity>(db, id, order, worked, most).await
}
