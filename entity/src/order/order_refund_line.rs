//! The units of refunds.

use sea_orm::entity::prelude::*;

use crate::ids::{LocationId, OrderLineId, OrderRefundId, OrderRefundLineId};

/// What becomes of units whose money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RestockType {
    /// They were sent and came back: stock grows.
    Return,
    /// They were not sent and will not be: stock grows, and fewer are to be sent.
    Cancel,
    /// Nothing.
    NoRestock,
}

/// Units of one order line in one refund. Amounts in minor units of the order's currency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_refund_line")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderRefundLineId,
    /// The refund.
    pub order_refund_id: OrderRefundId,
    /// The order line.
    pub order_line_id: OrderLineId,
    /// Units.
    pub quantity: i64,
    /// What they cost before discounts.
    pub subtotal_minor: i64,
    /// What had been taken off them.
    pub discount_minor: i64,
    /// Their added taxes.
    pub tax_minor: i64,
    /// What becomes of them.
    pub restock_type: RestockType,
    /// Where they are put; nothing unless stock grows.
    pub location_id: Option<LocationId>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
