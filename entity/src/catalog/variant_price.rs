//! Prices of variants, one a currency.

use sea_orm::entity::prelude::*;

use crate::ids::VariantId;
use crate::money::Currency;

/// The price of one variant in one currency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variant_price")]
pub struct Model {
    /// The variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    /// The currency.
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    /// Price in minor units.
    pub amount_minor: i64,
    /// Former price in minor units, shown when higher.
    pub compare_at_minor: Option<i64>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
