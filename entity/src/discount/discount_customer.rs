//! How often each customer uses each discount.

use sea_orm::entity::prelude::*;

use crate::ids::DiscountId;

/// One customer's uses of one discount.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discount_customer")]
pub struct Model {
    /// The discount.
    #[sea_orm(primary_key, auto_increment = false)]
    pub discount_id: DiscountId,
    /// Who: `account:` and the id of a customer, or `email:` and the folded address of an order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_key: String,
    /// By how many of their orders: the redemptions that were not given back.
    pub used: i64,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
