//! Posting: a fact and its entries, in the transaction that makes it.

use entity::ledger::{ledger_entry, ledger_transaction};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait, sea_query::OnConflict};

use super::Posting;
use crate::platform::Sources;

/// Posts a fact, once: its source is unique, and a second posting of it changes nothing. A fact that moves nothing is not
/// posted.
///
/// # Errors
/// The database's.
pub async fn post(tx: &DatabaseTransaction, sources: &Sources, posting: Posting) -> Result<(), DbErr> {
    let entries: Vec<_> = posting.entries().collect();
    if entries.is_empty() {
        return Ok(());
    }
    let id = sources.id();
    let currency = posting.currency;
    let fact = ledger_transaction::ActiveModel {
        id: Set(id),
        order_id: Set(posting.order_id),
        payment_id: Set(posting.payment_id),
        refund_id: Set(posting.refund_id),
        kind: Set(posting.kind),
        source: Set(posting.source),
        created_at: Set(sources.now()),
    };
    let once = OnConflict::column(ledger_transaction::Column::Source).do_nothing().to_owned();
    if ledger_transaction::Entity::insert(fact).on_conflict(once).exec_without_returning(tx).await? == 0 {
        return Ok(());
    }
    let entries = entries.into_iter().map(|(account, minor)| ledger_entry::ActiveModel {
        id: Set(sources.id()),
        transaction_id: Set(id),
        account: Set(account),
        currency: Set(currency),
        amount_minor: Set(minor),
    });
    ledger_entry::Entity::insert_many(entries).exec_without_returning(tx).await.map(drop)
}
