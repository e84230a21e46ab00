//! An optional Redis: one connection, short time limits, and a breaker, so that a Redis that is gone or frozen costs one
//! try a second and nothing else. What is kept there can be lost at any moment; the database is the truth.

mod breaker;
mod signals;

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use breaker::{Breaker, Pass};

use redis::{AsyncConnectionConfig, Client, FromRedisValue, RedisError, aio::MultiplexedConnection};
pub use signals::{Announcement, announce, listen};
use tokio::sync::{Mutex, Notify};

/// How Redis is reached.
#[derive(Clone, Debug)]
pub struct RedisSettings {
    /// `redis://…` or `rediss://…`; `None`: there is none.
    pub url: Option<String>,
    /// How long connecting may take, and an answer.
    pub timeout: Duration,
}

/// Redis did not answer, or it is not asked because it did not a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable;

/// The connection. Cheap to clone.
#[derive(Clone)]
pub struct Redis(Arc<Inner>);

struct Inner {
    client: Client,
    timeout: Duration,
    prefix: String,
    connection: Mutex<Option<MultiplexedConnection>>,
    breaker: Breaker,
    subscribed: AtomicBool,
    committed: Arc<Notify>,
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redis").field("prefix", &self.0.prefix).field("works", &self.works()).finish_non_exhaustive()
    }
}

impl Redis {
    /// A connection to be made when it is first used. `prefix` begins every key and channel.
    ///
    /// # Errors
    /// The URL is none of Redis.
    pub fn new(url: &str, timeout: Duration, prefix: String) -> Result<Self, RedisError> {
        Ok(Self(Arc::new(Inner {
            client: Client::open(url)?,
            timeout,
            prefix,
            connection: Mutex::default(),
            breaker: Breaker::default(),
            subscribed: AtomicBool::new(false),
            committed: Arc::default(),
        })))
    }

    /// A key or a channel of this shop.
    #[must_use]
    pub fn key(&self, name: &str) -> String {
        format!("{}:{name}", self.0.prefix)
    }

    /// Whether the last command was answered.
    #[must_use]
    pub fn works(&self) -> bool {
        self.0.breaker.is_closed()
    }

    /// Whether what other processes announce is heard now.
    #[must_use]
    pub fn subscribed(&self) -> bool {
        self.0.subscribed.load(Ordering::Relaxed)
    }

    /// Told when a process that publishes nothing itself announced a commit.
    #[must_use]
    pub fn committed_elsewhere(&self) -> Arc<Notify> {
        Arc::clone(&self.0.committed)
    }

    /// Whether it answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), Unavailable> {
        self.run(async |mut connection| redis::cmd("PING").query_async::<()>(&mut connection).await).await
    }

    /// Runs a command or a script. Waits at most twice the time limit: for the connection, and for the answer.
    ///
    /// # Errors
    /// Redis did not answer; it said no; or the breaker is open.
    pub async fn run<T: FromRedisValue>(
        &self,
        work: impl AsyncFnOnce(MultiplexedConnection) -> Result<T, RedisError>,
    ) -> Result<T, Unavailable> {
        let pass = self.0.breaker.admit().ok_or(Unavailable)?;
        let answered = match self.connection(pass).await? {
            Ok(connection) => tokio::time::timeout(self.0.timeout, work(connection)).await,
            Err(error) => Ok(Err(error)),
        };
        match answered.unwrap_or_else(|_| Err(timed_out())) {
            Ok(answer) => {
                if self.0.breaker.close() {
                    tracing::info!("Redis answers");
                }
                Ok(answer)
            }
            Err(error) => {
                self.failed(&error);
                // A connection that was late once may be dead without a word: the next try takes a new one.
                self.0.connection.lock().await.take();
                Err(Unavailable)
            }
        }
    }

    async fn connection(&self, pass: Pass) -> Result<Result<MultiplexedConnection, RedisError>, Unavailable> {
        let mut held = self.0.connection.lock().await;
        if let Some(connection) = &*held {
            return Ok(Ok(connection.clone()));
        }
        if pass == Pass::Everyone && !self.works() {
            // Who held the lock before found out.
            return Err(Unavailable);
        }
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(self.0.timeout))
            .set_response_timeout(Some(self.0.timeout));
        let connecting = self.0.client.get_multiplexed_async_connection_with_config(&config);
        let connected = tokio::time::timeout(self.0.timeout, connecting).await.unwrap_or_else(|_| Err(timed_out()));
        match &connected {
            Ok(connection) => *held = Some(connection.clone()),
            // Before the lock is free: whoever waits for it must not try as well.
            Err(error) => self.failed(error),
        }
        Ok(connected)
    }

    fn failed(&self, error: &RedisError) {
        if self.0.breaker.open() {
            tracing::warn!(error = %error, "Redis does not answer; going on without it");
        }
    }
}

fn timed_out() -> RedisError {
    RedisError::from(std::io::Error::from(std::io::ErrorKind::TimedOut))
}
