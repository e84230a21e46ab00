//! Idempotency keys: which request a key was used for, whether it still runs, and what it was answered.

use sea_orm::entity::prelude::*;

use crate::ids::OrderId;

/// How far the request of a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum IdempotencyState {
    /// Somebody works on it, until `claimed_until` at least.
    InProgress,
    /// It was answered.
    Done,
}

/// One key.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_record")]
pub struct Model {
    /// Whose key: an account with its audience, a cart, or guests.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope: String,
    /// The client's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// A keyed hash of the request.
    pub request_hash: String,
    /// In progress or done.
    pub state: IdempotencyState,
    /// The attempt that works on it, or that answered it.
    pub holder: Uuid,
    /// After this, by the database's clock, another attempt may take it over.
    pub claimed_until: DateTimeUtc,
    /// The answer, byte for byte.
    pub response: Option<String>,
    /// The code that chooses the answer's HTTP status; nothing: 200.
    pub response_code: Option<String>,
    /// The order that the request was about.
    pub order_id: Option<OrderId>,
    /// When the key was first used.
    pub created_at: DateTimeUtc,
    /// When it was answered.
    pub completed_at: Option<DateTimeUtc>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
