//! Invoices and credit notes: numbered without gaps, issued in the transaction that takes the money or decides that it goes back,
//! and never changed: everything that is printed is kept. What those of an order say together is what it costs, by line and tax.

mod billed;
mod credit;
mod edit;
mod issue;
mod model;
mod paid;
mod print_html;
mod print_pdf;
mod statement;
mod store;
mod taxes;
mod taxes_back;

pub use credit::{issue_cancellation, issue_credit_note_of};
pub use edit::{issue_correction, issue_supplement};
use entity::ids::InvoiceId;
pub use entity::invoice::invoice::{InvoiceKind, Model as Invoice};
pub use issue::{Issuer, issue_invoice};
pub use model::{Line, Party, Row, Snapshot};
pub use print_html::html;
pub use print_pdf::pdf;
pub use statement::{Stated, StatedLine};
pub use store::{has_invoice, invoice, invoices_of};
pub use taxes::TaxRow;
use uuid::Uuid;

use crate::platform::keys::KeyRing;

/// What the code of a document's address is derived for.
const PURPOSE: &str = "invoice";

/// What stands in the address of a document: whoever has it may read the document. Nothing of it is stored.
#[must_use]
pub fn capability(keys: &KeyRing, id: InvoiceId) -> String {
    format!("{}.{}", id, keys.code(PURPOSE, id.0))
}

/// The document that a capability opens.
#[must_use]
pub fn opened_by(keys: &KeyRing, capability: &str) -> Option<InvoiceId> {
    let (id, code) = capability.split_once('.')?;
    let id = Uuid::try_parse(id).ok()?;
    keys.verifies(PURPOSE, id, code).then_some(InvoiceId(id))
}
