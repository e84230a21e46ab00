//! What a durable consumer of events looks like: a broker, a file, another server.

use std::fmt;

use chrono::SecondsFormat;
use serde_json::json;

use super::Published;

/// Why a sink did not take an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryError {
    /// The sink will not have this event: it is tried again some times and then parked, the others flow.
    Refused(String),
    /// The sink cannot take any event now: everything waits, nothing is parked.
    Unavailable(String),
}

impl fmt::Display for DeliveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "the event was refused: {why}"),
            Self::Unavailable(why) => write!(f, "nothing can be delivered: {why}"),
        }
    }
}

impl std::error::Error for DeliveryError {}

/// A durable consumer of events beside this server's own watchers. It gets each event at least once, and those of one
/// subject in order.
#[async_trait::async_trait]
pub trait EventSink: fmt::Debug + Send + Sync {
    /// Its name: under it the database remembers how far it is.
    fn name(&self) -> &str;

    /// Forgets what it took and did not make durable: a round was dropped halfway, and perhaps another process went on since.
    /// Each round begins with it.
    async fn forget(&self) {}

    /// Takes one event.
    ///
    /// # Errors
    /// See [`DeliveryError`].
    async fn deliver(&self, event: &Published) -> Result<(), DeliveryError>;

    /// Makes everything taken so far durable. Nothing counts as delivered before.
    ///
    /// # Errors
    /// `Unavailable`; what was taken since the last time comes again.
    async fn flush(&self) -> Result<(), DeliveryError> {
        Ok(())
    }
}

impl Published {
    /// The event as consumers outside read it; `docs/events.md` describes it.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        json!({
            "id": self.id,
            "type": self.kind,
            "subject": {
                "type": self.subject_type,
                "id": self.subject_id,
                "sequence": self.subject_sequence,
            },
            "cursor": self.cursor,
            "occurredAt": self.created_at.to_rfc3339_opts(SecondsFormat::Micros, true),
            "data": self.data,
        })
    }
}
