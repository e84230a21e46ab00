//! Shipments.

use sea_orm::entity::prelude::*;

use crate::ids::{FulfillmentId, OrderId};

/// Where a shipment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ShipmentStatus {
    /// Handed to the carrier.
    InTransit,
    /// Arrived.
    Delivered,
    /// Called back.
    Canceled,
}

/// One shipment of some lines of an order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fulfillment")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FulfillmentId,
    /// The order.
    pub order_id: OrderId,
    /// Order within the order, from 1.
    pub sequence: i32,
    /// Where it stands.
    pub status: ShipmentStatus,
    /// Carrier.
    pub tracking_company: Option<String>,
    /// Tracking number.
    pub tracking_number: Option<String>,
    /// Page that shows where it is.
    pub tracking_url: Option<String>,
    /// When it was sent.
    pub created_at: DateTimeUtc,
    /// When it arrived.
    pub delivered_at: Option<DateTimeUtc>,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
