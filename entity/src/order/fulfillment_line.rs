//! What a shipment holds.

use sea_orm::entity::prelude::*;

use crate::ids::{FulfillmentId, FulfillmentLineId, OrderLineId};

/// Units of one order line in one shipment.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fulfillment_line")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FulfillmentLineId,
    /// The shipment.
    pub fulfillment_id: FulfillmentId,
    /// The order line.
    pub order_line_id: OrderLineId,
    /// Units.
    pub quantity: i64,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
