//! Policies of the shop.

use sea_orm::entity::prelude::*;

use crate::ids::ShopPolicyId;

/// Which policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum PolicyKind {
    /// What becomes of personal data.
    #[sea_orm(string_value = "PRIVACY_POLICY")]
    Privacy,
    /// What can be sent back.
    #[sea_orm(string_value = "REFUND_POLICY")]
    Refund,
    /// How things are sent.
    #[sea_orm(string_value = "SHIPPING_POLICY")]
    Shipping,
    /// How subscriptions are canceled.
    #[sea_orm(string_value = "SUBSCRIPTION_POLICY")]
    Subscription,
    /// The terms of sale.
    #[sea_orm(string_value = "TERMS_OF_SERVICE")]
    TermsOfService,
}

/// One policy. A shop without it has no row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shop_policy")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShopPolicyId,
    /// Which one; unique.
    pub kind: PolicyKind,
    /// Sanitised HTML.
    pub body_html: String,
    /// Grows by one with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
