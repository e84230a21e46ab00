//! Issuing a document in the transaction that takes money or gives it back.

use chrono::{DateTime, Utc};
use entity::{
    invoice::invoice::{self, InvoiceKind},
    money::Money,
    payment::refund,
};
use sea_orm::{ActiveValue::Set, DatabaseTransaction};
use uuid::Uuid;

use super::{
    Invoice,
    model::{Line, Party, Row, Snapshot, rows, tax_of_part},
    store,
};
use crate::{
    domain::{
        order::{self, Order, OrderLine},
        shared::{Amounts, Error, postal},
        shop,
    },
    platform::Sources,
};

/// Who issues documents, and how they are numbered.
#[derive(Clone, Debug, Default)]
pub struct Issuer {
    /// The seller's address, line by line, below the shop's name.
    pub address: Vec<String>,
    /// The seller's number at the tax office.
    pub tax_number: Option<String>,
    /// What stands before an invoice's number.
    pub invoice_prefix: String,
    /// What stands before a credit note's number.
    pub credit_note_prefix: String,
}

/// Issues the invoice of a locked order whose money was taken, once. Nothing may be locked after this.
///
/// # Errors
/// The database's.
pub async fn issue_invoice(
    tx: &DatabaseTransaction,
    sources: &Sources,
    issuer: &Issuer,
    order: &Order,
) -> Result<(), Error> {
    if store::of_subject(tx, InvoiceKind::Invoice, order.id.0).await?.is_some() {
        return Ok(());
    }
    let lines = order::lines_of(tx, &[order.id]).await?;
    let now = sources.now();
    let snapshot = Snapshot {
        lines: lines.iter().map(|line| printed(line, order)).collect(),
        rows: rows(&amounts(order), order.currency),
        ..blank(tx, issuer, order, now, order.total_minor).await?
    };
    keep(tx, sources, issuer, InvoiceKind::Invoice, order, order.id.0, snapshot).await
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
    refund: &refund::Model,
) -> Result<(), Error> {
    let part = Credited { subject: refund.id.0, amount_minor: refund.amount_minor };
    issue_credit_note_of(tx, sources, issuer, order, part).await
}

/// Money that went back: what is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credited {
    /// The refund, or a gift card's entry: it gets one credit note.
    pub subject: Uuid,
    /// How much, minor units.
    pub amount_minor: i64,
}

/// As [`issue_credit_note`], of money that went back by whatever way.
///
/// # Errors
/// The database's.
pub async fn issue_credit_note_of(
    tx: &DatabaseTransaction,
    sources: &Sources,
    issuer: &Issuer,
    order: &Order,
    credited: Credited,
) -> Result<(), Error> {
    let Some(invoiced) = store::of_subject(tx, InvoiceKind::Invoice, order.id.0).await? else { return Ok(()) };
    if store::of_subject(tx, InvoiceKind::CreditNote, credited.subject).await?.is_some() {
        return Ok(());
    }
    let issued: Snapshot = read(&invoiced)?;
    let blank = blank(tx, issuer, order, sources.now(), credited.amount_minor).await?;
    let snapshot = if credited.amount_minor == issued.total_minor {
        Snapshot { lines: issued.lines, rows: issued.rows, ..blank }
    } else {
        let before = already_credited(tx, order).await?;
        let tax = tax_of_part(order.tax_minor, order.total_minor, before, credited.amount_minor);
        let (lines, rows) = part(order, credited.amount_minor, tax);
        Snapshot { lines, rows, ..blank }
    };
    let snapshot = Snapshot { corrects: Some((issued.number, issued.date)), ..snapshot };
    keep(tx, sources, issuer, InvoiceKind::CreditNote, order, credited.subject, snapshot).await
}

/// What a document says.
///
/// # Errors
/// A fault: it was kept in another form.
pub(super) fn read(row: &Invoice) -> Result<Snapshot, Error> {
    let snapshot = serde_json::from_value(row.snapshot.clone());
    snapshot.map_err(|error| Error::fault(format!("document {} cannot be read: {error}", row.id)))
}

/// What the credit notes of an order sum up to.
async fn already_credited(tx: &DatabaseTransaction, order: &Order) -> Result<i64, Error> {
    let before = store::invoices_of(tx, &[order.id]).await?;
    let notes = before.iter().filter(|row| row.kind == InvoiceKind::CreditNote);
    notes.map(|row| read(row).map(|snapshot| snapshot.total_minor)).sum()
}

/// The one line and the rows of a part that goes back.
fn part(order: &Order, amount: i64, tax: i64) -> (Vec<Line>, Vec<Row>) {
    let money = |minor: i64| Money::new(minor, order.currency).in_words();
    let line = Line {
        title: format!("Part of order #{}", order.number),
        details: String::new(),
        quantity: 1,
        unit_price: money(amount - tax),
        total: money(amount - tax),
    };
    let amounts = Amounts { subtotal: amount - tax, discount: 0, shipping: 0, tax, total: amount };
    (vec![line], rows(&amounts, order.currency))
}

/// A document of an order without lines.
async fn blank(
    tx: &DatabaseTransaction,
    issuer: &Issuer,
    order: &Order,
    now: DateTime<Utc>,
    total_minor: i64,
) -> Result<Snapshot, Error> {
    let shop = shop::get(tx).await?;
    let seller = std::iter::once(shop.name).chain(issuer.address.iter().cloned()).collect();
    let (billing, shipping) = (order.billing_address.as_ref(), order.shipping_address.as_ref());
    let buyer = billing.or(shipping).map(postal::letter).unwrap_or_default();
    let delivered_to = shipping.map(postal::letter).unwrap_or_default();
    Ok(Snapshot {
        number: String::new(),
        date: day(now),
        seller: Party { lines: seller, email: shop.email, tax_number: issuer.tax_number.clone() },
        delivered_to: if delivered_to == buyer { Vec::new() } else { delivered_to },
        buyer: Party { lines: buyer, email: Some(order.email.clone()), tax_number: None },
        order: format!("#{}", order.number),
        order_date: day(order.placed_at.unwrap_or(order.created_at)),
        corrects: None,
        currency: order.currency,
        lines: Vec::new(),
        rows: Vec::new(),
        total_minor,
    })
}

fn amounts(order: &Order) -> Amounts {
    Amounts {
        subtotal: order.subtotal_minor,
        discount: order.discount_minor,
        shipping: order.shipping_minor,
        tax: order.tax_minor,
        total: order.total_minor,
    }
}

fn printed(line: &OrderLine, order: &Order) -> Line {
    let money = |minor: i64| Money::new(minor, order.currency).in_words();
    let options = line.selected_options.0.iter();
    let told = options.filter(|option| !(option.name == "Title" && option.value == "Default Title"));
    let options = told.map(|option| format!("{}: {}", option.name, option.value));
    let sku = line.sku.iter().map(|sku| format!("SKU {sku}"));
    Line {
        title: line.title.clone(),
        details: options.chain(sku).collect::<Vec<_>>().join(", "),
        quantity: line.quantity,
        unit_price: money(line.unit_price_minor),
        total: money(line.total_minor),
    }
}

/// Numbers a document and keeps it.
async fn keep(
    tx: &DatabaseTransaction,
    sources: &Sources,
    issuer: &Issuer,
    kind: InvoiceKind,
    order: &Order,
    subject: Uuid,
    snapshot: Snapshot,
) -> Result<(), Error> {
    let sequence = store::next_number(tx, kind).await?;
    let prefix = match kind {
        InvoiceKind::Invoice => &issuer.invoice_prefix,
        InvoiceKind::CreditNote => &issuer.credit_note_prefix,
    };
    let number = format!("{prefix}{sequence}");
    let snapshot = Snapshot { number: number.clone(), ..snapshot };
    let row = invoice::ActiveModel {
        id: Set(sources.id()),
        kind: Set(kind),
        sequence: Set(sequence),
        number: Set(number),
        order_id: Set(order.id),
        subject_id: Set(subject),
        issued_at: Set(sources.now()),
        snapshot: Set(serde_json::to_value(&snapshot).map_err(Error::fault)?),
    };
    store::insert(tx, row).await?;
    Ok(())
}

fn day(moment: DateTime<Utc>) -> String {
    moment.format("%-d %B %Y").to_string()
}
