//! The clock: the database's when processes share one, else the system's; in whole microseconds; a test may move it.

use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// A clock may differ from the database's by so much before it is set. Smaller steps would only make time jump.
const TOLERANCE: TimeDelta = TimeDelta::milliseconds(100);

/// A clock that every part of one process shares. Microseconds, because PostgreSQL keeps no more: what is written is
/// what is read again.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_microseconds: Arc<AtomicI64>,
    wrong_microseconds: Arc<AtomicI64>,
    set: Arc<RwLock<Option<Set>>>,
}

/// What another clock showed, and when. From there on the machine's steady counter goes on, which nobody sets.
#[derive(Clone, Copy, Debug)]
struct Set {
    shown: DateTime<Utc>,
    at: Instant,
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
        self.adjust(self.shown())
    }

    fn shown(&self) -> DateTime<Utc> {
        match *self.set.read().unwrap_or_else(PoisonError::into_inner) {
            Some(set) => set.shown + TimeDelta::from_std(set.at.elapsed()).unwrap_or(TimeDelta::zero()),
            None => self.of_this_machine(),
        }
    }

    fn of_this_machine(&self) -> DateTime<Utc> {
        #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
        let now = Utc::now();
        now + TimeDelta::microseconds(self.wrong_microseconds.load(Ordering::Relaxed))
    }

    /// Sets this clock by another one, which showed `shown` at some moment between `asked` and `answered`. From now on the
    /// system's clock is not asked: when somebody sets that one, nothing happens here. An answer that took long says little of
    /// the present: a clock that was set before stays as it is, as long as it may be right. Returns by how much this one was
    /// wrong, when that was too much.
    pub fn follow(&self, shown: DateTime<Utc>, asked: Instant, answered: Instant) -> Option<TimeDelta> {
        let half = answered.saturating_duration_since(asked) / 2;
        let set = Set { shown, at: asked + half };
        let right = shown + TimeDelta::from_std(set.at.elapsed()).unwrap_or(TimeDelta::zero());
        let wrong_by = self.shown() - right;
        let tolerated = TOLERANCE + TimeDelta::from_std(half).unwrap_or(TimeDelta::zero());
        let mut current = self.set.write().unwrap_or_else(PoisonError::into_inner);
        if current.is_some() && wrong_by.abs() <= tolerated {
            return None;
        }
        *current = Some(set);
        (wrong_by.abs() > tolerated).then_some(wrong_by)
    }

    /// A moment of another clock (the database's), as this clock would show it.
    #[must_use]
    pub fn adjust(&self, moment: DateTime<Utc>) -> DateTime<Utc> {
        let moment = moment.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(moment);
        moment + TimeDelta::microseconds(self.ahead_microseconds.load(Ordering::Relaxed))
    }

    /// Moves the time ahead, everybody's, for tests of time limits.
    pub fn advance(&self, by: TimeDelta) {
        self.ahead_microseconds.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::Relaxed);
    }

    /// Makes this machine's clock wrong, and only it, for tests of what processes do whose clocks disagree.
    pub fn make_wrong(&self, by: TimeDelta) {
        self.wrong_microseconds.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Follows a clock whose answer took so long.
    fn follow(clock: &Clock, shown: DateTime<Utc>, took: Duration) -> Option<TimeDelta> {
        let answered = Instant::now();
        clock.follow(shown, answered.checked_sub(took).expect("a machine that runs for longer"), answered)
    }

    #[test]
    fn a_clock_that_follows_another_does_not_care_when_its_machine_s_is_set() {
        let (right, wrong) = (Clock::system(), Clock::system());
        wrong.make_wrong(TimeDelta::hours(1));
        assert!(wrong.now() - right.now() > TimeDelta::minutes(59));
        let by = follow(&wrong, right.now(), Duration::ZERO).expect("it was wrong");
        assert!((by - TimeDelta::hours(1)).abs() < TimeDelta::seconds(1), "{by}");
        assert!((wrong.now() - right.now()).abs() < TimeDelta::seconds(1));
        wrong.make_wrong(TimeDelta::hours(-2));
        assert!((wrong.now() - right.now()).abs() < TimeDelta::seconds(1));
        assert_eq!(follow(&wrong, right.now(), Duration::ZERO), None, "small differences are left alone");
    }

    #[test]
    fn an_answer_that_took_seconds_does_not_set_a_clock_that_may_be_right() {
        let (right, clock) = (Clock::system(), Clock::system());
        follow(&clock, right.now(), Duration::ZERO);
        // The database showed its time only at the end of the four seconds, or at their begin.
        assert_eq!(follow(&clock, right.now(), Duration::from_secs(4)), None);
        assert_eq!(follow(&clock, right.now() - TimeDelta::seconds(4), Duration::from_secs(4)), None);
        assert!((clock.now() - right.now()).abs() < TimeDelta::milliseconds(50), "it stayed right");
        let by = follow(&clock, right.now() + TimeDelta::hours(1), Duration::from_secs(4)).expect("that is too much");
        assert!(by < TimeDelta::minutes(-59), "{by}");
    }
}
