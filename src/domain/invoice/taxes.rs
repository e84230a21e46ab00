//! The taxes of a document by rate: what the law of invoices asks for (Directive 2006/112/EC, Article 226, numbers 8 to 10
//! and 11a, and its like elsewhere).

use entity::money::{Currency, Money};
use pricing::{Quote, TaxExemption};
use serde::{Deserialize, Serialize};

use super::model::tax_of_part;
use crate::domain::{
    shared::tax_table::{TaxEntry, tax_table},
    tax::format_percent,
};

/// One tax at one rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRow {
    /// The tax and its rate, such as `VAT 19 %`.
    pub label: String,
    /// Whether it is inside the prices.
    pub included: bool,
    /// What it is charged on, in words and in minor units.
    pub net: String,
    /// The same in minor units.
    pub net_minor: i64,
    /// What it amounts to, in words.
    pub amount: String,
    /// The same in minor units.
    pub amount_minor: i64,
}

impl TaxRow {
    pub(super) fn new(
        label: String,
        included: bool,
        (net_minor, amount_minor): (i64, i64),
        currency: Currency,
    ) -> Self {
        let words = |minor: i64| Money::new(minor, currency).in_words();
        Self { label, included, net: words(net_minor), net_minor, amount: words(amount_minor), amount_minor }
    }
}

/// The taxes of a whole order.
pub(super) fn tax_rows(quote: &Quote, currency: Currency) -> Vec<TaxRow> {
    tax_table(quote).iter().map(|entry| row_of(entry, (entry.net.0, entry.amount.0), currency)).collect()
}

/// A tax with the amounts that a document says of it: net and tax.
pub(super) fn row_of(entry: &TaxEntry, amounts: (i64, i64), currency: Currency) -> TaxRow {
    let percent = format_percent(entry.rate.0);
    let label = format!("{} {} %", entry.title, percent.strip_suffix(".0").unwrap_or(&percent));
    TaxRow::new(label, entry.included, amounts, currency)
}

/// The taxes within a part of a total that goes back, so that those of all parts sum up to those of the whole: `before` went
/// back already.
pub(super) fn tax_rows_of_part(
    rows: &[TaxRow],
    total: i64,
    (before, part): (i64, i64),
    currency: Currency,
) -> Vec<TaxRow> {
    let share = |whole: i64| tax_of_part(whole, total, before, part);
    let row = |row: &TaxRow| {
        TaxRow::new(row.label.clone(), row.included, (share(row.net_minor), share(row.amount_minor)), currency)
    };
    rows.iter().map(row).collect()
}

/// Some taxes less others, by rate. What is nothing is left out.
pub(super) fn difference(mut rows: Vec<TaxRow>, less: &[TaxRow], currency: Currency) -> Vec<TaxRow> {
    for gone in less {
        let same = |row: &&mut TaxRow| row.label == gone.label && row.included == gone.included;
        let changed = |net: i64, amount: i64| {
            let amounts = (net - gone.net_minor, amount - gone.amount_minor);
            TaxRow::new(gone.label.clone(), gone.included, amounts, currency)
        };
        match rows.iter_mut().find(same) {
            Some(row) => *row = changed(row.net_minor, row.amount_minor),
            None => rows.push(changed(0, 0)),
        }
    }
    rows.retain(|row| row.net_minor != 0 || row.amount_minor != 0);
    rows
}

/// What the taxes that are added, and those inside prices, sum up to.
pub(super) fn sum_of(rows: &[TaxRow], included: bool) -> i64 {
    rows.iter().filter(|row| row.included == included).map(|row| row.amount_minor).sum()
}

/// Why there is no tax, where the law wants it said.
pub(super) fn notice(quote: &Quote) -> Option<String> {
    let exempt = |exemption| quote.lines.iter().any(|line| line.exemption == Some(exemption));
    if exempt(TaxExemption::ReverseCharge) {
        Some("Reverse charge: the customer owes the tax.".to_owned())
    } else if exempt(TaxExemption::Customer) {
        Some("The customer is exempt from tax.".to_owned())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_taxes_of_parts_sum_up_to_those_of_the_whole() {
        let rows = [
            TaxRow::new("VAT 19 %".to_owned(), true, (10_000, 1_900), Currency::USD),
            TaxRow::new("VAT 7 %".to_owned(), true, (333, 23), Currency::USD),
        ];
        let total = 12_256;
        let parts = [1, 4_000, 7_000, 1_255];
        let mut before = 0;
        let mut sums = [(0, 0); 2];
        for part in parts {
            for (sum, row) in sums.iter_mut().zip(tax_rows_of_part(&rows, total, (before, part), Currency::USD)) {
                *sum = (sum.0 + row.net_minor, sum.1 + row.amount_minor);
            }
            before += part;
        }
        assert_eq!((before, sums), (total, [(10_000, 1_900), (333, 23)]));
        assert_eq!((sum_of(&rows, true), sum_of(&rows, false)), (1_923, 0));
    }
}
