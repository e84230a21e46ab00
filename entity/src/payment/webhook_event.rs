//! The inbox: what gateways told us, stored before it is believed.

use sea_orm::entity::prelude::*;

use crate::ids::WebhookEventId;

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WebhookState {
    /// Stored, not looked at.
    Received,
    /// Its payment was fetched and settled.
    Processed,
    /// It speaks of nothing of ours.
    Ignored,
    /// Given up after many tries.
    Failed,
}

/// One message, unique by (gateway, provider event).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_event")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookEventId,
    /// Which gateway.
    pub gateway: String,
    /// The gateway's id of the message.
    pub provider_event_id: String,
    /// The payment it speaks of, the gateway's id.
    pub provider_reference: String,
    /// The body as it came.
    pub payload: String,
    /// Where it stands.
    pub state: WebhookState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it may be tried again.
    pub next_attempt_at: DateTimeUtc,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it came.
    pub received_at: DateTimeUtc,
    /// When it was done.
    pub processed_at: Option<DateTimeUtc>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
