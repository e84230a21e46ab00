//! Carts and wish lists.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, CartAddressId, CartId, GiftCardId, OrderId};
use crate::{address::Attributes, money::Currency};
use serde::{Deserialize, Serialize};

/// Discount codes as the shopper entered them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sea_orm::FromJsonQueryResult)]
#[serde(transparent)]
pub struct DiscountCodes(pub Vec<String>);

/// Gift cards that are to pay, in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sea_orm::FromJsonQueryResult)]
#[serde(transparent)]
pub struct GiftCardIds(pub Vec<GiftCardId>);

/// The delivery options that the buyer chose, one for each address at most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sea_orm::FromJsonQueryResult)]
#[serde(transparent)]
pub struct DeliveryChoices(pub Vec<DeliveryChoice>);

/// A delivery option that the buyer chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryChoice {
    /// For what goes to this address; none is what goes to an address without a choice of its own.
    pub address: Option<CartAddressId>,
    /// The option's handle.
    pub handle: String,
}

/// What the buyer prefers, as told. Front ends read it; nothing here is decided by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sea_orm::FromJsonQueryResult)]
#[serde(default)]
pub struct Preferences {
    /// How to be delivered to.
    pub delivery: Option<DeliveryPreference>,
    /// Wallets to pay with, the preferred one first.
    pub wallet: Option<Vec<String>>,
}

/// How a buyer prefers to be delivered to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryPreference {
    /// Where about.
    pub coordinates: Option<Coordinates>,
    /// Codes of ways of delivery.
    pub methods: Vec<String>,
    /// Handles of places to pick up at.
    pub pickup_handles: Vec<String>,
}

/// A place on the map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coordinates {
    /// Latitude in ten-millionths of a degree (about a centimeter).
    pub latitude_e7: i64,
    /// Longitude in ten-millionths of a degree.
    pub longitude_e7: i64,
    /// Country (ISO 3166-1 alpha-2).
    pub country_code: String,
}

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
    /// What the buyer prefers.
    pub preferences: Option<Preferences>,
    /// Note of the buyer.
    pub note: Option<String>,
    /// Attributes of the front end.
    pub attributes: Attributes,
    /// Discount codes as entered.
    pub discount_codes: DiscountCodes,
    /// Delivery options as chosen. Whether they fit is decided at every quote.
    pub delivery_choices: DeliveryChoices,
    /// Gift cards that are to pay.
    pub gift_card_ids: GiftCardIds,
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
