//! Gift cards: money that was paid before, or given.

use sea_orm::entity::prelude::*;

use crate::{
    ids::{AccountId, GiftCardId, OrderId, OrderLineId},
    money::Currency,
};

/// One card. Its code stands nowhere: what is kept is a keyed hash of it, which finds the card.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gift_card")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GiftCardId,
    /// The code's hash under a key of the shop's; unique.
    pub code_hash: String,
    /// The last four characters of the code, by which people tell cards apart.
    pub last_characters: String,
    /// Its currency. It pays only orders in the same.
    pub currency: Currency,
    /// What it was issued with, minor units.
    pub initial_minor: i64,
    /// What is left on it, minor units: always the sum of its entries, never below zero.
    pub balance_minor: i64,
    /// From when on it pays no more.
    pub expires_at: Option<DateTimeUtc>,
    /// When staff, or the cancellation of the order that sold it, ended it.
    pub disabled_at: Option<DateTimeUtc>,
    /// Staff's note.
    pub note: Option<String>,
    /// To whom its code was mailed.
    pub recipient_email: Option<String>,
    /// The customer it was issued for.
    pub customer_id: Option<AccountId>,
    /// The order that sold it.
    pub order_id: Option<OrderId>,
    /// The line of that order.
    pub order_line_id: Option<OrderLineId>,
    /// Which unit of the line, from 1. Unique with the line, so that a unit gives one card.
    pub unit: Option<i32>,
    /// When it was issued.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
