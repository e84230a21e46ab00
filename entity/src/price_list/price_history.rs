//! What variants cost before.

use sea_orm::entity::prelude::*;

use crate::{
    ids::{PriceListId, VariantId},
    money::Currency,
};

/// The price of one unit from one moment on, until the next row of the same variant, currency and list.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_history")]
pub struct Model {
    /// Grows with every row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The variant.
    pub variant_id: VariantId,
    /// The currency.
    pub currency: Currency,
    /// The list whose price it is, which may be gone; `None`: the variant's own price.
    pub price_list_id: Option<PriceListId>,
    /// Price of one unit in minor units; `None`: the list had none any more.
    pub amount_minor: Option<i64>,
    /// Since when.
    pub since: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
