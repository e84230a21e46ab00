//! Letting old events go, and telling those who come back too late.

use chrono::{DateTime, TimeDelta, Utc};
use entity::platform::{event_sink, outbox_event, outbox_state};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Statement, sea_query::Expr};

use super::{Scope, deliver::SEEN, follow};
use crate::platform::{Database, tx};

/// Cursors looked at by one statement; most of them may be kept.
const WINDOW: i64 = 2_000;

/// The highest cursor that was deleted.
///
/// # Errors
/// The database's.
pub async fn deleted_up_to(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let state = outbox_state::Entity::find_by_id(1).one(db).await?;
    Ok(state.map_or(0, |state| state.deleted_up_to))
}

/// Whether events of `scope` after this cursor may have been deleted, so that whoever comes back with it would miss some.
///
/// # Errors
/// The database's.
pub async fn expired(db: &impl ConnectionTrait, scope: Scope, after: i64) -> Result<bool, DbErr> {
    if after >= deleted_up_to(db).await? {
        return Ok(false);
    }
    // Of a subject the newest event is always kept: nothing after the cursor, nothing missed.
    let Scope::Subject(id) = scope else { return Ok(true) };
    let newest: Option<Option<i64>> = outbox_event::Entity::find()
        .select_only()
        .column_as(outbox_event::Column::Cursor.max(), "newest")
        .filter(outbox_event::Column::SubjectId.eq(id))
        .into_tuple()
        .one(db)
        .await?;
    Ok(newest.flatten().is_none_or(|newest| newest > after))
}

/// Deletes events published before `before`, in small batches; returns how many. Kept are the newest event of each
/// subject (its sequence goes on from there), the newest of all (so do the cursors), and what a sink that was served
/// since `before` is still owed.
///
/// # Errors
/// The database's; what was deleted stays deleted.
pub async fn prune(db: &Database, before: DateTime<Utc>) -> Result<usize, DbErr> {
    let newest = follow::latest_cursor(db.reader()).await?;
    // Whoever delivers says so once an hour only: a sink that is served may not have said it since `before`.
    let served = TimeDelta::from_std(SEEN * 2).ok().and_then(|seen| before.checked_sub_signed(seen)).unwrap_or(before);
    let slowest: Option<Option<i64>> = event_sink::Entity::find()
        .select_only()
        .column_as(event_sink::Column::Position.min(), "slowest")
        .filter(event_sink::Column::SeenAt.gte(served))
        .into_tuple()
        .one(db.reader())
        .await?;
    let end = slowest.flatten().unwrap_or(newest).min(newest - 1);
    let (mut from, mut deleted) = (0, 0);
    while let Some(first) = next_cursor(db.reader(), from, end, before).await? {
        let last = (first + WINDOW - 1).min(end);
        deleted += delete(db, first, last, before).await?;
        from = last;
    }
    Ok(usize::try_from(deleted).unwrap_or(usize::MAX))
}

/// The first cursor after `from`, not after `end`, whose event is old enough.
async fn next_cursor(
    db: &impl ConnectionTrait,
    from: i64,
    end: i64,
    before: DateTime<Utc>,
) -> Result<Option<i64>, DbErr> {
    let first: Option<Option<i64>> = outbox_event::Entity::find()
        .select_only()
        .column_as(outbox_event::Column::Cursor.min(), "first")
        .filter(outbox_event::Column::Cursor.gt(from))
        .filter(outbox_event::Column::Cursor.lte(end))
        .filter(outbox_event::Column::PublishedAt.lt(before))
        .into_tuple()
        .one(db)
        .await?;
    Ok(first.flatten())
}

/// Deletes what may go of one window, and moves the mark that late followers are compared with, in one transaction.
async fn delete(db: &Database, first: i64, last: i64, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let backend = db.backend();
    let may_go = "cursor >= $1 AND cursor <= $2 AND published_at < $3 \
                  AND EXISTS (SELECT 1 FROM outbox_event AS later WHERE later.subject_id = outbox_event.subject_id \
                              AND later.subject_sequence > outbox_event.subject_sequence) \
                  AND NOT EXISTS (SELECT 1 FROM event_delivery WHERE event_delivery.cursor = outbox_event.cursor)";
    let values = [first.into(), last.into(), before.into()];
    let sql = format!("SELECT MAX(cursor) AS mark FROM outbox_event WHERE {may_go}");
    let mark = db.reader().query_one_raw(Statement::from_sql_and_values(backend, sql, values.clone())).await?;
    let Some(mark) = mark.map(|row| row.try_get::<Option<i64>>("", "mark")).transpose()?.flatten() else {
        return Ok(0);
    };
    let tx = tx::begin(db).await?;
    outbox_state::Entity::update_many()
        .col_expr(outbox_state::Column::DeletedUpTo, Expr::value(mark))
        .filter(outbox_state::Column::DeletedUpTo.lt(mark))
        .exec(&*tx)
        .await?;
    let values = [first.into(), mark.into(), before.into()];
    let sql = format!("DELETE FROM outbox_event WHERE {may_go}");
    let deleted = tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?.rows_affected();
    tx.commit().await?;
    Ok(deleted)
}
