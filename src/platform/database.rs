//! The connection to SQLite or PostgreSQL, with every pool setting chosen on purpose and every statement counted.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use tokio::sync::{Notify, Semaphore};

use super::{Clock, reader::Reader};

/// How the pool behaves. The defaults are the limits of the project's promises.
#[derive(Clone, Debug)]
pub struct PoolSettings {
    /// Most connections.
    pub max_connections: u32,
    /// How long a request waits for a connection.
    pub acquire_timeout: Duration,
    /// How long one statement may run (PostgreSQL).
    pub statement_timeout: Duration,
    /// How long a statement waits for a lock.
    pub lock_timeout: Duration,
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            max_connections: 16,
            acquire_timeout: Duration::from_secs(2),
            statement_timeout: Duration::from_secs(5),
            lock_timeout: Duration::from_secs(3),
        }
    }
}

/// A pool of connections to one database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    reader: Reader,
    statements: Arc<AtomicU64>,
    /// SQLite has one writer. Waiting here is fair and wakes at once; waiting in its busy handler is neither.
    pub(super) writer: Option<Arc<Semaphore>>,
    /// Told after each commit, so that the outbox is published without waiting for the next look.
    pub(super) committed: Arc<Notify>,
}

impl Database {
    /// Opens the pool; creates an SQLite file (and its folder) that is not there.
    ///
    /// # Errors
    /// The database cannot be reached, or the URL is of neither kind.
    pub async fn connect(url: &str, settings: &PoolSettings) -> Result<Self, DbErr> {
        let mut options = ConnectOptions::new(url);
        let sqlite = url.starts_with("sqlite:");
        options
            .max_connections(if sqlite { settings.max_connections.min(8) } else { settings.max_connections })
            .min_connections(1)
            .acquire_timeout(settings.acquire_timeout)
            .connect_timeout(settings.acquire_timeout)
            .sqlx_logging(false)
            .test_before_acquire(false);
        let lock_timeout = settings.lock_timeout;
        options.map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(lock_timeout)
                .pragma("cache_size", "-8000")
                .pragma("mmap_size", "134217728")
                .statement_cache_capacity(256)
        });
        let (statement_ms, lock_ms) = (settings.statement_timeout.as_millis(), settings.lock_timeout.as_millis());
        options.map_sqlx_postgres_opts(move |postgres| {
            postgres.application_name("cartwright").statement_cache_capacity(256).options([
                ("statement_timeout", statement_ms.to_string()),
                ("lock_timeout", lock_ms.to_string()),
                ("idle_in_transaction_session_timeout", "10000".to_owned()),
                ("timezone", "UTC".to_owned()),
            ])
        });
        let mut pool = sea_orm::Database::connect(options).await?;
        let statements = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&statements);
        pool.set_metric_callback(move |info| {
            counter.fetch_add(1, Ordering::Relaxed);
            tracing::trace!(elapsed = ?info.elapsed, sql = %info.statement.sql, "statement");
        });
        let writer = sqlite.then(|| Arc::new(Semaphore::new(1)));
        Ok(Self { reader: Reader::new(pool), statements, writer, committed: Arc::new(Notify::new()) })
    }

    /// For reading, also what the current request wrote and did not commit yet. Writing goes through [`super::tx::begin`].
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The pool itself, whatever the current request holds back: for migrations and for what begins a transaction.
    #[must_use]
    pub fn pool(&self) -> &DatabaseConnection {
        self.reader.pool()
    }

    /// SQLite or PostgreSQL.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.pool().get_database_backend()
    }

    /// How many statements this pool ran since it was opened. Tests assert differences of it.
    #[must_use]
    pub fn statement_count(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Told after each commit of this process.
    #[must_use]
    pub fn committed_handle(&self) -> Arc<Notify> {
        Arc::clone(&self.committed)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.pool().execute_unprepared("SELECT 1").await.map(drop)
    }

    /// Closes the pool once its connections are idle.
    ///
    /// # Errors
    /// A connection failed while closing.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.pool().clone().close().await
    }
}

/// The database's own time, which all processes share; for limits such as holds and leases. On SQLite the database is
/// this process, so its clock is ours.
///
/// # Errors
/// The database does not answer.
pub async fn database_now(db: &impl ConnectionTrait, clock: &Clock) -> Result<DateTime<Utc>, DbErr> {
    match db.get_database_backend() {
        DbBackend::Postgres => {
            let statement = Statement::from_string(DbBackend::Postgres, "SELECT clock_timestamp() AS now");
            let row = db.query_one_raw(statement).await?;
            let now: DateTime<Utc> =
                row.ok_or_else(|| DbErr::RecordNotFound("clock_timestamp".to_owned()))?.try_get("", "now")?;
            Ok(clock.adjust(now))
        }
        DbBackend::Sqlite | DbBackend::MySql => Ok(clock.now()),
        _ => Ok(clock.now()),
    }
}
