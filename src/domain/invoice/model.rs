//! What is printed on a document, as it was when it was issued.

use entity::{
    invoice::invoice::InvoiceKind,
    money::{Currency, Money},
};
use serde::{Deserialize, Deserializer, Serialize};

use super::{statement::Stated, taxes::TaxRow};
use crate::domain::shared::Amounts;

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Its number.
    pub number: String,
    /// The day it was issued.
    pub date: String,
    /// Who sells.
    pub seller: Party,
    /// Who pays.
    pub buyer: Party,
    /// Where it was delivered to, when that is another place.
    pub delivered_to: Vec<String>,
    /// The order's name.
    pub order: String,
    /// The day of the order.
    pub order_date: String,
    /// On a credit note: number and day of the invoices that billed what it credits.
    #[serde(default, deserialize_with = "one_or_many")]
    pub corrects: Vec<(String, String)>,
    /// Currency of every amount.
    pub currency: Currency,
    /// What was sold, or went back.
    pub lines: Vec<Line>,
    /// The rows below them: the total, and what makes it.
    pub rows: Vec<Row>,
    /// How it was paid, or went back. Documents from before that was kept say nothing of it.
    #[serde(default)]
    pub paid: Vec<Row>,
    /// The taxes by rate. Documents from before they were kept have none.
    #[serde(default)]
    pub taxes: Vec<TaxRow>,
    /// Why there is no tax, where that is to be said.
    #[serde(default)]
    pub tax_notice: Option<String>,
    /// What taxes below zero are, where there are some.
    #[serde(default)]
    pub taxes_notice: Option<String>,
    /// The total in minor units.
    pub total_minor: i64,
    /// The added taxes of it, in minor units; nothing on documents from before it was kept.
    #[serde(default)]
    pub tax_minor: i64,
    /// What it says in numbers; later documents of the order count from it. Documents from before it was kept have none.
    #[serde(default)]
    pub stated: Option<Stated>,
}

/// Reads what a credit note corrects: one invoice, as documents kept it at first, or several.
fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(String, String)>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept {
        Many(Vec<(String, String)>),
        One(Option<(String, String)>),
    }
    Ok(match Kept::deserialize(from)? {
        Kept::Many(all) => all,
        Kept::One(one) => one.into_iter().collect(),
    })
}

/// Seller or buyer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Name and address.
    pub lines: Vec<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Number at the tax office.
    pub tax_number: Option<String>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What.
    pub title: String,
    /// Options and SKU.
    pub details: String,
    /// Units.
    pub quantity: i64,
    /// Price of one.
    pub unit_price: String,
    /// Price of all, before discounts.
    pub total: String,
    /// What is taken off them, by name. Documents from before it was kept print lines after discounts.
    #[serde(default)]
    pub discount: Option<String>,
}

/// One row below the lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which, for programs: `subtotal`, `discount`, `shipping`, `tax`, `total`, `tax_included`; `gift_card`, `payment`.
    pub key: String,
    /// Which, for people.
    pub label: String,
    /// How much.
    pub amount: String,
}

/// The title of a document.
#[must_use]
pub const fn title(kind: InvoiceKind) -> &'static str {
    match kind {
        InvoiceKind::Invoice => "Invoice",
        InvoiceKind::CreditNote => "Credit note",
    }
}

/// The rows of amounts.
pub(super) fn rows(amounts: &Amounts, currency: Currency) -> Vec<Row> {
    let row = |row: crate::domain::shared::TotalRow| Row {
        key: row.key.to_owned(),
        label: row.label.to_owned(),
        amount: Money::new(row.minor, currency).in_words(),
    };
    amounts.rows().into_iter().map(row).collect()
}

/// The tax within a part of a total that goes back, so that the taxes of all parts sum up to that of the whole:
/// `before` went back already.
pub(super) fn tax_of_part(tax: i64, total: i64, before: i64, part: i64) -> i64 {
    let until = |amount: i64| {
        if total == 0 {
            return 0;
        }
        let (tax, total, amount) = (i128::from(tax), i128::from(total), i128::from(amount));
        i64::try_from((2 * tax * amount + total).div_euclid(2 * total)).unwrap_or(0)
    };
    until(before + part) - until(before)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_note_corrects_is_read_in_its_old_form_too() {
        #[derive(Deserialize)]
        struct Note {
            #[serde(default, deserialize_with = "one_or_many")]
            corrects: Vec<(String, String)>,
        }
        let read = |text: &str| serde_json::from_str::<Note>(text).expect("a note").corrects;
        let (one, two) = (("INV-1".to_owned(), "1 May".to_owned()), ("INV-2".to_owned(), "2 May".to_owned()));
        assert_eq!(read(r#"{ "corrects": ["INV-1", "1 May"] }"#), std::slice::from_ref(&one));
        assert_eq!(read(r#"{ "corrects": [["INV-1", "1 May"], ["INV-2", "2 May"]] }"#), [one, two]);
        assert_eq!((read(r#"{ "corrects": null }"#).len(), read("{}").len()), (0, 0));
    }

    proptest! {
        #[test]
        fn the_taxes_of_all_parts_sum_up_to_that_of_the_whole(
            parts in prop::collection::vec(1_i64..1_000_000_000, 1..20),
            share in 0_i64..50,
        ) {
            let total: i64 = parts.iter().sum();
            let tax = total * share / 100;
            let (mut before, mut sum) = (0, 0);
            for part in parts {
                let of_part = tax_of_part(tax, total, before, part);
                prop_assert!((0..=part).contains(&of_part));
                sum += of_part;
                before += part;
            }
            prop_assert_eq!(sum, tax);
        }
    }
}
