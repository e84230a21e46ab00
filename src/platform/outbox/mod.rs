//! The outbox: facts written in the transaction that made them, published in one global order, followed with a cursor.
//!
//! `record` writes a fact, `relay` gives it its place in the global order once it is committed (commit order is not id
//! order: "id greater than the last seen" would lose rows), `tail` brings what is new to this process's bus, and
//! `follow` is what a watcher reads. `deliver` brings every event to the durable sinks, `exceptions` holds what a sink
//! did not take, `prune` lets old events go.

mod deliver;
mod exceptions;
mod follow;
mod prune;
mod record;
mod relay;
mod sink;
mod tail;

use chrono::{DateTime, Utc};
pub use deliver::{Deliverer, DeliveryRules};
use entity::platform::outbox_event;
pub use exceptions::{Exception, discard, events_of, parked, replay, waiting_behind};
pub use follow::{PAGE, Scope, follow, latest_cursor};
pub use prune::{deleted_up_to, expired, prune};
pub use record::{Fact, latest_sequence, record, record_many};
pub use relay::{oldest_unpublished, publish};
pub use sink::{DeliveryError, EventSink};
pub use tail::Tail;
use uuid::Uuid;

/// A published fact.
#[derive(Clone, Debug)]
pub struct Published {
    /// Place in the global order.
    pub cursor: i64,
    /// Id of the event.
    pub id: Uuid,
    /// Dotted name.
    pub kind: String,
    /// What it is about.
    pub subject_type: String,
    /// Which one.
    pub subject_id: Uuid,
    /// Its place among the subject's events.
    pub subject_sequence: i64,
    /// Details.
    pub data: serde_json::Value,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

impl Published {
    fn from_row(row: outbox_event::Model) -> Self {
        Self {
            cursor: row.cursor.unwrap_or(0),
            id: row.id.0,
            kind: row.kind,
            subject_type: row.subject_type,
            subject_id: row.subject_id,
            subject_sequence: row.subject_sequence,
            data: row.data,
            created_at: row.created_at,
        }
    }
}
