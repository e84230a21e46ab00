//! The source of ids: UUIDv7 (RFC 9562), which grow with time, so that new rows land at the end of an index.

use std::sync::Arc;

use uuid::{ContextV7, Timestamp, Uuid, timestamp::context::ThreadLocalContext};

use super::Clock;

thread_local! {
    /// Keeps ids of one thread and one millisecond in order without a lock.
    static CONTEXT: ContextV7 = const { ContextV7::new() };
}

/// Makes ids from the injected clock and the system's random source.
#[derive(Clone, Debug)]
pub struct Ids {
    clock: Arc<Clock>,
}

impl Ids {
    /// Ids whose time is that of `clock`.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { clock: Arc::new(clock) }
    }

    /// A new id.
    #[must_use]
    pub fn next<T: From<Uuid>>(&self) -> T {
        let now = self.clock.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        let timestamp = Timestamp::from_unix(ThreadLocalContext::new(&CONTEXT), seconds, now.timestamp_subsec_nanos());
        T::from(Uuid::new_v7(timestamp))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_thread_grow() {
        let ids = Ids::new(Clock::system());
        let made: Vec<Uuid> = (0..1_000).map(|_| ids.next()).collect();
        assert!(made.is_sorted_by(|earlier, later| earlier < later));
    }
}
