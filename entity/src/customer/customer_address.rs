//! Addresses that customers keep.

use sea_orm::entity::prelude::*;

use crate::address::Address;
use crate::ids::{AccountId, CustomerAddressId};

/// One address of one customer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_address")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerAddressId,
    /// Whose it is.
    pub account_id: AccountId,
    /// The address.
    pub address: Address,
    /// Whether it is the one to begin with; one of a customer's at most.
    pub is_default: bool,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
