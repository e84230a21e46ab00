//! What this process keeps: bounded by bytes, and each value only as long as no later fact named its key.

use std::{
    any::Any,
    hash::{BuildHasher, RandomState},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use moka::sync::Cache as Moka;

use super::{Key, Value};

/// Counters of the newest fact, each for the keys that fall on it: 256 KiB. Two keys of one counter are forgotten together,
/// which costs a load and nothing else.
const STAMPS: usize = 1 << 15;
/// What an entry weighs beside its text.
const OVERHEAD: usize = 384;

#[derive(Clone, Debug)]
struct Kept {
    as_of: i64,
    weight: u32,
    value: Arc<dyn Any + Send + Sync>,
}

/// The values.
#[derive(Debug)]
pub(super) struct Local {
    kept: Moka<Key, Kept>,
    hasher: RandomState,
    stamps: Box<[AtomicI64]>,
    /// What is older holds under no key.
    floor: AtomicI64,
}

impl Local {
    pub fn new(bytes: u64, keep: Duration) -> Self {
        let kept = Moka::builder().max_capacity(bytes).weigher(|_, kept: &Kept| kept.weight).time_to_live(keep).build();
        let stamps = std::iter::repeat_with(AtomicI64::default).take(STAMPS).collect();
        Self { kept, hasher: RandomState::new(), stamps, floor: AtomicI64::new(0) }
    }

    fn counter(&self, key: Key) -> &AtomicI64 {
        let place = usize::try_from(self.hasher.hash_one(key) % STAMPS as u64).unwrap_or(0);
        &self.stamps[place]
    }

    /// The newest fact that named the key, or another of its counter; 0 before the first.
    pub fn stamp(&self, key: Key) -> i64 {
        self.counter(key).load(Ordering::Acquire).max(self.floor.load(Ordering::Acquire))
    }

    /// What is kept and holds: a value, or that there is none.
    pub fn get<T: Value>(&self, key: Key) -> Option<Option<T>> {
        let kept = self.kept.get(&key)?;
        if kept.as_of < self.stamp(key) {
            return None;
        }
        kept.value.downcast_ref::<Option<T>>().cloned()
    }

    /// Keeps a value whose loading began when the newest fact was `as_of`.
    pub fn keep<T: Value>(&self, key: Key, as_of: i64, value: Option<T>, bytes: usize) {
        if as_of < self.stamp(key) {
            return;
        }
        let weight = u32::try_from(bytes + OVERHEAD).unwrap_or(u32::MAX);
        self.kept.insert(key, Kept { as_of, weight, value: Arc::new(value) });
    }

    /// A fact with this cursor named the key.
    pub fn forget(&self, key: Key, cursor: i64) {
        self.counter(key).fetch_max(cursor, Ordering::AcqRel);
        self.kept.invalidate(&key);
    }

    /// Facts up to this cursor may have named any key.
    pub fn forget_all(&self, cursor: i64) {
        self.floor.fetch_max(cursor, Ordering::AcqRel);
        self.kept.invalidate_all();
    }

    /// What all values weigh.
    pub fn bytes(&self) -> u64 {
        self.kept.run_pending_tasks();
        self.kept.weighted_size()
    }
}
