//! Lines of carts.

use sea_orm::entity::prelude::*;

use crate::address::Attributes;
use crate::ids::{CartId, CartLineId, VariantId};

/// One line: a variant with its attributes. Equal ones are one line.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cart_line")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CartLineId,
    /// The cart.
    pub cart_id: CartId,
    /// The variant.
    pub variant_id: VariantId,
    /// Units, 1 to 999.
    pub quantity: i32,
    /// Attributes of the front end.
    pub attributes: Attributes,
    /// Canonical text of the attributes: (cart, variant, key) is unique.
    pub attributes_key: String,
    /// When it was made: the order of the lines.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
