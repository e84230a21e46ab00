//! A long look at the whole database as it is at one moment, beside whatever else goes on.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

use super::Database;

/// Begins a snapshot: whatever is read in it is of one moment, however long that takes. Writers are not held up: both databases
/// keep the old versions of rows for it. It is rolled back when dropped, with whatever temporary views were made in it.
///
/// # Errors
/// No connection in time, or the database does not answer.
pub async fn begin(db: &Database) -> Result<DatabaseTransaction, DbErr> {
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
