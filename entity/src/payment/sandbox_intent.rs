//! The sandbox gateway's own book. The shop never reads it.

use sea_orm::entity::prelude::*;

use crate::money::Currency;

/// One payment as the sandbox bank sees it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sandbox_intent")]
pub struct Model {
    /// The sandbox's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reference: String,
    /// The caller's idempotency key: one key, one intent.
    pub idempotency_key: String,
    /// The test token.
    pub token: String,
    /// What was asked for.
    pub amount_minor: i64,
    /// Currency.
    pub currency: Currency,
    /// Where it stands: `processing`, `requires_action`, `authorized`, `captured`, `failed`, `voided`.
    pub status: String,
    /// Held.
    pub authorized_minor: i64,
    /// Taken.
    pub captured_minor: i64,
    /// Given back.
    pub refunded_minor: i64,
    /// Whether to take the money at once.
    pub auto_capture: bool,
    /// Where to send the shopper back to.
    pub return_url: Option<String>,
    /// Why it failed.
    pub failure_code: Option<String>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
