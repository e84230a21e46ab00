//! Codes of discounts.

use sea_orm::entity::prelude::*;

use crate::ids::{DiscountCodeId, DiscountId};

/// One code of one discount.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discount_code")]
pub struct Model {
    /// Id: the order of the codes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DiscountCodeId,
    /// The discount.
    pub discount_id: DiscountId,
    /// The code as staff wrote it.
    pub code: String,
    /// The folded code, unique in the shop.
    pub code_key: String,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
