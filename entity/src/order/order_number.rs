//! The source of order numbers: an automatic key, so that no two orders wait for one counter.

use sea_orm::entity::prelude::*;

/// One number that was handed out.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_number")]
pub struct Model {
    /// The automatic key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// When.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
