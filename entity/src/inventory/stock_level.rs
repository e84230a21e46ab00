//! Stock of each variant at each location.

use sea_orm::entity::prelude::*;

use crate::ids::{LocationId, VariantId};

/// Stock of one variant at one location. Available is `on_hand - reserved`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_level")]
pub struct Model {
    /// The variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    /// The location.
    #[sea_orm(primary_key, auto_increment = false)]
    pub location_id: LocationId,
    /// Units there.
    pub on_hand: i64,
    /// Units of those that are held for orders whose payment is awaited.
    pub reserved: i64,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
