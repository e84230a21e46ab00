//! Events added to a Redis stream, for consumers that read with groups of their own.

use redis::{ErrorKind, pipe};
use tokio::sync::Mutex;

use crate::platform::{
    outbox::{DeliveryError, EventSink, Published},
    redis::Redis,
};

/// Adds events to a stream, which is trimmed to about `length` entries.
#[derive(Debug)]
pub struct StreamSink {
    redis: Redis,
    key: String,
    length: u64,
    /// Taken, and not yet sent: type, subject and document of each.
    taken: Mutex<Vec<[String; 3]>>,
}

impl StreamSink {
    /// Adds to the stream with this key.
    #[must_use]
    pub fn new(redis: Redis, key: String, length: u64) -> Self {
        Self { redis, key, length, taken: Mutex::default() }
    }
}

#[async_trait::async_trait]
impl EventSink for StreamSink {
    fn name(&self) -> &str {
        "stream"
    }

    async fn forget(&self) {
        self.taken.lock().await.clear();
    }

    async fn deliver(&self, event: &Published) -> Result<(), DeliveryError> {
        let subject = format!("{}/{}", event.subject_type, event.subject_id);
        self.taken.lock().await.push([event.kind.clone(), subject, event.to_json().to_string()]);
        Ok(())
    }

    async fn flush(&self) -> Result<(), DeliveryError> {
        // Taken out for good: what is not sent now comes again.
        let taken = std::mem::take(&mut *self.taken.lock().await);
        if taken.is_empty() {
            return Ok(());
        }
        // All or none: an event that fails must not be overtaken by the next one of its subject.
        let mut batch = pipe();
        batch.atomic();
        for [kind, subject, document] in &taken {
            let add = batch.cmd("XADD").arg(&self.key).arg("MAXLEN").arg("~").arg(self.length).arg("*");
            add.arg("type").arg(kind).arg("subject").arg(subject).arg("event").arg(document).ignore();
        }
        let sent = self.redis.run(async |mut connection| match batch.query_async::<()>(&mut connection).await {
            Ok(()) => Ok(None),
            // It is there and says no; that says nothing of the connection.
            Err(error) if is_a_reply(error.kind()) => Ok(Some(error.to_string())),
            Err(error) => Err(error),
        });
        match sent.await {
            Ok(None) => Ok(()),
            Ok(Some(reply)) => Err(DeliveryError::Unavailable(format!("the stream {}: {reply}", self.key))),
            Err(_) => Err(DeliveryError::Unavailable("Redis does not answer".to_owned())),
        }
    }
}

fn is_a_reply(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Server(_) | ErrorKind::Extension)
}
