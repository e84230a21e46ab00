//! Prices of price lists.

use sea_orm::entity::prelude::*;

use crate::ids::{PriceListId, VariantId};

/// The price of one variant in one list, from a quantity on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list_price")]
pub struct Model {
    /// The list, whose currency it is in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub price_list_id: PriceListId,
    /// The variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    /// From how many units on it counts, at least 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub minimum_quantity: i32,
    /// Price of one unit in minor units.
    pub amount_minor: i64,
    /// Former price in minor units, shown when higher.
    pub compare_at_minor: Option<i64>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
