//! Documents of edits: what an order costs now less what its earlier documents say, an invoice once more was paid and a credit note
//! once nothing more is to be paid.

use entity::{ids::OrderQuoteId, invoice::invoice::InvoiceKind, payment::payment};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{
    billed::billed_on,
    issue::{Issuer, blank, keep, now},
    model::{Row, Snapshot},
    paid,
    statement::Statement,
    store,
    taxes::notice,
};
use crate::{
    domain::{
        order::{self, Order},
        payment::{Refund, edit_of},
        shared::Error,
    },
    platform::Sources,
};

/// Issues the invoice of what a locked order costs more since its last document and was now paid, once. Nothing may be locked after
/// this.
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
    let change = Change {
        subject: paid.id.0,
        kind: InvoiceKind::Invoice,
        paid: vec![paid::by_payment(paid, paid.amount_minor)],
    };
    issue(tx, sources, issuer, order, change).await
}

/// Issues the credit note of an edit after which nothing more is to be paid for a locked order that has an invoice, once: of what it
/// costs less, or of what changed in it though it costs the same. Nothing may be locked after this.
///
/// # Errors
/// The database's.
pub async fn issue_correction(
    tx: &DatabaseTransaction,
    sources: &Sources,
    issuer: &Issuer,
    order: &Order,
    edit: OrderQuoteId,
) -> Result<(), Error> {
    let revision = order::quote_of(tx, order.id).await?.map(|kept| kept.revision);
    let by_gateways = |refund: &Refund| revision.is_some() && edit_of(refund) == revision;
    let change = Change {
        subject: edit.0,
        kind: InvoiceKind::CreditNote,
        paid: paid::given_back(tx, order, by_gateways, |entry| entry.refund_id == Some(edit.0)).await?,
    };
    issue(tx, sources, issuer, order, change).await
}

/// What a document of a change is of.
struct Change {
    subject: Uuid,
    /// What it is where the order costs the same, or what the money says.
    kind: InvoiceKind,
    /// How that was paid, or goes back.
    paid: Vec<Row>,
}

async fn issue(
    tx: &DatabaseTransaction,
    sources: &Sources,
    issuer: &Issuer,
    order: &Order,
    change: Change,
) -> Result<(), Error> {
    let documents = store::invoices_of(tx, &[order.id]).await?;
    if documents.is_empty() || documents.iter().any(|row| row.subject_id == change.subject) {
        return Ok(());
    }
    let (costs, quote) = now(tx, order).await?;
    let said = Statement::of_all(&documents, order.currency)?;
    // What a gateway gave back by itself is in no document, so the balance that was paid is not always what the order costs more.
    let kind = match costs.amounts().total - said.amounts().total {
        1.. => InvoiceKind::Invoice,
        0 => change.kind,
        ..0 => InvoiceKind::CreditNote,
    };
    let (statement, corrects) = match kind {
        InvoiceKind::Invoice => (costs.minus(&said, order.currency), Vec::new()),
        InvoiceKind::CreditNote => {
            let less = said.minus(&costs, order.currency);
            let corrects = billed_on(&documents, &less)?;
            (less, corrects)
        }
    };
    if statement.is_empty() {
        return Ok(());
    }
    let blank = Snapshot {
        corrects,
        tax_notice: quote.as_ref().and_then(notice),
        paid: if kind == change.kind { change.paid } else { Vec::new() },
        ..blank(tx, issuer, order, sources.now()).await?
    };
    keep(tx, sources, issuer, kind, order, change.subject, statement.on(blank)).await
}
