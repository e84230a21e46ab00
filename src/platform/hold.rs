//! The hold of a request: the transaction of its work is kept open until the answer is written, so that both commit together.
//!
//! Whatever runs inside [`within`] shares one [`Hold`]: `WriteTx::commit` hands the transaction over instead of
//! committing, and [`super::reader::Reader`] reads through it. A task that is spawned has no hold unless it is given one,
//! so what it commits is committed.

use std::{
    future::Future,
    sync::{Arc, OnceLock},
};

use sea_orm::DbErr;
use tokio::sync::{Mutex, MutexGuard};
use uuid::Uuid;

use super::tx::WriteTx;

tokio::task_local! {
    static HOLD: Arc<Hold>;
}

/// What one request keeps back.
#[derive(Debug, Default)]
pub struct Hold {
    slot: Mutex<Slot>,
    order: OnceLock<Uuid>,
}

/// The transaction, if there is one.
#[derive(Debug, Default)]
pub(super) struct Slot {
    pub(super) held: Option<WriteTx>,
    /// A statement failed in it. PostgreSQL would answer a commit now with a quiet rollback.
    pub(super) broken: bool,
}

/// Runs `work` with this hold.
pub async fn within<F: Future>(hold: Arc<Hold>, work: F) -> F::Output {
    HOLD.scope(hold, work).await
}

/// The hold that the current task works in. What is read there may not be committed yet: it must not reach a cache that
/// others read.
#[must_use]
pub fn current() -> Option<Arc<Hold>> {
    HOLD.try_with(Arc::clone).ok()
}

/// Spawns a task that works in the hold of the one that spawns it.
pub fn spawn<F>(work: F)
where
    F: Future<Output = ()> + Send + 'static,
{
    match current() {
        Some(hold) => drop(tokio::spawn(within(hold, work))),
        None => drop(tokio::spawn(work)),
    }
}

/// Says which order the current request is about, for the books.
pub fn note_order(id: Uuid) {
    if let Some(hold) = current() {
        // The first word stands: a request with a hold is about one thing.
        let _ = hold.order.set(id);
    }
}

impl Hold {
    /// The order that was noted.
    #[must_use]
    pub fn order(&self) -> Option<Uuid> {
        self.order.get().copied()
    }

    pub(super) async fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().await
    }

    /// Takes a transaction over. One that is held already is committed first: it was begun and done before.
    pub(super) async fn keep(&self, tx: WriteTx) -> Result<(), DbErr> {
        let mut slot = self.slot().await;
        commit(&mut slot).await?;
        slot.held = Some(tx);
        Ok(())
    }

    /// Commits what is held, before another transaction begins.
    pub(super) async fn flush(&self) -> Result<(), DbErr> {
        commit(&mut *self.slot().await).await
    }

    /// Takes the transaction out, to be finished by the caller. `None`: nothing was written.
    ///
    /// # Errors
    /// A statement failed in it; it is rolled back.
    pub async fn take(&self) -> Result<Option<WriteTx>, DbErr> {
        take(&mut *self.slot().await).await
    }
}

async fn take(slot: &mut Slot) -> Result<Option<WriteTx>, DbErr> {
    match slot.held.take() {
        Some(tx) if std::mem::take(&mut slot.broken) => {
            tx.rollback().await?;
            Err(DbErr::Custom("a statement failed in the transaction of a request, so it was rolled back".to_owned()))
        }
        held => Ok(held),
    }
}

async fn commit(slot: &mut Slot) -> Result<(), DbErr> {
    match take(slot).await? {
        Some(tx) => tx.commit_now().await,
        None => Ok(()),
    }
}
