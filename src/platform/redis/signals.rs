//! Telling the other processes that there is something new, and hearing it from them. A message lost is only a late one:
//! whoever listens looks at the database every now and then in any case.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use futures::StreamExt;
use redis::RedisError;
use tokio::sync::Notify;

use super::{Redis, Unavailable};
use crate::platform::jobs::Jobs;

/// How often a quiet subscription is asked whether it still lives.
const PING: Duration = Duration::from_secs(1);
/// How long making the subscription, or an answer on it, may take.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often everybody is woken while nothing is heard.
const DEAF: Duration = Duration::from_millis(100);
/// How many of those waits pass between two tries to hear again.
const WAITS_BETWEEN_TRIES: usize = 5;

/// What one process tells the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// Something was committed and waits to be published.
    Committed,
    /// Something was published.
    Published,
}

impl Announcement {
    fn text(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::Published => "published",
        }
    }
}

/// Tells the other processes, and this one.
///
/// # Errors
/// Redis did not answer: they will see it at their next look.
pub async fn announce(redis: &Redis, announcement: Announcement) -> Result<(), Unavailable> {
    let channel = redis.key("signals");
    redis
        .run(async |mut connection| {
            let mut command = redis::cmd("PUBLISH");
            command.arg(channel).arg(announcement.text()).query_async::<()>(&mut connection).await
        })
        .await
}

/// Wakes whoever waits at each announcement, until the process stops: `published` and [`Redis::committed_elsewhere`]. While
/// nothing can be heard both are woken ten times a second instead.
pub fn listen(redis: &Redis, jobs: &Jobs, published: Arc<Notify>) {
    let (redis, stop) = (redis.clone(), jobs.stopping().clone());
    let hearing = async move {
        loop {
            let ended = hear(&redis, &published).await;
            if redis.0.subscribed.swap(false, Ordering::Relaxed) {
                tracing::warn!(error = %ended, "other processes are not heard; looking at the database more often");
            }
            // Before it is subscribed again, commands are tried: the breaker lets one in a second.
            let _ = redis.ping().await;
            for _ in 0..WAITS_BETWEEN_TRIES {
                wake_all(&redis, &published);
                tokio::time::sleep(DEAF).await;
            }
        }
    };
    jobs.spawn(async move {
        tokio::select! {
            () = stop.cancelled() => {}
            () = hearing => {}
        }
    });
}

fn wake_all(redis: &Redis, published: &Notify) {
    redis.0.committed.notify_one();
    published.notify_one();
}

/// Subscribes and hears until the connection fails. It is asked every second: one that died without a word stays deaf for
/// ever otherwise.
async fn hear(redis: &Redis, published: &Notify) -> RedisError {
    let subscribing = async {
        let mut subscription = redis.0.client.get_async_pubsub().await?;
        subscription.subscribe(redis.key("signals")).await?;
        Ok::<_, RedisError>(subscription.split())
    };
    let (mut asking, mut messages) = match in_time(subscribing).await {
        Ok(halves) => halves,
        Err(error) => return error,
    };
    redis.0.subscribed.store(true, Ordering::Relaxed);
    // What was announced before is seen by looking.
    wake_all(redis, published);
    let mut ping = tokio::time::interval(PING);
    loop {
        tokio::select! {
            message = messages.next() => {
                let Some(message) = message else { return super::timed_out() };
                match message.get_payload_bytes() {
                    b"committed" => redis.0.committed.notify_one(),
                    b"published" => published.notify_one(),
                    _ => {}
                }
            }
            _ = ping.tick() => {
                // The other connection as well, so that its state is known before somebody needs it.
                let _ = redis.ping().await;
                if let Err(error) = in_time(asking.ping::<redis::Value>()).await {
                    return error;
                }
            }
        }
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T, RedisError>>) -> Result<T, RedisError> {
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(super::timed_out()))
}
