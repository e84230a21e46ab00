//! Documents of edits: an invoice for what an order cost more and was paid, and the taxes of what it cost less.

use entity::{invoice::invoice::InvoiceKind, payment::payment};
use sea_orm::DatabaseTransaction;

use super::{
    credit::part,
    issue::{Issuer, blank, keep},
    model::Snapshot,
    store,
    taxes::{TaxRow, sum_of, tax_rows_of_change, tax_rows_of_part},
};
use crate::{
    domain::{
        order::{self, Order},
        shared::Error,
    },
    platform::Sources,
};

/// Issues the invoice of what an edit made a locked order cost more and was now paid, once. Nothing may be locked after this.
///
/// # Errors
/// The database's.
pub async fn issue_supplement(
    tx: &DatabaseTransaction,
    sources: &Sources,
    issuer: &Issuer,
    order: &Order,
    paid: &payment::Model,
) -> Result<(), Error> {
    if store::of_subject(tx, InvoiceKind::Invoice, paid.id.0).await?.is_some() {
        return Ok(());
    }
    let amount = paid.amount_minor;
    let taxes = match paid.balance_revision {
        Some(revision) => taxes_of_edit(tx, order, revision, amount).await?,
        None => Vec::new(),
    };
    let tax = sum_of(&taxes, false);
    let (lines, rows) = part(order, amount, tax, &taxes);
    let blank = blank(tx, issuer, order, sources.now(), amount).await?;
    let snapshot = Snapshot { lines, rows, taxes, tax_minor: tax, ..blank };
    keep(tx, sources, issuer, InvoiceKind::Invoice, order, paid.id.0, snapshot).await
}

/// The taxes by rate in `amount` of what an edit made an order cost more or less; none while its quotes are not kept.
pub(super) async fn taxes_of_edit(
    tx: &DatabaseTransaction,
    order: &Order,
    revision: i32,
    amount: i64,
) -> Result<Vec<TaxRow>, Error> {
    let before = order::quote_at(tx, order.id, revision - 1).await?;
    let after = order::quote_at(tx, order.id, revision).await?;
    let Some((before, after)) = before.zip(after) else { return Ok(Vec::new()) };
    let less = after.total < before.total;
    let (earlier, later) = if less { (&after, &before) } else { (&before, &after) };
    let rows = tax_rows_of_change(earlier, later, order.currency);
    let whole = later.total.minus(earlier.total).map_err(Error::fault)?;
    Ok(tax_rows_of_part(&rows, whole.0, (0, amount), order.currency))
}
