//! What was given up until a person decides.

use chrono::{DateTime, Utc};
use entity::ids::{EventDeliveryId, NotificationId, PaymentId, RefundId, WebhookEventId};

/// Which parked item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParkedId {
    /// An event that a sink refuses.
    Delivery(EventDeliveryId),
    /// A gateway's message that could not be worked on.
    Message(WebhookEventId),
    /// Money that could not be sent back.
    Refund(RefundId),
    /// A payment that could not be given up.
    Reversal(PaymentId),
    /// A mail that no mail server takes.
    Mail(NotificationId),
}

/// One parked item, as a person needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedItem {
    /// Which.
    pub id: ParkedId,
    /// Who would not take it: the sink, the gateway or the mail server.
    pub target: String,
    /// What it is: an event's type and subject, a gateway's reference.
    pub about: String,
    /// How often it was tried.
    pub attempts: i32,
    /// Why the last attempt failed, if that is on record.
    pub last_error: Option<String>,
    /// Since when it waits: parked, received or made.
    pub since: DateTime<Utc>,
    /// When it is tried again by itself, if it is.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// How many wait behind it.
    pub waiting: i64,
}
