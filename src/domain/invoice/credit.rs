//! Credit notes: what went back of an order, by its lines and taxes where staff said which, else in proportion.

use std::collections::BTreeMap;

use entity::{ids::OrderLineId, invoice::invoice::InvoiceKind, money::Money, payment::refund};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{
    edit,
    issue::{Issuer, blank, keep, printed, read},
    model::{Line, Row, Snapshot, rows, tax_of_part},
    store,
    taxes::{TaxRow, sum_of, tax_rows, tax_rows_of_part},
    taxes_back::taxes_back,
};
use crate::{
    domain::{
        order::{self, Order, OrderRefund},
        payment,
        shared::{Amounts, Error},
    },
    platform::Sources,
};

/// Money that went back by whatever way, and gets one credit note.
#[derive(Clone, Copy, Debug)]
pub struct Returned<'a> {
    /// What the note is of: the refund, or a gift card's entry.
    pub subject: Uuid,
    /// How much, minor units.
    pub amount_minor: i64,
    /// The refund, where a gateway made it.
    pub refund: Option<&'a refund::Model>,
    /// The revision of the edit that made the order cost less, where no gateway but a gift card gave it back.
    pub edit: Option<i32>,
}

/// Issues the credit note of money that went back of a locked order that has an invoice, once. Nothing may be locked after
/// this.
///
/// # Errors
/// The database's.
pub async fn issue_credit_note(
    tx: &DatabaseTransaction,
    sources: &Sources,
    issuer: &Issuer,
    order: &Order,
    returned: Returned<'_>,
) -> Result<(), Error> {
    let Some(invoiced) = store::of_subject(tx, InvoiceKind::Invoice, order.id.0).await? else { return Ok(()) };
    if store::of_subject(tx, InvoiceKind::CreditNote, returned.subject).await?.is_some() {
        return Ok(());
    }
    let issued: Snapshot = read(&invoiced)?;
    let blank = blank(tx, issuer, order, sources.now(), returned.amount_minor).await?;
    let kept = order::quote_of(tx, order.id).await?;
    // The invoice of an order that was edited since tells of other goods and taxes than it has now.
    let now = kept.filter(|kept| kept.revision > 1).map(|kept| tax_rows(&kept.quote, order.currency));
    let snapshot = if now.is_none() && returned.amount_minor == issued.total_minor {
        Snapshot { lines: issued.lines, rows: issued.rows, taxes: issued.taxes, tax_minor: issued.tax_minor, ..blank }
    } else {
        let (before, tax_before) = credited(tx, order).await?;
        let amount = returned.amount_minor;
        let edited = returned.edit.or(returned.refund.and_then(payment::edit_of));
        let taxes = match edited {
            Some(revision) => edit::taxes_of_edit(tx, order, revision, amount).await?,
            None => {
                let whole = now.as_ref().unwrap_or(&issued.taxes);
                tax_rows_of_part(whole, order.total_minor, (before, amount), order.currency)
            }
        };
        // The last part gives back the taxes that are left, so that all notes together credit the invoice.
        let tax = match edited {
            Some(_) => sum_of(&taxes, false),
            None if before + amount == order.total_minor => order.tax_minor - tax_before,
            None if taxes.is_empty() => tax_of_part(order.tax_minor, order.total_minor, before, amount),
            None => sum_of(&taxes, false),
        };
        let (lines, rows) = part(order, amount, tax, &taxes);
        Snapshot { lines, rows, taxes, tax_minor: tax, ..blank }
    };
    let snapshot = Snapshot { corrects: Some((issued.number, issued.date)), tax_notice: issued.tax_notice, ..snapshot };
    keep(tx, sources, issuer, InvoiceKind::CreditNote, order, returned.subject, snapshot).await
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
    let Some(invoiced) = store::of_subject(tx, InvoiceKind::Invoice, order.id.0).await? else { return Ok(()) };
    if store::of_subject(tx, InvoiceKind::CreditNote, subject).await?.is_some() {
        return Ok(());
    }
    let issued: Snapshot = read(&invoiced)?;
    let taxes = match taxes_back(tx, order, refund).await? {
        Some(taxes) => taxes,
        None => {
            let (before, _) = credited(tx, order).await?;
            tax_rows_of_part(&issued.taxes, order.total_minor, (before, refund.total_minor), order.currency)
        }
    };
    let amounts = Amounts {
        subtotal: refund.subtotal_minor + refund.adjustment_minor,
        discount: refund.discount_minor,
        shipping: refund.shipping_minor,
        tax: refund.tax_minor,
        tax_included: sum_of(&taxes, true),
        total: refund.total_minor,
    };
    let snapshot = Snapshot {
        lines: units(tx, order, refund).await?,
        rows: rows(&amounts, order.currency),
        tax_minor: refund.tax_minor,
        taxes,
        tax_notice: issued.tax_notice,
        corrects: Some((issued.number, issued.date)),
        ..blank(tx, issuer, order, sources.now(), refund.total_minor).await?
    };
    keep(tx, sources, issuer, InvoiceKind::CreditNote, order, subject, snapshot).await
}

/// The units of a decision as they are printed, and what goes back beside them.
async fn units(tx: &DatabaseTransaction, order: &Order, refund: &OrderRefund) -> Result<Vec<Line>, Error> {
    let money = |minor: i64| Money::new(minor, order.currency).in_words();
    let mut back: BTreeMap<OrderLineId, (i64, i64)> = BTreeMap::new();
    for line in order::order_refund_lines_of(tx, &[refund.id]).await? {
        let (quantity, price) = back.entry(line.order_line_id).or_default();
        *quantity += line.quantity;
        *price += line.subtotal_minor - line.discount_minor;
    }
    let mut lines = Vec::new();
    for line in order::lines_of(tx, &[order.id]).await? {
        if let Some((quantity, price)) = back.get(&line.id) {
            lines.push(Line { quantity: *quantity, total: money(*price), ..printed(&line, order) });
        }
    }
    let title = if refund.adjustment_minor > 0 { "Goodwill" } else { "Given back before" };
    let amount = money(refund.adjustment_minor);
    let beside = Line {
        title: title.to_owned(),
        details: String::new(),
        quantity: 1,
        unit_price: amount.clone(),
        total: amount,
    };
    lines.extend((refund.adjustment_minor != 0).then_some(beside));
    Ok(lines)
}

/// What the credit notes of an order sum up to, and their taxes; without those of edits, which the order's sums know of.
async fn credited(tx: &DatabaseTransaction, order: &Order) -> Result<(i64, i64), Error> {
    let before = store::invoices_of(tx, &[order.id]).await?;
    let refunds = payment::refunds_of(tx, &[order.id]).await?;
    let edits = order::edits_of(tx, order.id).await?;
    let of_edit = |subject: Uuid| {
        edits.iter().any(|edit| edit.0 == subject)
            || refunds.iter().any(|one| one.id.0 == subject && payment::is_of_edit(one))
    };
    let notes = before.iter().filter(|row| row.kind == InvoiceKind::CreditNote && !of_edit(row.subject_id));
    let mut sums = (0, 0);
    for snapshot in notes.map(read) {
        let snapshot = snapshot?;
        sums = (sums.0 + snapshot.total_minor, sums.1 + snapshot.tax_minor);
    }
    Ok(sums)
}

/// The one line and the rows of a part that goes back.
pub(super) fn part(order: &Order, amount: i64, tax: i64, taxes: &[TaxRow]) -> (Vec<Line>, Vec<Row>) {
    let money = |minor: i64| Money::new(minor, order.currency).in_words();
    let line = Line {
        title: format!("Part of order #{}", order.number),
        details: String::new(),
        quantity: 1,
        unit_price: money(amount - tax),
        total: money(amount - tax),
    };
    let tax_included = sum_of(taxes, true);
    let amounts = Amounts { subtotal: amount - tax, discount: 0, shipping: 0, tax, tax_included, total: amount };
    (vec![line], rows(&amounts, order.currency))
}
