//! A cache of what the database says: in this process first, in Redis behind it for all processes. It forgets exactly what a
//! published fact names.
//!
//! The one rule: a value knows the cursor of the newest fact that this process had seen when the value's loading began, and
//! it holds as long as no later fact names its key. So a load that began before a change can never outlive it, in this
//! process or in Redis. A process that has not looked at the outbox for a moment trusts nothing it holds.

mod flights;
mod local;
mod shared;

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use flights::Flights;
use local::Local;
use serde::{Serialize, de::DeserializeOwned};
use shared::Shared;

use super::{jobs::Jobs, redis::Redis};

/// How often one waits for somebody else's load before loading by oneself.
const PATIENCE: usize = 4;
/// A load that took longer is not given to other processes: what forgets it there does not last for ever.
const SHAREABLE: Duration = Duration::from_secs(10);

/// How much is kept, and how long it is believed.
#[derive(Clone, Debug)]
pub struct CacheSettings {
    /// Most bytes in this process; 0: nothing is kept, here or in Redis.
    pub bytes: u64,
    /// Longest life of a value, should nothing change it.
    pub keep: Duration,
    /// How old the last look at the outbox may be for a value to be believed.
    pub trust: Duration,
}

/// What a value is kept under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// What the value is; one type of value a kind.
    pub kind: &'static str,
    /// Whose.
    pub id: u128,
}

/// What a loader is asked for, as a key of the cache.
pub trait CacheKey: Clone + Eq + Hash + Send + Sync {
    /// The key.
    fn cache_key(&self) -> Key;
}

/// What may be kept: it can be cloned cheaply, and written down for Redis.
pub trait Value: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Value for T {}

/// The cache. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Cache(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: CacheSettings,
    local: Local,
    flights: Flights,
    shared: Option<Shared>,
    /// The newest fact seen; what is loaded from now on knows it.
    cursor: AtomicI64,
    /// When the last successful look at the outbox began.
    looked: Mutex<Option<Instant>>,
}

impl Cache {
    /// An empty cache. It keeps nothing until the first look at the outbox was reported.
    #[must_use]
    pub fn new(settings: CacheSettings, redis: Option<&Redis>) -> Self {
        let shared = redis.filter(|_| settings.bytes > 0).map(|redis| Shared::new(redis.clone(), settings.keep));
        Self(Arc::new(Inner {
            local: Local::new(settings.bytes, settings.keep),
            flights: Flights::default(),
            shared,
            cursor: AtomicI64::new(0),
            looked: Mutex::default(),
            settings,
        }))
    }

    /// Begins to believe: this process follows the outbox from this cursor on. Tells Redis what is forgotten, until the
    /// process stops.
    pub fn start(&self, cursor: i64, jobs: &Jobs) {
        self.0.cursor.store(cursor, Ordering::Release);
        if let Some(shared) = &self.0.shared {
            shared.start(cursor, jobs);
        }
    }

    /// Forgets what the facts after `from` up to `to` named; each key with the cursor of its fact.
    pub fn forget(&self, from: i64, to: i64, keys: &[(Key, i64)]) {
        // First the stamps, then the cursor: a load that begins in between counts as one from before.
        for (key, cursor) in keys {
            self.0.local.forget(*key, *cursor);
        }
        self.0.cursor.fetch_max(to, Ordering::AcqRel);
        if let Some(shared) = &self.0.shared {
            shared.forget(from, to, keys);
        }
    }

    /// Forgets everything: nobody knows what the facts up to `to` named.
    pub fn forget_all(&self, to: i64) {
        self.0.local.forget_all(to);
        self.0.cursor.fetch_max(to, Ordering::AcqRel);
        if let Some(shared) = &self.0.shared {
            shared.forget_all(to);
        }
    }

    /// The outbox was read to its end by a look that began at this moment.
    pub fn looked(&self, begun: Instant) {
        *self.0.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some(begun);
    }

    /// Whether what is kept can be believed now.
    #[must_use]
    pub fn is_trusted(&self) -> bool {
        let looked = *self.0.looked.lock().unwrap_or_else(PoisonError::into_inner);
        self.0.settings.bytes > 0 && looked.is_some_and(|looked| looked.elapsed() <= self.0.settings.trust)
    }

    /// Bytes kept in this process, as far as they are counted.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.0.local.bytes()
    }

    /// The values of some keys: those that are kept, and those that `load` finds. Many who ask for one key at a time share
    /// one load; that there is no value is kept too.
    ///
    /// # Errors
    /// Those of `load`.
    pub async fn cached<K, T, E, F, Fut>(&self, keys: &[K], load: F) -> Result<HashMap<K, T>, E>
    where
        K: CacheKey,
        T: Value,
        F: Fn(Vec<K>) -> Fut + Send + Sync,
        Fut: Future<Output = Result<HashMap<K, T>, E>> + Send,
    {
        let mut wanted = keys.to_vec();
        let mut found = HashMap::with_capacity(keys.len());
        for _ in 0..PATIENCE {
            if !self.is_trusted() {
                break;
            }
            self.pick_kept(&mut wanted, &mut found);
            if wanted.is_empty() {
                return Ok(found);
            }
            let names = wanted.iter().map(CacheKey::cache_key);
            let (flight, others) = self.0.flights.board(names);
            let mut mine: Vec<K> = wanted.iter().filter(|key| flight.has(key.cache_key())).cloned().collect();
            wanted.retain(|key| !flight.has(key.cache_key()));
            // Somebody may have landed between the look and the boarding.
            self.pick_kept(&mut mine, &mut found);
            if !mine.is_empty() {
                self.fetch(mine, &load, &mut found).await?;
            }
            drop(flight);
            for other in others {
                other.landed().await;
            }
        }
        if !wanted.is_empty() {
            found.extend(load(wanted).await?);
        }
        Ok(found)
    }

    /// Moves what is kept from `wanted` to `found`; what is known to be absent is no longer wanted either.
    fn pick_kept<K: CacheKey, T: Value>(&self, wanted: &mut Vec<K>, found: &mut HashMap<K, T>) {
        wanted.retain(|key| match self.0.local.get::<T>(key.cache_key()) {
            Some(value) => {
                found.extend(value.map(|value| (key.clone(), value)));
                false
            }
            None => true,
        });
    }

    /// Takes from Redis what is there, loads the rest, and keeps both.
    async fn fetch<K, T, E, F, Fut>(&self, mut keys: Vec<K>, load: &F, found: &mut HashMap<K, T>) -> Result<(), E>
    where
        K: CacheKey,
        T: Value,
        F: Fn(Vec<K>) -> Fut + Send + Sync,
        Fut: Future<Output = Result<HashMap<K, T>, E>> + Send,
    {
        if let Some(shared) = &self.0.shared {
            let names: Vec<Key> = keys.iter().map(CacheKey::cache_key).collect();
            for taken in shared.take::<T>(&names).await {
                if taken.as_of >= self.0.local.stamp(taken.key) {
                    self.0.local.keep(taken.key, taken.as_of, taken.value, taken.bytes);
                }
            }
            self.pick_kept(&mut keys, found);
            if keys.is_empty() {
                return Ok(());
            }
        }
        let (as_of, begun) = (self.0.cursor.load(Ordering::Acquire), Instant::now());
        let mut loaded = load(keys.clone()).await?;
        let mut share = Vec::new();
        for key in keys {
            let value = loaded.remove(&key);
            // What cannot be written down is not kept; it is found all the same.
            if let Ok(text) = serde_json::to_string(&value) {
                self.0.local.keep(key.cache_key(), as_of, value.clone(), text.len());
                share.push((key.cache_key(), text));
            }
            found.extend(value.map(|value| (key, value)));
        }
        if let Some(shared) = &self.0.shared
            && begun.elapsed() < SHAREABLE
        {
            shared.give(as_of, share);
        }
        Ok(())
    }
}
