//! Stock held for orders, with a time limit.

use sea_orm::entity::prelude::*;

use crate::ids::{LocationId, OrderId, OrderLineId, ReservationId, VariantId};

/// Where a hold stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReservationStatus {
    /// Units are counted in `reserved`.
    Active,
    /// The order was paid: units left `on_hand`.
    Consumed,
    /// Given up because the order was canceled.
    Released,
    /// Given up because the time limit passed.
    Expired,
}

/// Stock held for one line of one order at one location.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reservation")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReservationId,
    /// The order.
    pub order_id: OrderId,
    /// Its line.
    pub order_line_id: OrderLineId,
    /// The variant.
    pub variant_id: VariantId,
    /// Where it is held.
    pub location_id: LocationId,
    /// Units.
    pub quantity: i64,
    /// Where it stands.
    pub status: ReservationStatus,
    /// When the hold ends (the database's clock).
    pub expires_at: DateTimeUtc,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
