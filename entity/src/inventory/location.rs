//! Places that hold stock.

use sea_orm::entity::prelude::*;

use crate::ids::LocationId;

/// One location.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "location")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LocationId,
    /// Name.
    pub name: String,
    /// Order in which locations are asked for stock, from 1.
    pub priority: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
