//! Issuing a document in the transaction that takes money or gives it back.

use chrono::{DateTime, Utc};
use entity::invoice::invoice::{self, InvoiceKind};
use pricing::Quote;
use sea_orm::{ActiveValue::Set, DatabaseTransaction};
use uuid::Uuid;

use super::{
    Invoice,
    model::{Party, Snapshot},
    paid,
    statement::Statement,
    store,
    taxes::notice,
};
use crate::{
    domain::{
        order::{self, Order},
        shared::{Error, postal},
        shop, tax,
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
    let (costs, quote) = now(tx, order).await?;
    let blank = Snapshot {
        tax_notice: quote.as_ref().and_then(notice),
        paid: paid::paid_with(tx, order).await?,
        ..blank(tx, issuer, order, sources.now()).await?
    };
    keep(tx, sources, issuer, InvoiceKind::Invoice, order, order.id.0, costs.on(blank)).await
}

/// What a locked order costs now, and its quote where one is kept.
pub(super) async fn now(tx: &DatabaseTransaction, order: &Order) -> Result<(Statement, Option<Quote>), Error> {
    let lines = order::lines_of(tx, &[order.id]).await?;
    let quote = order::quote_of(tx, order.id).await?.map(|kept| kept.quote);
    Ok((Statement::of_order(order, &lines, quote.as_ref()), quote))
}

/// What a document says.
///
/// # Errors
/// A fault: it was kept in another form.
pub(super) fn read(row: &Invoice) -> Result<Snapshot, Error> {
    let snapshot = serde_json::from_value(row.snapshot.clone());
    snapshot.map_err(|error| Error::fault(format!("document {} cannot be read: {error}", row.id)))
}

/// A document of an order that says nothing yet.
pub(super) async fn blank(
    tx: &DatabaseTransaction,
    issuer: &Issuer,
    order: &Order,
    now: DateTime<Utc>,
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
        buyer: Party { lines: buyer, email: Some(order.email.clone()), tax_number: number_of(tx, order).await? },
        order: format!("#{}", order.number),
        order_date: day(order.placed_at.unwrap_or(order.created_at)),
        corrects: Vec::new(),
        currency: order.currency,
        lines: Vec::new(),
        rows: Vec::new(),
        paid: Vec::new(),
        taxes: Vec::new(),
        tax_notice: None,
        taxes_notice: None,
        total_minor: 0,
        tax_minor: 0,
        stated: None,
    })
}

/// The buyer's number at the tax office, if it was confirmed.
async fn number_of(tx: &DatabaseTransaction, order: &Order) -> Result<Option<String>, Error> {
    let Some(id) = order.account_id else { return Ok(None) };
    let known = tax::customer(tx, &[id]).await?.remove(&id);
    Ok(known.filter(tax::CustomerTax::tax_number_valid).and_then(|known| known.tax_number))
}

/// Numbers a document and keeps it.
pub(super) async fn keep(
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

/// A day as it is printed.
pub(super) fn day(moment: DateTime<Utc>) -> String {
    moment.format("%-d %B %Y").to_string()
}
