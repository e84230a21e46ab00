//! The options of a product (at most three): their names in order.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{ProductId, ProductOptionId};

/// One option. Its values are those of the variants, in the variants' order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "product_option")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductOptionId,
    /// The product.
    pub product_id: ProductId,
    /// 1, 2 or 3: which `optionN` of the variants holds its values.
    pub position: i32,
    /// Name, such as `Size`.
    pub name: String,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
