//! The settings of invoices and credit notes.

use super::Reader;

/// Invoices and credit notes.
#[derive(Clone, Debug)]
pub struct Invoices {
    /// The seller's address, line by line.
    pub address: Vec<String>,
    /// The seller's number at the tax office.
    pub tax_number: Option<String>,
    /// What stands before an invoice's number.
    pub invoice_prefix: String,
    /// What stands before a credit note's number.
    pub credit_note_prefix: String,
}

impl Invoices {
    /// Reads them.
    pub(super) fn read(reader: &mut Reader) -> Self {
        let address = reader.text("seller_address").unwrap_or_default();
        let lines = address.split(['|', '\n']).map(str::trim).filter(|line| !line.is_empty());
        Self {
            address: lines.map(str::to_owned).collect(),
            tax_number: reader.text("seller_tax_number").map(|number| number.trim().to_owned()),
            invoice_prefix: prefix(reader, "invoice_prefix", "INV-"),
            credit_note_prefix: prefix(reader, "credit_note_prefix", "CN-"),
        }
    }
}

fn prefix(reader: &mut Reader, name: &str, default: &str) -> String {
    let prefix = reader.text(name).unwrap_or_else(|| default.to_owned());
    let fine = |letter: char| letter.is_alphanumeric() || "-_/. ".contains(letter);
    if prefix.chars().count() > 20 || !prefix.chars().all(fine) {
        let name = name.to_uppercase();
        reader.mistake(format!("CARTWRIGHT_{name} must be at most 20 letters, digits, blanks and - _ / ."));
    }
    prefix
}
