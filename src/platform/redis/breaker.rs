//! The breaker: after a failure nothing is asked but one try a second, until one succeeds.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

/// How long nothing is asked after a failure.
const PAUSE: Duration = Duration::from_secs(1);

/// Remembers whether the last command was answered.
#[derive(Debug)]
pub(super) struct Breaker {
    since: Instant,
    /// Milliseconds after `since` at which the next try is due; 0 while all is well.
    retry_at: AtomicU64,
}

/// Why somebody may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// All is well.
    Everyone,
    /// It is the one try of this second.
    Try,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { since: Instant::now(), retry_at: AtomicU64::new(0) }
    }
}

impl Breaker {
    fn now(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// What is due `PAUSE` from now.
    fn later(&self) -> u64 {
        self.now() + u64::try_from(PAUSE.as_millis()).unwrap_or(u64::MAX)
    }

    /// Whether all is well.
    pub fn is_closed(&self) -> bool {
        self.retry_at.load(Ordering::Acquire) == 0
    }

    /// Lets everyone in while all is well, else one a second.
    pub fn admit(&self) -> Option<Pass> {
        let due = self.retry_at.load(Ordering::Acquire);
        if due == 0 {
            return Some(Pass::Everyone);
        }
        let mine = self.now() >= due
            && self.retry_at.compare_exchange(due, self.later(), Ordering::AcqRel, Ordering::Acquire).is_ok();
        mine.then_some(Pass::Try)
    }

    /// Something failed; whether it is the first after all was well.
    pub fn open(&self) -> bool {
        self.retry_at.swap(self.later(), Ordering::AcqRel) == 0
    }

    /// Something was answered; whether it is the first after a failure.
    pub fn close(&self) -> bool {
        self.retry_at.swap(0, Ordering::AcqRel) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_breaker_lets_nobody_in_until_one_try_is_due() {
        let mut breaker = Breaker::default();
        assert_eq!(breaker.admit(), Some(Pass::Everyone));
        assert!(breaker.open(), "the first failure is told");
        assert!(!breaker.open(), "the second is not");
        assert_eq!(breaker.admit(), None);
        breaker.since -= PAUSE;
        assert_eq!(breaker.admit(), Some(Pass::Try));
        assert_eq!(breaker.admit(), None, "one a second");
        assert!(breaker.close() && !breaker.close());
        assert_eq!(breaker.admit(), Some(Pass::Everyone));
    }
}
