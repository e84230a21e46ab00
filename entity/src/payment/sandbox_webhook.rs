//! Messages that the sandbox gateway will send, as a real provider would.

use sea_orm::entity::prelude::*;

/// One message to be posted when it is due.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sandbox_webhook")]
pub struct Model {
    /// The event's id; a duplicate repeats it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The event's id as sent.
    pub event_id: String,
    /// The intent.
    pub reference: String,
    /// `payment.updated` or `refund.updated`.
    pub kind: String,
    /// When to send it.
    pub due_at: DateTimeUtc,
    /// How often it was tried.
    pub attempts: i32,
    /// When the receiver answered 2xx.
    pub sent_at: Option<DateTimeUtc>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
