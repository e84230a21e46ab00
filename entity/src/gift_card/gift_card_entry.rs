//! The ledger of gift cards: every change of a balance, for ever.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, GiftCardEntryId, GiftCardId, OrderId};

/// Why a balance changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GiftCardEntryKind {
    /// The card was made.
    Issued,
    /// It paid for an order.
    Used,
    /// An order that it paid for came to nothing.
    GivenBack,
    /// Money of an order that it paid for was refunded.
    Refunded,
    /// Staff put money on it.
    Credited,
    /// Staff, or the cancellation of the order that sold it, took money off it.
    Debited,
}

/// One change of a balance. It is written in the transaction that changes the balance.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gift_card_entry")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GiftCardEntryId,
    /// The card.
    pub gift_card_id: GiftCardId,
    /// Why.
    pub kind: GiftCardEntryKind,
    /// By how much, minor units; below zero what it paid.
    pub amount_minor: i64,
    /// The order it paid for, or that sold it.
    pub order_id: Option<OrderId>,
    /// The order's how many-th use of the card: from 1, odd when taken, even when given back. Unique with both, so that nothing is
    /// taken or given back twice.
    pub turn: Option<i32>,
    /// The refund, whatever table it stands in. Unique with the card.
    pub refund_id: Option<Uuid>,
    /// The staff member.
    pub account_id: Option<AccountId>,
    /// Staff's reason.
    pub note: Option<String>,
    /// When.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
