//! What documents state, in numbers: each one counts from what the earlier ones of its order stated.

use entity::{
    ids::OrderLineId,
    invoice::invoice::InvoiceKind,
    money::{Currency, Money},
};
use pricing::{Quote, QuoteLine};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Invoice,
    issue::read,
    model::{Line, Snapshot, rows},
    taxes::{TaxRow, difference, sum_of, tax_rows},
};
use crate::domain::{
    order::{Order, OrderLine},
    shared::{Amounts, Error},
};

/// Units of one line, or an amount beside the lines. In a difference, what is below zero is less than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedLine {
    /// The order's line; of an amount beside the lines, what caused it.
    pub id: Uuid,
    /// What.
    pub title: String,
    /// Options and SKU.
    pub details: String,
    /// Units.
    pub quantity: i64,
    /// Price of one, in minor units.
    pub unit_price: i64,
    /// The units before discounts, in minor units.
    pub subtotal: i64,
    /// What is taken off them, in minor units.
    pub discount: i64,
    /// The discounts by name.
    #[serde(default)]
    pub discounts: String,
}

/// What a document keeps of its statement beside its taxes and its total.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The lines.
    pub lines: Vec<StatedLine>,
    /// Delivery after its discounts, in minor units.
    pub shipping: i64,
}

/// What an order costs, what documents say of it together, or the difference, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Statement {
    pub lines: Vec<StatedLine>,
    pub shipping: i64,
    /// Taxes that are added.
    pub tax: i64,
    /// Taxes by rate.
    pub taxes: Vec<TaxRow>,
}

impl StatedLine {
    /// An amount beside the lines.
    pub(super) fn beside(id: Uuid, title: impl Into<String>, amount: i64) -> Self {
        let (title, details, discounts) = (title.into(), String::new(), String::new());
        Self { id, title, details, quantity: 1, unit_price: amount, subtotal: amount, discount: 0, discounts }
    }

    /// Units of an order's line, with the discounts that a quote has for it.
    pub(super) fn of(line: &OrderLine, quote: Option<&Quote>) -> Self {
        let options = line.selected_options.0.iter();
        let told = options.filter(|option| !(option.name == "Title" && option.value == "Default Title"));
        let options = told.map(|option| format!("{}: {}", option.name, option.value));
        let sku = line.sku.iter().map(|sku| format!("SKU {sku}"));
        Self {
            id: line.id.0,
            title: line.title.clone(),
            details: options.chain(sku).collect::<Vec<_>>().join(", "),
            quantity: line.quantity,
            unit_price: line.unit_price_minor,
            subtotal: line.total_minor + line.discount_minor,
            discount: line.discount_minor,
            discounts: quote.map(|quote| names(quote, line.id)).unwrap_or_default(),
        }
    }

    fn is_empty(&self) -> bool {
        (self.quantity, self.subtotal, self.discount) == (0, 0, 0)
    }

    fn printed(&self, currency: Currency) -> Line {
        let money = |minor: i64| Money::new(minor, currency).in_words();
        let names = if self.discounts.is_empty() { "Discount" } else { &self.discounts };
        let discount = (self.discount != 0).then(|| format!("{names}: {}", money(-self.discount)));
        let of_units = self.quantity.checked_mul(self.unit_price) == Some(self.subtotal);
        // Another price of units that were billed before is one amount: no number of units makes it.
        let (quantity, unit_price, change) = match (of_units, self.quantity, self.subtotal) {
            (true, 0, 0) => (0, self.unit_price, "another discount"),
            (true, _, _) => (self.quantity, self.unit_price, ""),
            (false, _, _) => (1, self.subtotal, "another price"),
        };
        let details = [self.details.as_str(), change].into_iter().filter(|part| !part.is_empty());
        Line {
            title: self.title.clone(),
            details: details.collect::<Vec<_>>().join(", "),
            quantity,
            unit_price: money(unit_price),
            total: money(self.subtotal),
            discount,
        }
    }
}

/// The discounts of a line by name: the code where there is one.
fn names(quote: &Quote, id: OrderLineId) -> String {
    let of = |line: &&QuoteLine| line.key.0 == id.0.as_u128();
    let parts = quote.lines.iter().find(of).map(|line| line.discounts.as_slice()).unwrap_or_default();
    let named = parts.iter().filter(|part| part.amount.0 > 0).filter_map(|part| {
        let discount = quote.discounts.iter().find(|discount| discount.key == part.discount)?;
        Some(discount.code.as_deref().unwrap_or(&discount.title))
    });
    named.collect::<Vec<_>>().join(", ")
}

impl Statement {
    /// What a locked order costs.
    pub(super) fn of_order(order: &Order, lines: &[OrderLine], quote: Option<&Quote>) -> Self {
        Self {
            lines: lines.iter().map(|line| StatedLine::of(line, quote)).collect(),
            shipping: order.shipping_minor,
            tax: order.tax_minor,
            taxes: quote.map(|quote| tax_rows(quote, order.currency)).unwrap_or_default(),
        }
    }

    /// What a document says. One from before statements were kept says its total as one amount.
    pub(super) fn of(row: &Invoice) -> Result<Self, Error> {
        let snapshot = read(row)?;
        let (tax, taxes) = (snapshot.tax_minor, snapshot.taxes);
        let stated = snapshot.stated.unwrap_or_else(|| {
            let whole = StatedLine::beside(row.id.0, format!("As in {}", row.number), snapshot.total_minor - tax);
            Stated { lines: vec![whole], shipping: 0 }
        });
        Ok(Self { lines: stated.lines, shipping: stated.shipping, tax, taxes })
    }

    /// What documents say together: invoices less credit notes.
    pub(super) fn of_all(documents: &[Invoice], currency: Currency) -> Result<Self, Error> {
        let mut sum = Self::default();
        for row in documents {
            let said = Self::of(row)?;
            sum = match row.kind {
                InvoiceKind::Invoice => sum.plus(&said, currency),
                InvoiceKind::CreditNote => sum.minus(&said, currency),
            };
        }
        for line in &mut sum.lines {
            if line.quantity != 0 && line.subtotal % line.quantity == 0 {
                line.unit_price = line.subtotal / line.quantity;
            }
        }
        Ok(sum)
    }

    pub(super) fn plus(self, other: &Self, currency: Currency) -> Self {
        let none = Self::default();
        self.minus(&none.minus(other, currency), currency)
    }

    /// This less another: what of it was not said before. It keeps the words of this one.
    pub(super) fn minus(mut self, other: &Self, currency: Currency) -> Self {
        for gone in &other.lines {
            if let Some(line) = self.lines.iter_mut().find(|line| line.id == gone.id) {
                line.quantity -= gone.quantity;
                line.subtotal -= gone.subtotal;
                line.discount -= gone.discount;
                if line.discounts.is_empty() {
                    line.discounts.clone_from(&gone.discounts);
                }
            } else {
                let (quantity, subtotal, discount) = (-gone.quantity, -gone.subtotal, -gone.discount);
                self.lines.push(StatedLine { quantity, subtotal, discount, ..gone.clone() });
            }
        }
        self.lines.retain(|line| !line.is_empty());
        self.shipping -= other.shipping;
        self.tax -= other.tax;
        self.taxes = difference(self.taxes, &other.taxes, currency);
        self
    }

    /// Whether nothing is said.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.taxes.is_empty() && (self.shipping, self.tax) == (0, 0)
    }

    pub(super) fn amounts(&self) -> Amounts {
        let subtotal = self.lines.iter().map(|line| line.subtotal).sum();
        let discount = self.lines.iter().map(|line| line.discount).sum();
        let total = subtotal - discount + self.shipping + self.tax;
        let tax_included = sum_of(&self.taxes, true);
        Amounts { subtotal, discount, shipping: self.shipping, tax: self.tax, tax_included, total }
    }

    /// A document that says this, made of one that says nothing.
    pub(super) fn on(self, blank: Snapshot) -> Snapshot {
        let amounts = self.amounts();
        let currency = blank.currency;
        // An edit may move what was billed to another rate: then a document has amounts of both signs.
        let corrects_rates = self.taxes.iter().any(|row| row.net_minor < 0 || row.amount_minor < 0);
        let why =
            "Taxes below zero correct what earlier documents of this order say, such as the rates of its delivery.";
        Snapshot {
            lines: self.lines.iter().map(|line| line.printed(currency)).collect(),
            rows: rows(&amounts, currency),
            taxes_notice: corrects_rates.then(|| why.to_owned()),
            total_minor: amounts.total,
            tax_minor: self.tax,
            taxes: self.taxes,
            stated: Some(Stated { lines: self.lines, shipping: self.shipping }),
            ..blank
        }
    }
}

#[cfg(test)]
#[path = "statement_tests.rs"]
mod tests;
