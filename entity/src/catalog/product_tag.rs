//! The tags of products.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::ProductId;

/// One tag of one product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "product_tag")]
pub struct Model {
    /// The product.
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    /// The tag folded: tags that differ in case are one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag_key: String,
    /// The tag as written.
    pub tag: String,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
