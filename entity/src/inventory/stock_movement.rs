//! Every change of stock, never updated.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, LocationId, MovementId, VariantId};

/// Why stock changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MovementReason {
    /// First count of a new variant.
    Initial,
    /// Counted or corrected by staff.
    Adjust,
    /// Delivered by a supplier.
    Receive,
    /// Set by a product import.
    Import,
    /// Held for an order.
    Reserve,
    /// Hold given up.
    Release,
    /// Taken for a paid order.
    Sale,
    /// Put back by a cancellation, or a refund of what was not sent.
    Cancel,
    /// Came back after it was sent.
    Return,
}

/// One change. The movements of a variant sum to its `on_hand` and `reserved`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_movement")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MovementId,
    /// The variant.
    pub variant_id: VariantId,
    /// The location.
    pub location_id: LocationId,
    /// Change of `on_hand`.
    pub on_hand_delta: i64,
    /// Change of `reserved`.
    pub reserved_delta: i64,
    /// Why.
    pub reason: MovementReason,
    /// The order line or import that caused it.
    pub reference_id: Option<Uuid>,
    /// The staff member who did it.
    pub account_id: Option<AccountId>,
    /// When.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
