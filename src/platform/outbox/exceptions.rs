//! Every query of events that a sink did not take: the first of a subject is tried again or parked, the later ones of the
//! same subject wait behind it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{
    ids::{EventDeliveryId, EventId},
    platform::{event_delivery as delivery, event_sink, outbox_event},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use super::Published;
use crate::platform::{Sources, batch::padded};

/// An event that a sink did not take, or that waits behind one.
pub type Exception = delivery::Model;

/// Events of one subject that are tried in one go.
const RUN: u64 = 100;
/// Rows written by one statement.
const ROWS: usize = 500;

/// How far a sink is; makes its row when it is new, at the beginning of what the outbox still has.
pub(super) async fn position(db: &impl ConnectionTrait, sink: &str) -> Result<Option<i64>, DbErr> {
    let row = event_sink::Entity::find_by_id(sink).one(db).await?;
    Ok(row.map(|row| row.position))
}

/// Notes that a process delivers to this sink; makes its row when it is new.
pub(super) async fn seen(tx: &DatabaseTransaction, sink: &str, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = event_sink::ActiveModel { name: Set(sink.to_owned()), position: Set(0), seen_at: Set(now) };
    let again = OnConflict::column(event_sink::Column::Name).update_column(event_sink::Column::SeenAt).to_owned();
    event_sink::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await.map(drop)
}

/// Moves a sink forward; says whether it still was where this process believes.
pub(super) async fn advance(tx: &DatabaseTransaction, sink: &str, from: i64, to: i64) -> Result<bool, DbErr> {
    let moved = event_sink::Entity::update_many()
        .col_expr(event_sink::Column::Position, Expr::value(to))
        .filter(event_sink::Column::Name.eq(sink))
        .filter(event_sink::Column::Position.eq(from))
        .exec(tx)
        .await?;
    Ok(moved.rows_affected > 0)
}

/// Locks a sink: its exceptions are changed by one transaction at a time, so that none is left waiting behind nothing.
pub(super) async fn lock(tx: &DatabaseTransaction, sink: &str) -> Result<(), DbErr> {
    event_sink::Entity::find_by_id(sink).lock_exclusive().one(tx).await.map(drop)
}

/// Which of these subjects have an event that the sink did not take.
pub(super) async fn blocked(
    db: &impl ConnectionTrait,
    sink: &str,
    subjects: impl IntoIterator<Item = Uuid>,
) -> Result<HashSet<Uuid>, DbErr> {
    let found: Vec<Uuid> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::SubjectId)
        .distinct()
        .filter(delivery::Column::Sink.eq(sink))
        .filter(delivery::Column::SubjectId.is_in(padded(subjects)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// The events that may be tried again now, the oldest first: one of a subject at most.
pub(super) async fn due(
    db: &impl ConnectionTrait,
    sink: &str,
    now: DateTime<Utc>,
    most: u64,
) -> Result<Vec<Exception>, DbErr> {
    let due = delivery::Entity::find()
        .filter(delivery::Column::Sink.eq(sink))
        .filter(delivery::Column::ParkedAt.is_null())
        .filter(delivery::Column::NextAttemptAt.lte(now));
    due.order_by_asc(delivery::Column::Cursor).limit(most).all(db).await
}

/// The first exceptions of a subject, in order, each with its event if that is still there.
pub(super) async fn run_of(
    db: &impl ConnectionTrait,
    sink: &str,
    subject: Uuid,
) -> Result<Vec<(Exception, Option<Published>)>, DbErr> {
    let rows = delivery::Entity::find()
        .filter(delivery::Column::Sink.eq(sink))
        .filter(delivery::Column::SubjectId.eq(subject));
    let rows = rows.order_by_asc(delivery::Column::Cursor).limit(RUN).all(db).await?;
    let events = events_of(db, rows.iter().map(|row| row.event_id)).await?;
    let find = |id: EventId| events.iter().find(|event| event.id == id.0).cloned();
    Ok(rows.into_iter().map(|row| (row.clone(), find(row.event_id))).collect())
}

/// These events.
///
/// # Errors
/// The database's.
pub async fn events_of(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = EventId>,
) -> Result<Vec<Published>, DbErr> {
    let ids = padded(ids);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = outbox_event::Entity::find().filter(outbox_event::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(Published::from_row).collect())
}

/// What becomes of an event that a sink refused.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub attempts: i32,
    pub next_attempt_at: Option<DateTime<Utc>>,
    pub parked_at: Option<DateTime<Utc>>,
    pub why: String,
}

/// Writes new exceptions: refused ones, and (`None`) those that wait behind one.
pub(super) async fn insert(
    tx: &DatabaseTransaction,
    sources: &Sources,
    sink: &str,
    held: &[(Published, Option<Refused>)],
) -> Result<(), DbErr> {
    for held in held.chunks(ROWS) {
        let rows = held.iter().map(|(event, refused)| delivery::ActiveModel {
            id: Set(sources.id()),
            sink: Set(sink.to_owned()),
            event_id: Set(EventId(event.id)),
            cursor: Set(event.cursor),
            subject_id: Set(event.subject_id),
            attempts: Set(refused.as_ref().map_or(0, |refused| refused.attempts)),
            next_attempt_at: Set(refused.as_ref().and_then(|refused| refused.next_attempt_at)),
            parked_at: Set(refused.as_ref().and_then(|refused| refused.parked_at)),
            last_error: Set(refused.as_ref().map(|refused| refused.why.clone())),
        });
        delivery::Entity::insert_many(rows.collect::<Vec<_>>()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Notes another refusal.
pub(super) async fn refuse(tx: &DatabaseTransaction, id: EventDeliveryId, refused: Refused) -> Result<(), DbErr> {
    delivery::Entity::update_many()
        .col_expr(delivery::Column::Attempts, Expr::value(refused.attempts))
        .col_expr(delivery::Column::NextAttemptAt, Expr::value(refused.next_attempt_at))
        .col_expr(delivery::Column::ParkedAt, Expr::value(refused.parked_at))
        .col_expr(delivery::Column::LastError, Expr::value(Some(refused.why)))
        .filter(delivery::Column::Id.eq(id))
        .exec(tx)
        .await
        .map(drop)
}

/// Forgets the exceptions of a subject up to a cursor: they were delivered.
pub(super) async fn delivered(tx: &DatabaseTransaction, sink: &str, subject: Uuid, upto: i64) -> Result<(), DbErr> {
    delivery::Entity::delete_many()
        .filter(delivery::Column::Sink.eq(sink))
        .filter(delivery::Column::SubjectId.eq(subject))
        .filter(delivery::Column::Cursor.lte(upto))
        .exec(tx)
        .await
        .map(drop)
}

/// Makes the first exception of a subject due, if it only waited. The sink is locked.
pub(super) async fn release(
    tx: &DatabaseTransaction,
    sink: &str,
    subject: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let of_subject = delivery::Entity::find()
        .filter(delivery::Column::Sink.eq(sink))
        .filter(delivery::Column::SubjectId.eq(subject));
    let Some(first) = of_subject.order_by_asc(delivery::Column::Cursor).one(tx).await? else { return Ok(()) };
    delivery::Entity::update_many()
        .col_expr(delivery::Column::NextAttemptAt, Expr::value(Some(now)))
        .filter(delivery::Column::Id.eq(first.id))
        .filter(delivery::Column::ParkedAt.is_null())
        .filter(delivery::Column::NextAttemptAt.is_null())
        .exec(tx)
        .await
        .map(drop)
}

/// The parked events of all sinks, the first parked first.
///
/// # Errors
/// The database's.
pub async fn parked(db: &impl ConnectionTrait, most: u64) -> Result<Vec<Exception>, DbErr> {
    let parked = delivery::Entity::find().filter(delivery::Column::ParkedAt.is_not_null());
    parked.order_by_asc(delivery::Column::ParkedAt).order_by_asc(delivery::Column::Id).limit(most).all(db).await
}

/// How many events wait behind each of these.
///
/// # Errors
/// The database's.
pub async fn waiting_behind(
    db: &impl ConnectionTrait,
    parked: &[Exception],
) -> Result<Vec<(String, Uuid, i64)>, DbErr> {
    if parked.is_empty() {
        return Ok(Vec::new());
    }
    delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Sink)
        .column(delivery::Column::SubjectId)
        .column_as(Expr::col(delivery::Column::Id).count().sub(1), "waiting")
        .filter(delivery::Column::SubjectId.is_in(padded(parked.iter().map(|row| row.subject_id))))
        .group_by(delivery::Column::Sink)
        .group_by(delivery::Column::SubjectId)
        .into_tuple()
        .all(db)
        .await
}

/// Lets a parked event be delivered again, from the first attempt on; says whether it was parked.
///
/// # Errors
/// The database's.
pub async fn replay(tx: &DatabaseTransaction, sources: &Sources, id: EventDeliveryId) -> Result<bool, DbErr> {
    let replayed = delivery::Entity::update_many()
        .col_expr(delivery::Column::Attempts, Expr::value(0))
        .col_expr(delivery::Column::NextAttemptAt, Expr::value(Some(sources.now())))
        .col_expr(delivery::Column::ParkedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(delivery::Column::Id.eq(id))
        .filter(delivery::Column::ParkedAt.is_not_null())
        .exec(tx)
        .await?;
    Ok(replayed.rows_affected > 0)
}

/// Drops a parked event for its sink and lets those behind it go on; says whether it was parked.
///
/// # Errors
/// The database's.
pub async fn discard(tx: &DatabaseTransaction, sources: &Sources, id: EventDeliveryId) -> Result<bool, DbErr> {
    let Some(row) = delivery::Entity::find_by_id(id).one(tx).await? else { return Ok(false) };
    lock(tx, &row.sink).await?;
    let parked = delivery::Entity::delete_many()
        .filter(delivery::Column::Id.eq(id))
        .filter(delivery::Column::ParkedAt.is_not_null());
    if parked.exec(tx).await?.rows_affected == 0 {
        return Ok(false);
    }
    release(tx, &row.sink, row.subject_id, sources.now()).await?;
    Ok(true)
}
