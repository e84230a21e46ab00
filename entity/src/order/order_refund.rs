//! Refunds that staff decided: which units, how much of delivery, and what beside.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, OrderId, OrderRefundId};

/// One decision. The money goes by rows of `refund` (gateways) and to gift cards. Amounts in minor units of the order's
/// currency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_refund")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderRefundId,
    /// The order.
    pub order_id: OrderId,
    /// The staff member who decided it.
    pub account_id: Option<AccountId>,
    /// What goes back together.
    pub total_minor: i64,
    /// What the units cost before discounts.
    pub subtotal_minor: i64,
    /// What had been taken off them.
    pub discount_minor: i64,
    /// Of what delivery cost, without added taxes.
    pub shipping_minor: i64,
    /// Added taxes of units and delivery.
    pub tax_minor: i64,
    /// What goes back beside units and delivery: above zero goodwill, below zero what they cost and went back before.
    pub adjustment_minor: i64,
    /// What of the total goes to gift cards.
    pub gift_card_minor: i64,
    /// Why, for staff.
    pub note: Option<String>,
    /// Whether the shopper gets a mail.
    pub notify: bool,
    /// When it was decided.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
