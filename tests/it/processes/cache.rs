//! The cache by itself: one load for many, nothing older than the fact that named it, a bound in bytes, and what processes
//! share in Redis.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use cartwright::platform::{
    cache::{Cache, CacheKey, CacheSettings, Key},
    jobs::Jobs,
    redis::Redis,
};
use tokio::sync::Notify;

use crate::support::PrivateRedis;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Number(u64);

impl CacheKey for Number {
    fn cache_key(&self) -> Key {
        Key { kind: "number", id: u128::from(self.0) }
    }
}

/// What is said to be in the database: a text for each number, and how often it was asked.
#[derive(Debug, Default)]
struct Source {
    version: AtomicU64,
    loads: AtomicU64,
}

impl Source {
    fn text(&self, number: u64) -> String {
        format!("{number} in version {}", self.version.load(Ordering::SeqCst))
    }

    async fn load(&self, keys: Vec<Number>) -> Result<HashMap<Number, Arc<String>>, Infallible> {
        self.loads.fetch_add(1, Ordering::SeqCst);
        // Numbers from a thousand on are not there.
        let there = keys.into_iter().filter(|key| key.0 < 1_000);
        let found = there.map(|key| (key, Arc::new(self.text(key.0)))).collect();
        tokio::time::sleep(Duration::from_millis(20)).await;
        Ok(found)
    }

    fn loads(&self) -> u64 {
        self.loads.load(Ordering::SeqCst)
    }
}

async fn ask(cache: &Cache, source: &Source, number: u64) -> Option<String> {
    let found = cache.cached(&[Number(number)], |keys| source.load(keys)).await;
    let Ok(mut found): Result<HashMap<Number, Arc<String>>, Infallible> = found;
    found.remove(&Number(number)).map(|text| text.to_string())
}

fn settings() -> CacheSettings {
    CacheSettings { bytes: 1 << 20, keep: Duration::from_secs(60), trust: Duration::from_secs(10) }
}

/// A cache that follows the outbox from this cursor on.
fn cache(redis: Option<&Redis>, cursor: i64) -> (Cache, Jobs) {
    let (cache, jobs) = (Cache::new(settings(), redis), Jobs::default());
    cache.start(cursor, &jobs);
    cache.looked(Instant::now());
    (cache, jobs)
}

#[tokio::test]
async fn a_stampede_of_a_hundred_is_one_load() {
    let ((cache, _jobs), source) = (cache(None, 0), Source::default());
    let asked = (0..100).map(|_| ask(&cache, &source, 7));
    let answers = futures::future::join_all(asked).await;
    assert!(answers.iter().all(|answer| answer.as_deref() == Some("7 in version 0")), "{answers:?}");
    assert_eq!(source.loads(), 1);
    // Again after a change.
    source.version.store(1, Ordering::SeqCst);
    cache.forget(0, 1, &[(Number(7).cache_key(), 1)]);
    let answers = futures::future::join_all((0..100).map(|_| ask(&cache, &source, 7))).await;
    assert!(answers.iter().all(|answer| answer.as_deref() == Some("7 in version 1")), "{answers:?}");
    assert_eq!(source.loads(), 2);
}

#[tokio::test]
async fn that_there_is_nothing_is_kept_until_a_fact_says_otherwise() {
    let ((cache, _jobs), source) = (cache(None, 0), Source::default());
    for _ in 0..3 {
        assert_eq!(ask(&cache, &source, 5_000).await, None);
    }
    assert_eq!(source.loads(), 1);
    cache.forget(0, 1, &[(Number(5_000).cache_key(), 1)]);
    assert_eq!(ask(&cache, &source, 5_000).await, None);
    assert_eq!(source.loads(), 2);
}

#[tokio::test]
async fn a_process_that_missed_facts_forgets_everything() {
    let ((cache, _jobs), source) = (cache(None, 3), Source::default());
    ask(&cache, &source, 7).await;
    cache.forget_all(9);
    ask(&cache, &source, 7).await;
    ask(&cache, &source, 7).await;
    assert_eq!(source.loads(), 2);
}

#[tokio::test]
async fn a_load_that_began_before_a_change_is_not_kept() {
    let ((cache, _jobs), source) = (cache(None, 0), Arc::new(Source::default()));
    let (reading, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let slow = {
        let (cache, source, reading, go_on) = (cache.clone(), source.clone(), reading.clone(), go_on.clone());
        tokio::spawn(async move {
            let load = |keys| {
                let (source, reading, go_on) = (&source, &reading, &go_on);
                async move {
                    let found = source.load(keys).await;
                    reading.notify_one();
                    go_on.notified().await;
                    found
                }
            };
            let Ok(found): Result<HashMap<Number, Arc<String>>, Infallible> = cache.cached(&[Number(3)], load).await;
            found[&Number(3)].to_string()
        })
    };
    reading.notified().await;
    // It has read; now the thing changes, and the process hears of it before the load ends.
    source.version.store(1, Ordering::SeqCst);
    cache.forget(0, 1, &[(Number(3).cache_key(), 1)]);
    go_on.notify_one();
    assert_eq!(slow.await.expect("it loads"), "3 in version 0", "who asked before may hear what was before");
    assert_eq!(ask(&cache, &source, 3).await.as_deref(), Some("3 in version 1"), "who asks after may not");
}

#[tokio::test]
async fn a_load_that_fails_or_is_given_up_holds_nobody_up() {
    let ((cache, _jobs), source) = (cache(None, 0), Source::default());
    let never =
        cache.cached(&[Number(1)], |_| std::future::pending::<Result<HashMap<Number, Arc<String>>, Infallible>>());
    assert!(tokio::time::timeout(Duration::from_millis(50), never).await.is_err());
    let failed: Result<HashMap<Number, Arc<String>>, &str> = cache.cached(&[Number(1)], async |_| Err("no")).await;
    assert_eq!(failed, Err("no"));
    assert_eq!(ask(&cache, &source, 1).await.as_deref(), Some("1 in version 0"));
}

#[tokio::test]
async fn a_process_that_does_not_look_at_the_outbox_believes_nothing_it_keeps() {
    let short = CacheSettings { trust: Duration::from_millis(300), ..settings() };
    let (cache, jobs, source) = (Cache::new(short, None), Jobs::default(), Source::default());
    ask(&cache, &source, 1).await;
    ask(&cache, &source, 1).await;
    assert_eq!(source.loads(), 2, "before the first look");
    cache.start(0, &jobs);
    cache.looked(Instant::now());
    ask(&cache, &source, 1).await;
    ask(&cache, &source, 1).await;
    assert_eq!(source.loads(), 3);
    tokio::time::sleep(Duration::from_millis(350)).await;
    ask(&cache, &source, 1).await;
    assert_eq!(source.loads(), 4, "the last look is too old");
}

#[tokio::test]
async fn what_is_kept_stays_below_its_bytes() {
    let ((cache, _jobs), source) = (cache(None, 0), Source::default());
    for number in 0..1_000 {
        let long = async |keys: Vec<Number>| {
            Ok::<_, Infallible>(keys.into_iter().map(|key| (key, Arc::new("x".repeat(10_000)))).collect())
        };
        let Ok(found): Result<HashMap<Number, Arc<String>>, Infallible> = cache.cached(&[Number(number)], long).await;
        assert_eq!(found.len(), 1);
    }
    let bytes = cache.bytes();
    assert!((100_000..=settings().bytes).contains(&bytes), "{bytes} bytes are kept");
    assert_eq!(ask(&cache, &source, 1_000_000).await, None);
}

fn redis(private: &PrivateRedis) -> Redis {
    Redis::new(&private.url(), Duration::from_millis(500), "test".to_owned()).expect("a Redis")
}

/// Waits until the processes have told Redis what they know.
async fn settle() {
    tokio::time::sleep(Duration::from_millis(200)).await;
}

#[tokio::test]
async fn what_one_process_loaded_another_takes_from_redis_until_it_changes() {
    let Some(private) = PrivateRedis::start() else { return };
    let ((one, jobs_1), source) = (cache(Some(&redis(&private)), 5), Source::default());
    let (two, jobs_2) = cache(Some(&redis(&private)), 5);
    settle().await;
    ask(&one, &source, 7).await;
    settle().await;
    assert_eq!(ask(&two, &source, 7).await.as_deref(), Some("7 in version 0"));
    assert_eq!(source.loads(), 1);

    // One hears of the change first: the other may not give the old value back to it.
    source.version.store(1, Ordering::SeqCst);
    one.forget(5, 6, &[(Number(7).cache_key(), 6)]);
    settle().await;
    assert_eq!(ask(&one, &source, 7).await.as_deref(), Some("7 in version 1"));
    two.forget(5, 6, &[(Number(7).cache_key(), 6)]);
    settle().await;
    assert_eq!(ask(&two, &source, 7).await.as_deref(), Some("7 in version 1"));
    assert_eq!(source.loads(), 2, "the second took what the first had loaded");

    // A process that starts now finds it as well.
    let (three, jobs_3) = cache(Some(&redis(&private)), 6);
    settle().await;
    assert_eq!(ask(&three, &source, 7).await.as_deref(), Some("7 in version 1"));
    assert_eq!(source.loads(), 2);
    for jobs in [jobs_1, jobs_2, jobs_3] {
        jobs.finish().await;
    }
}

#[tokio::test]
async fn a_load_from_before_a_change_is_not_taken_from_redis_either() {
    let Some(private) = PrivateRedis::start() else { return };
    let source = Source::default();
    let (ahead, _jobs_1) = cache(Some(&redis(&private)), 5);
    let (behind, _jobs_2) = cache(Some(&redis(&private)), 5);
    settle().await;
    // One process heard of the change, the other did not yet and loaded before it; it gives its value to Redis late.
    ahead.forget(5, 6, &[(Number(7).cache_key(), 6)]);
    settle().await;
    ask(&behind, &source, 7).await;
    settle().await;
    source.version.store(1, Ordering::SeqCst);
    assert_eq!(ask(&ahead, &source, 7).await.as_deref(), Some("7 in version 1"));
}

#[tokio::test]
async fn a_process_that_starts_after_a_change_takes_no_load_from_before_it_from_redis() {
    let Some(private) = PrivateRedis::start() else { return };
    let source = Source::default();
    let (ahead, _jobs_1) = cache(Some(&redis(&private)), 5);
    let (behind, _jobs_2) = cache(Some(&redis(&private)), 5);
    settle().await;
    ahead.forget(5, 6, &[(Number(7).cache_key(), 6)]);
    settle().await;
    ask(&behind, &source, 7).await;
    settle().await;
    source.version.store(1, Ordering::SeqCst);
    // It saw no fact itself: only Redis knows that the value is too old.
    let (new, _jobs_3) = cache(Some(&redis(&private)), 6);
    settle().await;
    assert_eq!(ask(&new, &source, 7).await.as_deref(), Some("7 in version 1"));
}

#[tokio::test]
async fn what_changed_while_redis_was_away_or_forgot_is_not_believed_after() {
    let Some(mut private) = PrivateRedis::start() else { return };
    let source = Source::default();
    let (one, jobs) = cache(Some(&redis(&private)), 5);
    settle().await;
    ask(&one, &source, 7).await;
    settle().await;
    // Frozen, Redis keeps its memory and does not hear of the change.
    private.freeze();
    source.version.store(1, Ordering::SeqCst);
    one.forget(5, 6, &[(Number(7).cache_key(), 6)]);
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    jobs.finish().await;
    private.thaw();
    // A process that starts after it finds a gap.
    let (two, _jobs_2) = cache(Some(&redis(&private)), 6);
    assert_eq!(ask(&two, &source, 7).await.as_deref(), Some("7 in version 1"));
    private.flush();
    assert_eq!(ask(&two, &source, 8).await.as_deref(), Some("8 in version 1"));
    private.stop();
    let begin = Instant::now();
    for number in 10..60 {
        ask(&two, &source, number).await;
    }
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(4), "fifty loads of 20 ms without Redis took {took:?}");
}
