//! Slowing down guessing: a few failed sign-ins an address in a quarter of an hour, then a pause.
//!
//! An address that nobody registered is counted in the same way, so that the pause tells nothing. The pause ends by
//! itself and what comes during it does not prolong it: nobody can lock a stranger out for good.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use moka::future::Cache;
use sha2::{Digest, Sha256};

use super::{Refusal, email_key};

/// Failed sign-ins an address in one window.
const MOST_FAILURES: u32 = 10;
/// The window begins with the first failure.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Addresses remembered; each takes about 150 bytes.
const MOST_ADDRESSES: u64 = 100_000;

#[derive(Debug)]
struct Window {
    began_at: DateTime<Utc>,
    attempts: u32,
}

/// Which address is counted: a digest, so that a long text takes no memory and no address stands there in plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThrottleKey([u8; 32]);

impl ThrottleKey {
    /// The key of an address, well-formed or not.
    #[must_use]
    pub fn of(email: &str) -> Self {
        Self(Sha256::digest(email_key(email).as_bytes()).into())
    }
}

/// The failed sign-ins that this process saw.
#[derive(Clone, Debug)]
pub struct Throttle {
    windows: Cache<ThrottleKey, Arc<Mutex<Window>>>,
}

impl Default for Throttle {
    fn default() -> Self {
        let life = WINDOW.to_std().unwrap_or(Duration::from_secs(900));
        Self { windows: Cache::builder().max_capacity(MOST_ADDRESSES).time_to_live(life).build() }
    }
}

impl Throttle {
    /// Counts an attempt before it is made: attempts that run at the same time cannot all slip through.
    ///
    /// # Errors
    /// `Throttled` when the window is used up.
    pub async fn attempt(&self, key: ThrottleKey, now: DateTime<Utc>) -> Result<(), Refusal> {
        let fresh = || Window { began_at: now, attempts: 0 };
        let window = self.windows.get_with(key, async { Arc::new(Mutex::new(fresh())) }).await;
        let mut window = window.lock().unwrap_or_else(PoisonError::into_inner);
        if now - window.began_at >= WINDOW {
            *window = fresh();
        }
        if window.attempts >= MOST_FAILURES {
            let left = window.began_at + WINDOW - now;
            return Err(Refusal::Throttled { minutes: left.num_minutes() + 1 });
        }
        window.attempts += 1;
        Ok(())
    }

    /// Forgets the failures of an address that signed in.
    pub async fn clear(&self, key: ThrottleKey) {
        self.windows.invalidate(&key).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_eleventh_attempt_waits_and_a_success_clears() {
        let (throttle, key, now) = (Throttle::default(), ThrottleKey::of("Jane@Example.com"), DateTime::UNIX_EPOCH);
        for _ in 0..10 {
            assert_eq!(throttle.attempt(key, now).await, Ok(()));
        }
        assert_eq!(throttle.attempt(key, now).await, Err(Refusal::Throttled { minutes: 16 }));
        assert_eq!(throttle.attempt(ThrottleKey::of("other@example.com"), now).await, Ok(()));
        throttle.clear(ThrottleKey::of("jane@example.com")).await;
        assert_eq!(throttle.attempt(key, now).await, Ok(()));
    }

    #[tokio::test]
    async fn the_pause_ends_by_itself_however_often_it_was_tried() {
        let (throttle, key, now) = (Throttle::default(), ThrottleKey::of("jane@example.com"), DateTime::UNIX_EPOCH);
        for minute in 0..15 {
            for _ in 0..10 {
                let _ = throttle.attempt(key, now + TimeDelta::minutes(minute)).await;
            }
        }
        assert_eq!(throttle.attempt(key, now + WINDOW).await, Ok(()));
    }
}
