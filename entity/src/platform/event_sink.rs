//! Where events are delivered to, beside this server's own watchers.

use sea_orm::entity::prelude::*;

/// One sink and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_sink")]
pub struct Model {
    /// Its name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Every event up to this cursor was delivered or is an exception in `event_delivery`.
    pub position: i64,
    /// When a process last said that it delivers to it, give or take an hour.
    pub seen_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
