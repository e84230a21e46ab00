//! Admission: how many requests run at once. The others wait a moment, or hear at once that they should come back.
//!
//! Without it three times too many requests make each other three times as slow, until all of them run out of time while
//! they wait for a connection. With it those that are let in are as quick as ever.

use std::{
    future::Future,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout},
};

/// How long a request waits at most for its turn.
const PATIENCE: Duration = Duration::from_millis(100);
/// How long it waits while the queue does not get empty: a burst is let through, a standing queue only makes all slower.
const SHORT_PATIENCE: Duration = Duration::from_millis(10);
/// Requests that may wait for each that may run.
const WAITING_PER_RUNNING: usize = 8;

/// The door. Clones share it.
#[derive(Clone, Debug)]
pub struct Admission {
    turns: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    most_waiting: usize,
    /// When nobody waited last.
    queue_was_empty: Arc<Mutex<Instant>>,
}

/// The right to run. Given back when dropped.
#[derive(Debug)]
pub struct Turn {
    turns: Arc<Semaphore>,
    _permit: OwnedSemaphorePermit,
}

/// Too many run already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overloaded;

tokio::task_local! {
    static TURN: Arc<Semaphore>;
}

impl Admission {
    /// A door for `at_once` requests.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(at_once)),
            waiting: Arc::default(),
            most_waiting: at_once.saturating_mul(WAITING_PER_RUNNING),
            queue_was_empty: Arc::new(Mutex::new(Instant::now())),
        }
    }

    /// Waits for a turn, in the order of arrival and a tenth of a second at most.
    ///
    /// # Errors
    /// `Overloaded`: the caller should be told to come back.
    pub async fn enter(&self) -> Result<Turn, Overloaded> {
        let turn = |permit| Turn { turns: Arc::clone(&self.turns), _permit: permit };
        if let Ok(permit) = Arc::clone(&self.turns).try_acquire_owned() {
            return Ok(turn(permit));
        }
        let place = Place::take(&self.waiting);
        if place.ahead >= self.most_waiting {
            return Err(Overloaded);
        }
        let patience = self.patience(place.ahead);
        let permit = timeout(patience, Arc::clone(&self.turns).acquire_owned()).await;
        permit.map_err(|_| Overloaded)?.map(turn).map_err(|_| Overloaded)
    }

    fn patience(&self, ahead: usize) -> Duration {
        let mut empty = self.queue_was_empty.lock().unwrap_or_else(PoisonError::into_inner);
        if ahead == 0 {
            *empty = Instant::now();
        }
        if empty.elapsed() > PATIENCE { SHORT_PATIENCE } else { PATIENCE }
    }
}

/// A place in the queue.
struct Place {
    waiting: Arc<AtomicUsize>,
    ahead: usize,
}

impl Place {
    fn take(waiting: &Arc<AtomicUsize>) -> Self {
        Self { ahead: waiting.fetch_add(1, Ordering::Relaxed), waiting: Arc::clone(waiting) }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Turn {
    /// Runs a request that has this turn.
    pub async fn run<T>(self, work: impl Future<Output = T>) -> T {
        TURN.scope(Arc::clone(&self.turns), work).await
    }
}

/// Makes work that will run in a task of its own part of the request that is running now, so that it may [`step_aside`].
pub fn in_turn<T>(work: impl Future<Output = T>) -> impl Future<Output = T> {
    let turns = TURN.try_with(Arc::clone).ok();
    async move {
        match turns {
            Some(turns) => TURN.scope(turns, work).await,
            None => work.await,
        }
    }
}

/// Waits for somebody outside (a gateway) without holding up others: while it waits, another request may run. Outside of a
/// request it just waits.
pub async fn step_aside<T>(waiting: impl Future<Output = T>) -> T {
    let _lent = TURN.try_with(|turns| Lent::of(Arc::clone(turns))).ok();
    waiting.await
}

/// A turn lent to another request. When it comes back, one more than allowed may run until the next one ends.
struct Lent(Arc<Semaphore>);

impl Lent {
    fn of(turns: Arc<Semaphore>) -> Self {
        turns.add_permits(1);
        Self(turns)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if self.0.forget_permits(1) == 1 {
            return;
        }
        let turns = Arc::clone(&self.0);
        // Outside of a runtime there is nobody left to be let in.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                if let Ok(permit) = turns.acquire().await {
                    permit.forget();
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// This machine does other things too.
    fn near(waited: Duration, expected: Duration) -> bool {
        waited >= expected && waited <= expected + Duration::from_millis(45)
    }

    #[tokio::test]
    async fn who_gets_no_turn_hears_so_within_a_tenth_of_a_second() {
        let door = Admission::new(2);
        let (_one, _two) = (door.enter().await.expect("a turn"), door.enter().await.expect("a turn"));
        let began = Instant::now();
        assert_eq!(door.enter().await.err(), Some(Overloaded));
        assert!(near(began.elapsed(), PATIENCE), "{:?}", began.elapsed());
        let crowd: Vec<_> = (0..40)
            .map(|_| {
                let door = door.clone();
                tokio::spawn(async move { door.enter().await.err() })
            })
            .collect();
        let began = Instant::now();
        for waited in crowd {
            assert_eq!(waited.await.expect("no panic"), Some(Overloaded));
        }
        assert!(near(began.elapsed(), PATIENCE), "{:?}", began.elapsed());
    }

    #[tokio::test]
    async fn a_standing_queue_loses_its_patience_and_gets_it_back() {
        let door = Admission::new(1);
        let held = door.enter().await.expect("a turn");
        let crowd: Vec<_> = (0..4)
            .map(|step| {
                let door = door.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(60 * step)).await;
                    let began = Instant::now();
                    assert!(door.enter().await.is_err());
                    began.elapsed()
                })
            })
            .collect();
        let mut waited = Vec::new();
        for one in crowd {
            waited.push(one.await.expect("no panic"));
        }
        // The third comes when somebody has been waiting for 120 ms; when the fourth comes, nobody waits.
        for (waited, expected) in waited.iter().zip([PATIENCE, PATIENCE, SHORT_PATIENCE, PATIENCE]) {
            assert!(near(*waited, expected), "{waited:?} for {expected:?}");
        }
        drop(held);
        let _turn = door.enter().await.expect("the door is free");
    }

    #[tokio::test]
    async fn who_waits_for_a_gateway_lets_another_in() {
        let door = Admission::new(1);
        let turn = door.enter().await.expect("a turn");
        let waiting = tokio::spawn(turn.run(async {
            tokio::spawn(in_turn(step_aside(tokio::time::sleep(Duration::from_millis(400))))).await.expect("no panic");
        }));
        tokio::time::sleep(Duration::from_millis(10)).await;
        let other = door.enter().await.expect("the gateway's silence blocks nobody");
        assert!(door.enter().await.is_err(), "but one turn is only lent once");
        waiting.await.expect("no panic");
        drop(other);
        tokio::task::yield_now().await;
        let _again = door.enter().await.expect("a turn");
        assert!(door.enter().await.is_err(), "no turn was made of nothing");
    }

    #[tokio::test]
    async fn outside_of_a_request_nobody_steps_aside() {
        assert_eq!(step_aside(async { 7 }).await, 7);
    }
}
