//! Credit notes of refunds that staff decide, and of cancellations.

use std::collections::BTreeMap;

use entity::{gift_card::gift_card_entry::Model as Entry, ids::OrderLineId, invoice::invoice::InvoiceKind};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{
    Invoice,
    billed::billed_on,
    issue::{Issuer, blank, keep, read},
    model::Snapshot,
    paid,
    statement::{StatedLine, Statement},
    store,
    taxes::tax_rows_of_part,
    taxes_back::taxes_back,
};
use crate::{
    domain::{
        order::{self, Order, OrderRefund},
        payment::{Refund, RefundReason},
        shared::Error,
    },
    platform::Sources,
};

/// Issues the credit note of a canceled, locked order that has an invoice, once: all that its documents say together, whatever was
/// edited, refunded or left unpaid. `returned` is what its gift cards got back. Nothing may be locked after this.
///
/// # Errors
/// The database's.
pub async fn issue_cancellation(
    tx: &DatabaseTransaction,
    sources: &Sources,
    issuer: &Issuer,
    order: &Order,
    returned: &[Entry],
) -> Result<(), Error> {
    let documents = store::invoices_of(tx, &[order.id]).await?;
    let statement = Statement::of_all(&documents, order.currency)?;
    if statement.is_empty() || credits_all(&documents, order) {
        return Ok(());
    }
    let canceled = |refund: &Refund| refund.reason_key == RefundReason::Cancel.key();
    let to_cards = |entry: &Entry| returned.iter().any(|one| one.id == entry.id);
    let blank = Snapshot {
        corrects: billed_on(&documents, &statement)?,
        tax_notice: notice_of(&documents)?,
        paid: paid::given_back(tx, order, canceled, to_cards).await?,
        ..blank(tx, issuer, order, sources.now()).await?
    };
    keep(tx, sources, issuer, InvoiceKind::CreditNote, order, order.id.0, statement.on(blank)).await
}

/// Issues the credit note of a decision of staff about a locked order that has an invoice, once: its units, its part of delivery,
/// their taxes. Nothing may be locked after this.
///
/// # Errors
/// The database's.
pub async fn issue_credit_note_of(
    tx: &DatabaseTransaction,
    sources: &Sources,
    issuer: &Issuer,
    order: &Order,
    subject: Uuid,
    refund: &OrderRefund,
) -> Result<(), Error> {
    let documents = store::invoices_of(tx, &[order.id]).await?;
    let done = store::of_subject(tx, InvoiceKind::CreditNote, subject).await?.is_some();
    // A cancellation meanwhile credited this too.
    if documents.is_empty() || done || credits_all(&documents, order) {
        return Ok(());
    }
    let taxes = match taxes_back(tx, order, refund).await? {
        Some(taxes) => taxes,
        None => {
            let said = Statement::of_all(&documents, order.currency)?;
            let total = said.amounts().total;
            tax_rows_of_part(&said.taxes, total, (0, refund.total_minor), order.currency)
        }
    };
    let statement = Statement {
        lines: units(tx, order, refund).await?,
        shipping: refund.shipping_minor,
        tax: refund.tax_minor,
        taxes,
    };
    let blank = Snapshot {
        corrects: billed_on(&documents, &statement)?,
        tax_notice: notice_of(&documents)?,
        paid: paid::given_back(
            tx,
            order,
            |part| part.order_refund_id == Some(refund.id),
            |entry| entry.refund_id == Some(refund.id.0),
        )
        .await?,
        ..blank(tx, issuer, order, sources.now()).await?
    };
    keep(tx, sources, issuer, InvoiceKind::CreditNote, order, subject, statement.on(blank)).await
}

/// Whether the note of a cancellation is among the documents of an order.
fn credits_all(documents: &[Invoice], order: &Order) -> bool {
    documents.iter().any(|row| row.kind == InvoiceKind::CreditNote && row.subject_id == order.id.0)
}

/// Why the newest invoice has no tax, where it says so.
fn notice_of(documents: &[Invoice]) -> Result<Option<String>, Error> {
    let newest = documents.iter().rfind(|row| row.kind == InvoiceKind::Invoice);
    Ok(newest.map(read).transpose()?.and_then(|issued| issued.tax_notice))
}

/// The units of a decision, and what goes back beside them.
async fn units(tx: &DatabaseTransaction, order: &Order, refund: &OrderRefund) -> Result<Vec<StatedLine>, Error> {
    let mut back: BTreeMap<OrderLineId, (i64, i64, i64)> = BTreeMap::new();
    for line in order::order_refund_lines_of(tx, &[refund.id]).await? {
        let (quantity, subtotal, discount) = back.entry(line.order_line_id).or_default();
        *quantity += line.quantity;
        *subtotal += line.subtotal_minor;
        *discount += line.discount_minor;
    }
    let quote = order::quote_of(tx, order.id).await?.map(|kept| kept.quote);
    let mut lines = Vec::new();
    for line in order::lines_of(tx, &[order.id]).await? {
        if let Some((quantity, subtotal, discount)) = back.remove(&line.id) {
            lines.push(StatedLine { quantity, subtotal, discount, ..StatedLine::of(&line, quote.as_ref()) });
        }
    }
    let title = if refund.adjustment_minor > 0 { "Goodwill" } else { "Given back before" };
    let beside = StatedLine::beside(refund.id.0, title, refund.adjustment_minor);
    lines.extend((refund.adjustment_minor != 0).then_some(beside));
    Ok(lines)
}
