//! Tools that any server could use. No business word may appear here; `tests/it/architecture.rs` looks.

pub mod admission;
pub mod backoff;
pub mod batch;
pub mod bus;
pub mod cache;
pub mod clock;
pub mod database;
pub mod hold;
pub mod idempotency;
pub mod ids;
pub mod jobs;
pub mod keys;
pub mod mail;
pub mod outage;
pub mod outbox;
pub mod pictures;
pub mod reader;
pub mod redis;
pub mod seal;
pub mod sheet;
pub mod sinks;
pub mod tls;
pub mod tx;

use chrono::{DateTime, Utc};
pub use clock::Clock;
pub use database::Database;
pub use ids::Ids;

/// Where times and ids come from. Everything that needs one asks here, so that a test can set the clock.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The clock.
    pub clock: Clock,
    /// The source of ids.
    pub ids: Ids,
}

impl Sources {
    /// The system's clock and random source.
    #[must_use]
    pub fn system() -> Self {
        let clock = Clock::system();
        Self { ids: Ids::new(clock.clone()), clock }
    }

    /// The present moment, UTC, whole microseconds.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Bytes that nobody can foresee, of the system's random source.
    #[must_use]
    pub fn secret<const N: usize>(&self) -> [u8; N]
    where
        rand::distr::StandardUniform: rand::distr::Distribution<[u8; N]>,
    {
        rand::random()
    }

    /// A new id of the type asked for.
    #[must_use]
    pub fn id<T: From<uuid::Uuid>>(&self) -> T {
        self.ids.next()
    }
}
