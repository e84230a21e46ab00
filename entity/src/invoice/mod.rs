//! Tables of invoices and credit notes.

#[expect(clippy::module_inception, reason = "the folder is the domain, the file its table")]
pub mod invoice;
pub mod invoice_counter;
