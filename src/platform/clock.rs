//! The clock: the system's time, in whole microseconds, which a test may move.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// A clock that every part of one process shares. Microseconds, because PostgreSQL keeps no more: what is written is
/// what is read again.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_microseconds: Arc<AtomicI64>,
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// The present moment, UTC.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
        self.adjust(Utc::now())
    }

    /// A moment of another clock (the database's), as this clock would show it.
    #[must_use]
    pub fn adjust(&self, moment: DateTime<Utc>) -> DateTime<Utc> {
        let moment = moment.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(moment);
        moment + TimeDelta::microseconds(self.ahead_microseconds.load(Ordering::Relaxed))
    }

    /// Moves the clock ahead, for tests of time limits.
    pub fn advance(&self, by: TimeDelta) {
        self.ahead_microseconds.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::Relaxed);
    }
}
