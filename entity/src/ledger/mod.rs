//! Tables of the ledger: what became of orders' money, in double entry.

pub mod ledger_entry;
pub mod ledger_transaction;
