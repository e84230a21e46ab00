//! Addresses that moved.

use sea_orm::entity::prelude::*;

use crate::ids::UrlRedirectId;

/// One redirect.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "url_redirect")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UrlRedirectId,
    /// The old path.
    pub path: String,
    /// Where it leads now: a path of the shop, or an absolute address.
    pub target: String,
    /// The old path as it is compared; unique.
    pub path_key: String,
    /// The target as paths are compared; `None` for an absolute address.
    pub target_key: Option<String>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
