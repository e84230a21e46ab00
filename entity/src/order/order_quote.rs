//! The quotes of orders: how their prices, discounts, delivery and taxes were counted.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, OrderId, OrderQuoteId};

/// A quote of an order. The one of the highest revision counts; earlier ones are from before its edits.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_quote")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderQuoteId,
    /// The order.
    pub order_id: OrderId,
    /// From 1; unique within the order.
    pub revision: i32,
    /// What the pricing engine answered, its lines called by the order's.
    #[sea_orm(column_type = "JsonBinary")]
    pub quote: Json,
    /// What of the cart an edit needs again; nothing for quotes from before it was kept.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub basis: Option<Json>,
    /// The staff member who edited the order; nothing for the quote that it was placed with.
    pub account_id: Option<AccountId>,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
