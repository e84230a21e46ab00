//! Every query of the ledger.

use std::collections::HashMap;

use entity::{
    ids::{LedgerTransactionId, OrderId, PaymentId},
    ledger::{
        ledger_entry::{self, LedgerAccount as Account},
        ledger_transaction,
    },
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef,
};

use super::{Entry, Sums, Transaction};
use crate::platform::batch::padded;

/// From an entry to its fact.
fn its_fact() -> RelationDef {
    let facts = ledger_entry::Entity::belongs_to(ledger_transaction::Entity);
    facts.from(ledger_entry::Column::TransactionId).to(ledger_transaction::Column::Id).into()
}

/// An entry with its fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The fact.
    pub transaction: Transaction,
    /// What it did to one account.
    pub entry: Entry,
    /// The fact's order.
    pub order_id: OrderId,
}

/// The entries of some orders: the oldest fact first, the entries of a fact as they were posted.
///
/// # Errors
/// The database's.
pub async fn entries_of(db: &impl ConnectionTrait, orders: &[OrderId]) -> Result<Vec<Posted>, DbErr> {
    let facts = ledger_transaction::Entity::find()
        .filter(ledger_transaction::Column::OrderId.is_in(padded(orders.iter().copied())))
        .order_by_asc(ledger_transaction::Column::CreatedAt)
        .order_by_asc(ledger_transaction::Column::Id)
        .all(db)
        .await?;
    if facts.is_empty() {
        return Ok(Vec::new());
    }
    let ids = padded(facts.iter().map(|fact| fact.id));
    let entries = ledger_entry::Entity::find().filter(ledger_entry::Column::TransactionId.is_in(ids));
    let entries = entries.order_by_asc(ledger_entry::Column::Id).all(db).await?;
    let mut by_fact: HashMap<LedgerTransactionId, Vec<Entry>> = HashMap::new();
    for entry in entries {
        by_fact.entry(entry.transaction_id).or_default().push(entry);
    }
    let posted = facts.into_iter().flat_map(|fact| {
        let entries = by_fact.remove(&fact.id).unwrap_or_default();
        entries.into_iter().map(move |entry| Posted { order_id: fact.order_id, transaction: fact.clone(), entry })
    });
    Ok(posted.collect())
}

/// What the ledger says of some payments; those that it has nothing of are zero.
///
/// # Errors
/// The database's.
pub async fn sums_of_payments(db: &impl ConnectionTrait, ids: &[PaymentId]) -> Result<HashMap<PaymentId, Sums>, DbErr> {
    let mut sums: HashMap<PaymentId, Sums> = ids.iter().map(|id| (*id, Sums::default())).collect();
    if ids.is_empty() {
        return Ok(sums);
    }
    let entries: Vec<(PaymentId, Account, i64)> = ledger_entry::Entity::find()
        .select_only()
        .column(ledger_transaction::Column::PaymentId)
        .columns([ledger_entry::Column::Account, ledger_entry::Column::AmountMinor])
        .join(JoinType::InnerJoin, its_fact())
        .filter(ledger_transaction::Column::PaymentId.is_in(padded(ids.iter().copied())))
        .into_tuple()
        .all(db)
        .await?;
    for (id, account, minor) in entries {
        sums.entry(id).or_default().add(account, minor);
    }
    Ok(sums)
}

/// What the gateway of a payment holds, as the ledger says.
///
/// # Errors
/// The database's.
pub async fn held(db: &impl ConnectionTrait, id: PaymentId) -> Result<i64, DbErr> {
    Ok(sums_of_payments(db, &[id]).await?.remove(&id).unwrap_or_default().held)
}

/// The balance of an account of an order whose row is locked: a debit is above zero, a credit below.
///
/// # Errors
/// The database's.
pub async fn balance_of_order(db: &impl ConnectionTrait, id: OrderId, account: Account) -> Result<i64, DbErr> {
    let entries: Vec<i64> = ledger_entry::Entity::find()
        .select_only()
        .column(ledger_entry::Column::AmountMinor)
        .join(JoinType::InnerJoin, its_fact())
        .filter(ledger_transaction::Column::OrderId.eq(id))
        .filter(ledger_entry::Column::Account.eq(account))
        .into_tuple()
        .all(db)
        .await?;
    Ok(entries.iter().fold(0_i64, |sum, minor| sum.saturating_add(*minor)))
}
