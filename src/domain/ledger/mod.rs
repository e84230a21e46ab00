//! The ledger of an order, in double entry: what is owed for it, what gateways hold, took and gave back. It is written in the
//! transactions that make the facts, and only ever added to; every balance is a sum (docs/payments.md has the chart).

mod model;
mod post;
mod store;

pub use entity::ledger::{
    ledger_entry::{LedgerAccount as Account, Model as Entry},
    ledger_transaction::{LedgerKind as Kind, Model as Transaction},
};
pub use model::{OfPayment, OfRefund, Posting, Sums, balances};
pub use post::post;
pub use store::{Posted, balance_of_order, entries_of, held, sums_of_payments};
