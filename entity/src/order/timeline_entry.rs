//! What a shopper may read of an order's history.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, TimelineEntryId};

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "timeline_entry")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TimelineEntryId,
    /// The order.
    pub order_id: OrderId,
    /// Order within the order, from 1.
    pub sequence: i32,
    /// The kind of event, such as `order.paid`.
    pub kind: String,
    /// One sentence for the shopper.
    pub message: String,
    /// When.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
