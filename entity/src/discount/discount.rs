//! Discounts.

use sea_orm::entity::prelude::*;

pub use super::rule::{Effect, Eligibility, Minimum};
use crate::ids::DiscountId;

/// How a discount comes into a cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DiscountMethod {
    /// By itself.
    Automatic,
    /// By one of its codes.
    Code,
}

/// One discount.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discount")]
pub struct Model {
    /// Id. Older ones are smaller.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DiscountId,
    /// How shoppers see it.
    pub title: String,
    /// The folded title, for searches.
    pub title_key: String,
    /// How it comes into a cart.
    pub method: DiscountMethod,
    /// What it does.
    pub effect: Effect,
    /// Whether it may stand beside product discounts.
    pub with_product: bool,
    /// Whether it may stand beside order discounts.
    pub with_order: bool,
    /// Whether it may stand beside shipping discounts.
    pub with_shipping: bool,
    /// What has to be in the cart.
    pub minimum: Minimum,
    /// Who may use it.
    pub eligibility: Eligibility,
    /// The first moment at which it counts.
    pub starts_at: DateTimeUtc,
    /// The first moment at which it does not count any more.
    pub ends_at: Option<DateTimeUtc>,
    /// How often it may be used in all.
    pub usage_limit: Option<i64>,
    /// How often one customer may use it.
    pub limit_per_customer: Option<i64>,
    /// By how many orders it is used: the redemptions that were not given back.
    pub used: i64,
    /// Grows by one with every change by staff.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When staff last changed it.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
