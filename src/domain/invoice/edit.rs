//! Documents of edits: an invoice for what an order cost more and was paid, and the taxes of what it cost less.

use entity::{
    invoice::invoice::InvoiceKind,
    payment::{payment, refund},
};
use sea_orm::DatabaseTransaction;

use super::{
    credit::part,
    issue::{Issuer, blank, keep},
    model::{Snapshot, tax_of_part},
    store,
};
use crate::{
    domain::{
        order::{self, Order},
        payment::edit_of,
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
    let tax = match paid.balance_revision {
        Some(revision) => tax_of(tx, order, revision, amount).await?,
        None => None,
    };
    let tax = tax.unwrap_or_else(|| tax_of_part(order.tax_minor, order.total_minor, 0, amount));
    let (lines, rows) = part(order, amount, tax, &[]);
    let snapshot = Snapshot { lines, rows, tax_minor: tax, ..blank(tx, issuer, order, sources.now(), amount).await? };
    keep(tx, sources, issuer, InvoiceKind::Invoice, order, paid.id.0, snapshot).await
}

/// The added taxes in what an edit gives back; `None` for a refund of another kind, or of a part of the difference.
pub(super) async fn tax_of_edit(
    tx: &DatabaseTransaction,
    order: &Order,
    refund: &refund::Model,
) -> Result<Option<i64>, Error> {
    match edit_of(refund) {
        Some(revision) => Ok(tax_of(tx, order, revision, -refund.amount_minor).await?.map(|tax| -tax)),
        None => Ok(None),
    }
}

/// By how much an edit changed the added taxes, if it changed the total by `change`.
async fn tax_of(tx: &DatabaseTransaction, order: &Order, revision: i32, change: i64) -> Result<Option<i64>, Error> {
    let before = order::quote_at(tx, order.id, revision - 1).await?;
    let after = order::quote_at(tx, order.id, revision).await?;
    let Some((before, after)) = before.zip(after) else { return Ok(None) };
    let difference = ::pricing::difference(&before, &after).map_err(Error::fault)?;
    Ok((difference.total.0 == change).then_some(difference.tax.0))
}
