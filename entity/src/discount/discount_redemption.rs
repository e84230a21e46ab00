//! Uses of discounts by orders.

use sea_orm::entity::prelude::*;

use crate::ids::{DiscountId, DiscountRedemptionId, OrderId};

/// One use: an order has a discount at most once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discount_redemption")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DiscountRedemptionId,
    /// The discount.
    pub discount_id: DiscountId,
    /// The order.
    pub order_id: OrderId,
    /// Who: the keys in the table of customers' uses, with a space between them.
    pub customer_key: String,
    /// When it was taken.
    pub created_at: DateTimeUtc,
    /// When it was given back, because the order was given up before it was sent; it does not count since.
    pub returned_at: Option<DateTimeUtc>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
