//! Giving committed facts their place in the global order. Any number of processes may run it: one at a time works.

use chrono::{DateTime, Utc};
use entity::platform::outbox_event;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};

use crate::platform::{Database, Sources, tx};

/// Facts published in one round.
const BATCH: u64 = 500;

/// PostgreSQL's key of the relay's turn; any number no other lock uses.
const TURN: i64 = 0x6f75_7462_6f78;

/// When the oldest fact was written that is committed and has no place in the global order yet; `None`: all have theirs.
///
/// # Errors
/// The database's.
pub async fn oldest_unpublished(db: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>, DbErr> {
    outbox_event::Entity::find()
        .select_only()
        .column(outbox_event::Column::CreatedAt)
        .filter(outbox_event::Column::Cursor.is_null())
        .order_by_asc(outbox_event::Column::Position)
        .into_tuple()
        .one(db)
        .await
}

/// Publishes what is committed and unpublished, oldest first; returns how many facts that were.
///
/// Facts of one subject are written one after the other (its row is locked), so their positions are in order, and so
/// are their cursors.
///
/// # Errors
/// The database's. Nothing is lost: the next round takes them.
pub async fn publish(db: &Database, sources: &Sources) -> Result<usize, DbErr> {
    let waiting = outbox_event::Entity::find()
        .select_only()
        .column(outbox_event::Column::Position)
        .filter(outbox_event::Column::Cursor.is_null())
        .limit(1)
        .into_tuple::<i64>()
        .one(db.reader())
        .await?;
    if waiting.is_none() {
        return Ok(0);
    }
    let backend = db.backend();
    let tx = tx::begin(db).await?;
    if backend == DbBackend::Postgres {
        let turn =
            Statement::from_sql_and_values(backend, "SELECT pg_try_advisory_xact_lock($1) AS mine", [TURN.into()]);
        let mine = tx.query_one_raw(turn).await?.map(|row| row.try_get::<bool>("", "mine")).transpose()?;
        if mine != Some(true) {
            return Ok(0);
        }
    }
    let sql = "UPDATE outbox_event SET cursor = numbered.cursor, published_at = $1 \
               FROM (SELECT position, row_number() OVER (ORDER BY position) \
                            + (SELECT COALESCE(MAX(cursor), 0) FROM outbox_event) AS cursor \
                     FROM outbox_event WHERE cursor IS NULL ORDER BY position LIMIT $2) AS numbered \
               WHERE outbox_event.position = numbered.position";
    let values = [sources.now().into(), i64::try_from(BATCH).unwrap_or(i64::MAX).into()];
    let published = tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?.rows_affected();
    tx.commit().await?;
    Ok(usize::try_from(published).unwrap_or(usize::MAX))
}
