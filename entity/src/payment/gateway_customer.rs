//! Customers as gateways know them.

use sea_orm::entity::prelude::*;

use crate::ids::AccountId;

/// A customer at a gateway: there the ways to pay are kept that the customer wanted to be remembered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gateway_customer")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which gateway.
    pub gateway: String,
    /// Our account.
    pub account_id: AccountId,
    /// The gateway's own id of it.
    pub reference: String,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
