//! Orders: a snapshot of what was bought, and three status axes.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, CartId, OrderId};
use crate::{
    address::{Address, Attributes},
    money::Currency,
};

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderStatus {
    /// Stock is held, the payment is awaited.
    PendingPayment,
    /// Paid or authorised; staff can ship it.
    Processing,
    /// Everything was delivered.
    Completed,
    /// Given up.
    Canceled,
}

/// Where an order's money stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FinancialStatus {
    /// Nothing was paid.
    Pending,
    /// The money is held for us.
    Authorized,
    /// Part of it was captured.
    PartiallyPaid,
    /// All of it was captured.
    Paid,
    /// Part of it went back.
    PartiallyRefunded,
    /// All of it went back.
    Refunded,
    /// The hold on the money was given up.
    Voided,
    /// The time to pay passed.
    Expired,
}

/// Where an order's parcels stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FulfillmentStatus {
    /// Nothing was sent.
    Unfulfilled,
    /// It is being packed.
    InProgress,
    /// Part of it was sent.
    PartiallyFulfilled,
    /// All of it was sent.
    Fulfilled,
    /// Staff stopped it.
    OnHold,
    /// All of it arrived.
    Delivered,
}

/// Why an order was canceled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CancelReason {
    /// The shopper asked for it.
    Customer,
    /// Staff did it.
    Staff,
    /// Something was not there.
    Inventory,
    /// The payment failed.
    Declined,
    /// The time to pay passed.
    Expired,
    /// The cart was edited while the payment pended.
    CartChanged,
    /// Another reason.
    Other,
}

/// How the parts of an order are delivered. What that costs stands in its quote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sea_orm::FromJsonQueryResult)]
#[serde(transparent)]
pub struct Deliveries(pub Vec<Delivery>);

/// A delivery option as the buyer was told of it. Staff may change or remove it later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delivery {
    /// Its handle.
    pub handle: String,
    /// Its name, for people.
    pub title: String,
    /// What buyers should know of it.
    pub description: Option<String>,
    /// Where it is collected; none is sent.
    pub pickup: Option<Address>,
}

/// One order. Money in minor units of `currency`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderId,
    /// Number for people, unique, growing, with gaps.
    pub number: i64,
    /// The customer, when signed in.
    pub account_id: Option<AccountId>,
    /// The cart it came from.
    pub cart_id: CartId,
    /// Buyer's e-mail address.
    pub email: String,
    /// Buyer's phone.
    pub phone: Option<String>,
    /// Currency of every amount.
    pub currency: Currency,
    /// What the lines cost before discounts.
    pub subtotal_minor: i64,
    /// What discounts take off the lines.
    pub discount_minor: i64,
    /// Shipping.
    pub shipping_minor: i64,
    /// Tax added to the total.
    pub tax_minor: i64,
    /// What is owed.
    pub total_minor: i64,
    /// What of the total gift cards pay.
    pub gift_card_minor: i64,
    /// Taxes that are inside the prices.
    pub tax_included_minor: i64,
    /// Where the order stands.
    pub status: OrderStatus,
    /// Where its money stands.
    pub financial_status: FinancialStatus,
    /// Where its parcels stand.
    pub fulfillment_status: FulfillmentStatus,
    /// Where to.
    pub shipping_address: Option<Address>,
    /// How it is delivered, as the buyer was told; none when nothing of it is, and where the shop had no delivery rules.
    pub deliveries: Option<Deliveries>,
    /// Who pays.
    pub billing_address: Option<Address>,
    /// Note of the buyer.
    pub note: Option<String>,
    /// Attributes of the front end.
    pub attributes: Attributes,
    /// Until when stock is held for the payment.
    pub reserved_until: DateTimeUtc,
    /// Why it was canceled.
    pub cancel_reason: Option<CancelReason>,
    /// Grows by one with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When its payment was accepted.
    pub placed_at: Option<DateTimeUtc>,
    /// When it was canceled.
    pub canceled_at: Option<DateTimeUtc>,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Model {
    /// What has to come through a gateway: the total without what gift cards pay.
    #[must_use]
    pub fn owed_minor(&self) -> i64 {
        self.total_minor - self.gift_card_minor
    }
}

impl ActiveModelBehavior for ActiveModel {}
