//! How the shop charges taxes: one row.

use sea_orm::entity::prelude::*;

use super::tax_zone::PriceBasis;
use crate::ids::TaxZoneId;

/// What entered prices that contain taxes mean where the taxes are others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PricesAbroad {
    /// The gross price is the same everywhere.
    FixedGross,
    /// What the seller keeps is the same everywhere.
    FixedNet,
}

/// The settings.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_settings")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Whether the prices that staff enter contain the taxes of the home zone.
    pub entered: PriceBasis,
    /// The zone whose taxes are in entered prices.
    pub home_zone_id: Option<TaxZoneId>,
    /// What entered prices mean elsewhere.
    pub abroad: PricesAbroad,
    /// When they last changed.
    pub updated_at: Option<DateTimeUtc>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
