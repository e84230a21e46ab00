//! What the processes share in Redis. Each value is written there with the cursor it is as of; a key that a fact named holds
//! that fact's cursor and no value, so that a load from before is refused.
//!
//! Redis also knows up to which fact everything was forgotten there. A process that finds a gap (Redis was away, lost its
//! memory, or went back in time) raises the floor: what is older counts for nothing.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use redis::Script;
use tokio::sync::{Notify, Semaphore};

use super::{Key, Value};
use crate::platform::{jobs::Jobs, redis::Redis};

/// Grows when the shape of a kept value changes within a release. Releases never read each other's values.
const SHAPE: u32 = 2;
/// How often Redis is asked whether it still knows everything.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// How long a key refuses loads from before its fact; longer than any load takes.
const REFUSAL: Duration = Duration::from_secs(60);
/// How long Redis knows that there is no value.
const ABSENT: Duration = Duration::from_secs(60);
/// Most keys of one script.
const CHUNK: usize = 500;
/// Most keys that wait to be forgotten; beyond that all are, by a gap.
const WAITING: usize = 20_000;
/// Most writes to Redis at a time; what is beyond is not shared.
const WRITES: usize = 8;

const GIVE: &str = "
for i, key in ipairs(KEYS) do
  local held = tonumber(string.match(redis.call('GETRANGE', key, 0, 20), '^(%d+)|'))
  if not held or held <= tonumber(ARGV[1]) then
    redis.call('SET', key, ARGV[1] .. '|' .. ARGV[i + 2], 'PX', ARGV[2])
  end
end";

const FORGET: &str = "
for i, key in ipairs(KEYS) do
  local held = tonumber(string.match(redis.call('GETRANGE', key, 0, 20), '^(%d+)|'))
  if not held or held < tonumber(ARGV[i + 1]) then
    redis.call('SET', key, ARGV[i + 1] .. '|', 'PX', ARGV[1])
  end
end";

const ADVANCE: &str = "
local from, to = tonumber(ARGV[1]), tonumber(ARGV[2])
local applied, floor = string.match(redis.call('GET', KEYS[1]) or '', '^(%d+)|(%d+)$')
applied, floor = tonumber(applied), tonumber(floor)
if not applied or applied < from then floor = to end
if not applied or applied < to then applied = to end
redis.call('SET', KEYS[1], string.format('%.0f|%.0f', applied, floor))";

/// The shared part. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Shared(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    redis: Redis,
    prefix: String,
    keep: Duration,
    /// The fact this process began after: Redis must have forgotten everything up to it, later ones this process sees itself.
    baseline: AtomicI64,
    waiting: Mutex<Waiting>,
    woken: Notify,
    writes: Arc<Semaphore>,
}

/// Facts that Redis is to hear about.
#[derive(Debug, Default)]
struct Waiting {
    from: i64,
    to: i64,
    keys: HashMap<Key, i64>,
}

/// A value of Redis.
#[derive(Debug)]
pub(super) struct Taken<T> {
    pub key: Key,
    pub as_of: i64,
    pub value: Option<T>,
    pub bytes: usize,
}

impl Shared {
    pub fn new(redis: Redis, keep: Duration) -> Self {
        let prefix = redis.key(&format!("cache:{}.{SHAPE}", env!("CARGO_PKG_VERSION")));
        Self(Arc::new(Inner {
            redis,
            prefix,
            keep,
            baseline: AtomicI64::new(i64::MAX),
            waiting: Mutex::default(),
            woken: Notify::new(),
            writes: Arc::new(Semaphore::new(WRITES)),
        }))
    }

    fn name(&self, key: Key) -> String {
        format!("{}:{}:{:032x}", self.0.prefix, key.kind, key.id)
    }

    fn progress(&self) -> String {
        format!("{}:progress", self.0.prefix)
    }

    /// Tells Redis what is forgotten, from this cursor on, until the process stops.
    pub fn start(&self, cursor: i64, jobs: &Jobs) {
        *self.waiting() = Waiting { from: cursor, to: cursor, keys: HashMap::new() };
        self.0.baseline.store(cursor, Ordering::Release);
        let (shared, stop) = (self.clone(), jobs.stopping().clone());
        let telling = async move {
            loop {
                shared.tell().await;
                tokio::select! {
                    () = shared.0.woken.notified() => {}
                    () = tokio::time::sleep(HEARTBEAT) => {}
                }
            }
        };
        jobs.spawn(async move {
            tokio::select! { () = stop.cancelled() => {}, () = telling => {} }
        });
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts down what the facts after `from` up to `to` named.
    pub fn forget(&self, from: i64, to: i64, keys: &[(Key, i64)]) {
        let mut waiting = self.waiting();
        if waiting.to < from {
            // What was between was given up.
            waiting.from = from;
            waiting.keys.clear();
        }
        waiting.to = waiting.to.max(to);
        waiting.keys.extend(keys.iter().copied());
        if waiting.keys.len() > WAITING {
            waiting.keys.clear();
            waiting.from = waiting.to;
        }
        drop(waiting);
        self.0.woken.notify_one();
    }

    /// Puts down that nobody knows what the facts up to `to` named: a gap, unless another process knows.
    pub fn forget_all(&self, to: i64) {
        *self.waiting() = Waiting { from: to, to, keys: HashMap::new() };
        self.0.woken.notify_one();
    }

    /// Tells Redis what waits. What it did not hear is not said again: the next time it hears of a gap.
    async fn tell(&self) {
        let (from, to, keys) = {
            let mut waiting = self.waiting();
            let (from, to) = (waiting.from, waiting.to);
            waiting.from = to;
            (from, to, std::mem::take(&mut waiting.keys))
        };
        let keys: Vec<(Key, i64)> = keys.into_iter().collect();
        for keys in keys.chunks(CHUNK) {
            let script = Script::new(FORGET);
            let mut call = script.prepare_invoke();
            call.arg(millis(REFUSAL));
            for (key, cursor) in keys {
                call.key(self.name(*key)).arg(*cursor);
            }
            if self.0.redis.run(async |mut redis| call.invoke_async::<()>(&mut redis).await).await.is_err() {
                return;
            }
        }
        let script = Script::new(ADVANCE);
        let mut call = script.prepare_invoke();
        call.key(self.progress()).arg(from).arg(to);
        // Not heard: a gap, the next time.
        let _ = self.0.redis.run(async |mut redis| call.invoke_async::<()>(&mut redis).await).await;
    }

    /// The values that Redis has of these keys and that hold there.
    pub async fn take<T: Value>(&self, keys: &[Key]) -> Vec<Taken<T>> {
        let mut command = redis::cmd("MGET");
        command.arg(self.progress());
        for key in keys {
            command.arg(self.name(*key));
        }
        let asked = async |mut redis| command.query_async::<Vec<Option<String>>>(&mut redis).await;
        let Ok(mut answers) = self.0.redis.run(asked).await.map(Vec::into_iter) else { return Vec::new() };
        let progress = answers.next().flatten().and_then(|text| {
            let (applied, floor) = text.split_once('|')?;
            Some((applied.parse::<i64>().ok()?, floor.parse::<i64>().ok()?))
        });
        match progress {
            Some((applied, floor)) if applied >= self.0.baseline.load(Ordering::Acquire) => {
                let pairs = keys.iter().zip(answers);
                pairs.filter_map(|(key, text)| parse(*key, &text?)).filter(|taken| taken.as_of >= floor).collect()
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// Gives loaded values to the other processes, without making anyone wait.
    pub fn give(&self, as_of: i64, values: Vec<(Key, String)>) {
        if values.is_empty() || !self.0.redis.works() {
            return;
        }
        let Ok(permit) = Arc::clone(&self.0.writes).try_acquire_owned() else { return };
        let shared = self.clone();
        tokio::spawn(async move {
            // Whoever asks for names at random must not fill Redis with what is not there.
            let (absent, present): (Vec<_>, Vec<_>) = values.into_iter().partition(|(_, text)| text == "null");
            shared.write(as_of, shared.0.keep, &present).await;
            shared.write(as_of, shared.0.keep.min(ABSENT), &absent).await;
            drop(permit);
        });
    }

    async fn write(&self, as_of: i64, keep: Duration, values: &[(Key, String)]) {
        for values in values.chunks(CHUNK) {
            let script = Script::new(GIVE);
            let mut call = script.prepare_invoke();
            call.arg(as_of).arg(millis(keep));
            for (key, text) in values {
                call.key(self.name(*key)).arg(text);
            }
            if self.0.redis.run(async |mut redis| call.invoke_async::<()>(&mut redis).await).await.is_err() {
                return;
            }
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1)
}

fn parse<T: Value>(key: Key, text: &str) -> Option<Taken<T>> {
    let (as_of, value) = text.split_once('|')?;
    // A key that a fact named holds no text; `null` is a value that is known to be absent.
    let value = serde_json::from_str::<Option<T>>(value).ok()?;
    Some(Taken { key, as_of: as_of.parse().ok()?, value, bytes: text.len() })
}
