//! The only place that begins a write transaction. It commits when told to and rolls back when dropped.
//!
//! In a request that came with an idempotency key, "commit" hands the transaction to the request's [`super::hold`], which
//! commits it together with the answer.
//!
//! Inside one: the database and nothing else. No gateway, cache, mail, sleep or second connection.

use std::{ops::Deref, sync::Arc};

use sea_orm::{DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::{Notify, OwnedSemaphorePermit};

use super::{Database, hold};

/// A write transaction. Dropped without [`WriteTx::commit`], nothing of it remains.
#[derive(Debug)]
pub struct WriteTx {
    // The transaction is dropped (rolled back) before the next writer is let in.
    transaction: DatabaseTransaction,
    committed: Arc<Notify>,
    _turn: Option<OwnedSemaphorePermit>,
}

/// Begins a write transaction. On SQLite it is IMMEDIATE: a deferred one that reads first fails at once with "database
/// is locked" when another writer came between.
///
/// # Errors
/// No connection in time, or the database does not answer.
pub async fn begin(db: &Database) -> Result<WriteTx, DbErr> {
    if let Some(hold) = hold::current() {
        hold.flush().await?;
    }
    let turn = match &db.writer {
        Some(writer) => {
            let turn = Arc::clone(writer).acquire_owned().await;
            Some(turn.map_err(|_| DbErr::Custom("the database is closing".to_owned()))?)
        }
        None => None,
    };
    let options = TransactionOptions {
        sqlite_transaction_mode: turn.is_some().then_some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    let transaction = db.pool().begin_with_options(options).await?;
    Ok(WriteTx { transaction, committed: Arc::clone(&db.committed), _turn: turn })
}

impl WriteTx {
    /// Makes the work permanent: now, or together with the answer of a request that holds it back until then.
    ///
    /// # Errors
    /// The database refused; nothing of the work remains.
    pub async fn commit(self) -> Result<(), DbErr> {
        match hold::current() {
            Some(hold) => hold.keep(self).await,
            None => self.commit_now().await,
        }
    }

    /// Makes the work permanent and wakes whoever publishes what it recorded.
    pub(super) async fn commit_now(self) -> Result<(), DbErr> {
        self.transaction.commit().await?;
        self.committed.notify_one();
        Ok(())
    }

    /// Undoes the work now instead of at the end of the scope.
    ///
    /// # Errors
    /// The database does not answer; the work is undone all the same when the connection closes.
    pub async fn rollback(self) -> Result<(), DbErr> {
        self.transaction.rollback().await
    }
}

impl Deref for WriteTx {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &Self::Target {
        &self.transaction
    }
}
