//! Attempts to pay orders.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, PaymentId};
use crate::money::Currency;

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentStatus {
    /// The gateway was or will be asked; the outcome is not known yet.
    Pending,
    /// The shopper has to do something first.
    RequiresAction,
    /// The money is held for us.
    Authorized,
    /// The money is ours.
    Captured,
    /// Declined or given up.
    Failed,
    /// The hold was given up.
    Voided,
    /// All of it went back.
    Refunded,
}

/// When the money is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaptureMethod {
    /// At once.
    Automatic,
    /// When staff capture it.
    Manual,
}

/// One attempt. Amounts in minor units.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment")]
pub struct Model {
    /// Id; also the idempotency key of the gateway call.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaymentId,
    /// The order.
    pub order_id: OrderId,
    /// What it pays: nothing is what the order was placed for, a number is what the edit of that revision made it cost more.
    pub balance_revision: Option<i32>,
    /// Which gateway.
    pub gateway: String,
    /// The gateway's own id of it.
    pub provider_reference: Option<String>,
    /// Where it stands.
    pub status: PaymentStatus,
    /// Currency of every amount.
    pub currency: Currency,
    /// What is asked for.
    pub amount_minor: i64,
    /// What the gateway holds or held for us.
    pub authorized_minor: i64,
    /// What was taken.
    pub captured_minor: i64,
    /// What went back.
    pub refunded_minor: i64,
    /// Whether to take the money at once or when staff say so.
    pub capture_method: CaptureMethod,
    /// The token of the front end, until the gateway was called.
    pub token: Option<String>,
    /// With it the front end's payment form pays, while the payment is open.
    pub client_secret: Option<String>,
    /// Whether the gateway is asked to remember the way to pay for the customer.
    pub save_method: bool,
    /// Where the gateway sends the shopper back to.
    pub return_url: Option<String>,
    /// Where the shopper has to go now.
    pub next_action_url: Option<String>,
    /// Why it failed, our code.
    pub failure_code: Option<String>,
    /// Why it failed, for the shopper.
    pub failure_message: Option<String>,
    /// Set when a person has to look at it: what was wrong.
    pub flag: Option<String>,
    /// The client's idempotency key of this attempt.
    pub idempotency_key: Option<String>,
    /// Hash of the request that came with the key.
    pub request_hash: Option<String>,
    /// Whether the gateway still has to be told to void or refund it.
    pub reversal_due: bool,
    /// How often that was tried without success.
    pub reversal_attempts: i32,
    /// When it may be tried again; nothing means at once.
    pub reversal_next_at: Option<DateTimeUtc>,
    /// Grows by one with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Model {
    /// Whether this is what a client began with this key and this request.
    #[must_use]
    pub fn is_attempt(&self, key: &str, request_hash: &str) -> bool {
        self.idempotency_key.as_deref() == Some(key) && self.request_hash.as_deref() == Some(request_hash)
    }
}

impl ActiveModelBehavior for ActiveModel {}
