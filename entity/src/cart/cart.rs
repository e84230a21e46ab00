//! Carts and wish lists.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, CartId, OrderId};
use crate::{address::Attributes, money::Currency};
use serde::{Deserialize, Serialize};

/// Discount codes as the shopper entered them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sea_orm::FromJsonQueryResult)]
#[serde(transparent)]
pub struct DiscountCodes(pub Vec<String>);

/// What a cart is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CartKind {
    /// To be bought.
    Cart,
    /// To be remembered.
    Wishlist,
}

/// Whether a cart can be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CartStatus {
    /// Open.
    Active,
    /// A payment pends; an edit cancels it.
    Locked,
    /// Ordered and paid: gone for its shopper.
    Ordered,
    /// Emptied into another cart at sign-in: gone.
    Merged,
}

/// One cart. Who knows its signed id has it; `account_id` adds it to a customer's carts.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cart")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CartId,
    /// The customer whose cart it is.
    pub account_id: Option<AccountId>,
    /// Name given by the customer.
    pub name: Option<String>,
    /// Cart or wish list.
    pub kind: CartKind,
    /// Open, locked by a pending payment, or ordered.
    pub status: CartStatus,
    /// The order that pends or was placed.
    pub order_id: Option<OrderId>,
    /// Currency of its prices.
    pub currency: Currency,
    /// Buyer's country (ISO 3166-1 alpha-2).
    pub country_code: Option<String>,
    /// Buyer's e-mail address.
    pub email: Option<String>,
    /// Buyer's phone.
    pub phone: Option<String>,
    /// Note of the buyer.
    pub note: Option<String>,
    /// Attributes of the front end.
    pub attributes: Attributes,
    /// Discount codes as entered.
    pub discount_codes: DiscountCodes,
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
