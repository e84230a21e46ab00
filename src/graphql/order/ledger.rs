//! The ledger of an order, for staff.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::money::Money;

use crate::{
    domain::ledger::{self, Account, Kind, Posted},
    graphql::{
        global_id,
        pagination::{Arguments, Connection, connection_of_list},
        scalars::{DateTime, MoneyV2},
    },
};

/// An account of an order's ledger. Debits are above zero, credits below; all accounts together are always zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Account", visible = "crate::graphql::guards::reads_payments")]
pub enum LedgerAccount {
    /// What the buyer owes for the order; below zero, what came for it and is not owed.
    Receivable,
    /// What was sold, with delivery and taxes: a credit.
    Sales,
    /// Money that gateways took and did not give back.
    Gateway,
    /// Money that is to go back by a gateway and did not yet: a credit. It stays while the gateway refuses.
    RefundPayable,
    /// What gift cards paid, less what went back to them.
    GiftCards,
    /// Money that gateways hold.
    Authorized,
    /// The counter-account of AUTHORIZED.
    Holds,
}

/// What happened to an order's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Kind", visible = "crate::graphql::guards::reads_payments")]
pub enum LedgerTransactionKind {
    /// The order was placed: its total is owed.
    Sale,
    /// What is owed for it became more or less.
    SaleChanged,
    /// It was canceled: what was still owed for it is not any more.
    SaleCanceled,
    /// A gateway holds money, or held it until it took it.
    Authorization,
    /// A gateway took money.
    Capture,
    /// A gateway gave up a hold, or what it held beyond what it took.
    Release,
    /// It was decided that money goes back.
    RefundDecided,
    /// A gateway gave it back.
    RefundSent,
    /// A gateway refused to give it back, and staff closed the refund: its amount can be refunded anew.
    RefundClosed,
    /// A gateway gave money back that this shop did not ask it to.
    RefundAtGateway,
    /// A gift card paid.
    GiftCardPayment,
    /// Money went back to a gift card.
    GiftCardRefund,
}

/// What became of an order's money, in double entry. Entries are added in the moment of the fact and never change; every
/// balance is their sum. Needs READ_PAYMENTS.
#[derive(Clone, Debug)]
pub struct OrderLedger(pub(super) Arc<Vec<Posted>>);

/// The balance of one account in one currency.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_payments")]
pub struct LedgerBalance {
    /// The account.
    account: LedgerAccount,
    /// The sum of its entries: a debit is above zero, a credit below.
    amount: MoneyV2,
}

/// What a fact did to one account.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_payments")]
pub struct LedgerEntry {
    /// The entry's id.
    id: ID,
    /// The account.
    account: LedgerAccount,
    /// How much: a debit is above zero, a credit below.
    amount: MoneyV2,
    /// What happened. The entries of one transaction sum to zero.
    transaction: LedgerTransaction,
}

/// A fact about an order's money, posted once.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_payments")]
pub struct LedgerTransaction {
    /// The transaction's id.
    id: ID,
    /// What happened.
    kind: LedgerTransactionKind,
    /// The payment that it is about; null when it is about none.
    payment_id: Option<ID>,
    /// The refund that it is about; null when it is about none.
    refund_id: Option<ID>,
    /// When it was posted.
    created_at: DateTime,
}

fn money(posted: &Posted) -> Money {
    Money::new(posted.entry.amount_minor, posted.entry.currency)
}

impl From<Posted> for LedgerEntry {
    fn from(posted: Posted) -> Self {
        let fact = &posted.transaction;
        Self {
            id: global_id::encode(posted.entry.id),
            account: posted.entry.account.into(),
            amount: money(&posted).into(),
            transaction: LedgerTransaction {
                id: global_id::encode(fact.id),
                kind: fact.kind.into(),
                payment_id: fact.payment_id.map(global_id::encode),
                refund_id: fact.refund_id.map(global_id::encode),
                created_at: fact.created_at.into(),
            },
        }
    }
}

/// What became of an order's money, in double entry. Entries are added in the moment of the fact and never change; every
/// balance is their sum. Needs READ_PAYMENTS.
#[Object(visible = "crate::graphql::guards::reads_payments")]
impl OrderLedger {
    /// The entries: the oldest transaction first, the entries of a transaction beside one another.
    async fn entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<LedgerEntry>> {
        let arguments = Arguments { first, last, after, before };
        connection_of_list(ctx, arguments, self.0.to_vec(), LedgerEntry::from)
    }

    /// The balance of each account that has entries, in the order of the enum.
    async fn balances(&self) -> Vec<LedgerBalance> {
        let balances = ledger::balances(self.0.iter().map(|posted| (posted.entry.account, money(posted))));
        let balance =
            |(account, amount): (Account, Money)| LedgerBalance { account: account.into(), amount: amount.into() };
        balances.into_iter().map(balance).collect()
    }
}
