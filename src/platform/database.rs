//! The connection to SQLite or PostgreSQL, with every pool setting chosen on purpose and every statement counted.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement,
    sqlx::{
        self, Connection,
        postgres::PgConnection,
        sqlite::{SqliteJournalMode, SqliteSynchronous},
    },
};
use tokio::sync::{Notify, Semaphore};

use super::{Clock, reader::Reader};

/// A connection that was unused for so long is asked for a sign of life before it is used again: its server may have gone.
const UNTESTED_IDLE: Duration = Duration::from_secs(1);
/// How long a connection may take to give it. One that does not is thrown away and replaced.
const SIGN_OF_LIFE: Duration = Duration::from_secs(1);

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
                // A process that vanished in the middle of a transaction must not keep its locks.
                ("idle_in_transaction_session_timeout", "10000".to_owned()),
                ("tcp_user_timeout", "10000".to_owned()),
                ("tcp_keepalives_idle", "10".to_owned()),
                ("tcp_keepalives_interval", "5".to_owned()),
                ("tcp_keepalives_count", "2".to_owned()),
                // Rows are locked, or decided and written in one statement: see docs/resilience.md.
                ("default_transaction_isolation", "read committed".to_owned()),
                ("timezone", "UTC".to_owned()),
            ])
        });
        options.map_sqlx_sqlite_before_acquire(|connection, _| {
            // SQLite itself undoes a transaction that met a full disk. The driver's own attempt then fails, it goes on
            // believing that one is open, and could never begin another.
            let usable = !connection.is_in_transaction();
            Box::pin(async move { Ok(usable) })
        });
        options.map_sqlx_postgres_before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for >= UNTESTED_IDLE {
                    sign_of_life(connection).await?;
                }
                Ok(true)
            })
        });
        // The pool asks each connection that comes back whether it still works, and waits for the answer with the
        // connection's place taken: for ever, when the network swallows it. So it is asked here first, with a limit.
        options.map_sqlx_postgres_pool_opts(|pool| {
            pool.after_release(|connection, _| {
                Box::pin(async move {
                    sign_of_life(connection).await?;
                    Ok(true)
                })
            })
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

    /// The database's name and number on its server; empty for an SQLite file.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn name(&self) -> Result<String, DbErr> {
        if self.backend() != DbBackend::Postgres {
            return Ok(String::new());
        }
        let statement = Statement::from_string(
            DbBackend::Postgres,
            "SELECT datname || ' ' || oid AS name FROM pg_database WHERE datname = current_database()",
        );
        let row = self.pool().query_one_raw(statement).await?;
        row.ok_or_else(|| DbErr::RecordNotFound("current_database".to_owned()))?.try_get("", "name")
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

/// Asks for a sign of life, and undoes what an abandoned transaction left.
async fn sign_of_life(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let silent = |_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into());
    tokio::time::timeout(SIGN_OF_LIFE, connection.ping()).await.map_err(silent)?
}

/// Sets this process's clock by the database's, which all processes share, so that holds, leases, tokens and times of facts
/// mean the same everywhere, however wrong this machine's clock is. On SQLite all processes are on one machine.
///
/// # Errors
/// The database does not answer; the clock goes on as it was.
pub async fn set_clock(db: &Database, clock: &Clock) -> Result<(), DbErr> {
    if db.backend() != DbBackend::Postgres {
        return Ok(());
    }
    let asked = Instant::now();
    let shown = postgres_now(db.reader()).await?;
    if let Some(by) = clock.follow(shown, asked, Instant::now()) {
        tracing::warn!(seconds = by.as_seconds_f64(), "this machine's clock is wrong; the database's is followed");
    }
    Ok(())
}

async fn postgres_now(db: &impl ConnectionTrait) -> Result<DateTime<Utc>, DbErr> {
    let statement = Statement::from_string(DbBackend::Postgres, "SELECT clock_timestamp() AS now");
    let row = db.query_one_raw(statement).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("clock_timestamp".to_owned()))?.try_get("", "now")
}

/// The database's own time, which all processes share; for limits such as holds and leases. On SQLite the database is
/// this process, so its clock is ours.
///
/// # Errors
/// The database does not answer.
pub async fn database_now(db: &impl ConnectionTrait, clock: &Clock) -> Result<DateTime<Utc>, DbErr> {
    match db.get_database_backend() {
        DbBackend::Postgres => Ok(clock.adjust(postgres_now(db).await?)),
        DbBackend::Sqlite | DbBackend::MySql => Ok(clock.now()),
        _ => Ok(clock.now()),
    }
}
