//! The only place that begins a transaction: to write, or to look at everything as it is at one moment. A write commits when told to and rolls back when dropped.
//!
//! In a request that came with an idempotency key, "commit" hands the transaction to the request's [`super::hold`], which
//! commits it together with the answer.
//!
//! Inside one: the database and nothing else. No gateway, cache, mail, sleep or second connection.

use std::{ops::Deref, sync::Arc};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
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

/// Begins a snapshot: whatever is read in it is of one moment, however long that takes. Writers are not held up: both databases
/// keep the old versions of rows for it. It is rolled back when dropped, with whatever temporary views were made in it.
///
/// # Errors
/// No connection in time, or the database does not answer.
pub async fn begin_snapshot(db: &Database) -> Result<DatabaseTransaction, DbErr> {
    let postgres = db.backend() == DbBackend::Postgres;
    let options = TransactionOptions {
        isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
        sqlite_transaction_mode: (!postgres).then_some(SqliteTransactionMode::Deferred),
        ..TransactionOptions::default()
    };
    #[expect(clippy::disallowed_methods, reason = "it writes nothing, so it is no write transaction")]
    let transaction = db.pool().begin_with_options(options).await?;
    if postgres {
        // A request's limits would end it; memory for sorting and hashing keeps large tables off the disk.
        let settings = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; \
                        SET LOCAL work_mem = '128MB'";
        transaction.execute_unprepared(settings).await?;
    }
    Ok(transaction)
}

/// Refuses every write from here on, also by mistake. On SQLite nothing of ours needs it: the transaction is rolled back.
///
/// # Errors
/// The database does not answer.
pub async fn seal(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared("SET TRANSACTION READ ONLY").await?;
    }
    Ok(())
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
