//! Delivery addresses of carts.

use sea_orm::entity::prelude::*;

use crate::address::Address;
use crate::ids::{CartAddressId, CartId};

/// One delivery address of one cart.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cart_address")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CartAddressId,
    /// The cart.
    pub cart_id: CartId,
    /// The address.
    pub address: Address,
    /// Whether the cart is to be sent there.
    pub selected: bool,
    /// Whether it is for this cart only and not to be remembered for the customer.
    pub one_time_use: bool,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
