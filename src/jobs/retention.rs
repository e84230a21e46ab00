//! The job that lets go of what nobody asks for any more, in small batches, each a transaction of its own.

use std::time::Duration;

use chrono::TimeDelta;

use crate::{
    app::App,
    domain::{auth, cart, notification, payment, payment::sandbox, shared::Error},
    platform::{idempotency, outbox, tx},
};

/// Rows of each kind that one round deletes at most.
const BATCH: u64 = 500;

/// Lets go of one batch of each kind, and of all old events; returns how many rows that were.
///
/// # Errors
/// The database's; the next round goes on.
pub async fn round(app: &App) -> Result<usize, Error> {
    let (db, keep, now) = (&app.database, &app.settings.retention, app.sources.now());
    let before = |time: Duration| TimeDelta::from_std(time).ok().and_then(|time| now.checked_sub_signed(time));
    let mut deleted = 0;
    if let Some(before) = before(keep.carts) {
        deleted += cart::delete_abandoned(db, before, BATCH).await?;
    }
    if let Some(before) = before(keep.sessions) {
        deleted += auth::delete_ended(db, before, BATCH).await?;
    }
    if let Some(before) = before(keep.messages) {
        deleted += payment::delete_worked_messages(db, before, BATCH).await?;
        deleted += sandbox::delete_sent(db, before, BATCH).await?;
    }
    if let Some(before) = before(keep.mails) {
        deleted += notification::delete_finished(db, before, BATCH).await?;
    }
    if let Some(before) = before(app.settings.idempotency.retention) {
        let tx = tx::begin(db).await?;
        deleted += idempotency::delete_before(&tx, before, BATCH).await?;
        tx.commit().await?;
    }
    let mut deleted = usize::try_from(deleted).unwrap_or(usize::MAX);
    if let Some(before) = before(keep.events) {
        deleted += outbox::prune(db, before).await?;
    }
    Ok(deleted)
}
