//! What a fact did to accounts.

use sea_orm::entity::prelude::*;

use crate::ids::{LedgerEntryId, LedgerTransactionId};
use crate::money::Currency;

/// An account of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LedgerAccount {
    /// What the buyer owes for the order; below zero what came for it and is not owed.
    Receivable,
    /// What was sold, with delivery and taxes: a credit, so below zero.
    Sales,
    /// Money that gateways took and did not give back.
    Gateway,
    /// Money that is to go back by a gateway and did not yet: a credit.
    RefundPayable,
    /// What gift cards paid: a debit.
    GiftCards,
    /// Money that gateways hold for the shop. It is nobody's yet, so it has a counter-account of its own.
    Authorized,
    /// The counter-account of `Authorized`.
    Holds,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_entry")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LedgerEntryId,
    /// The fact.
    pub transaction_id: LedgerTransactionId,
    /// The account.
    pub account: LedgerAccount,
    /// Currency of the amount.
    pub currency: Currency,
    /// Minor units: above zero a debit, below zero a credit, never zero.
    pub amount_minor: i64,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
