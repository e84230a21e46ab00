//! What an edit changes: the quote before, the quote after, and what is to be paid or given back.

use serde::{Deserialize, Serialize};

use crate::{Amount, PricingError, Quote, error::Result};

/// What is to happen with the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// Nothing: the totals are the same.
    Even,
    /// The buyer owes so much more.
    ExtraDue(Amount),
    /// The buyer gets so much back.
    Refund(Amount),
}

/// The difference of two quotes, after minus before; negative is less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Of the subtotals.
    pub subtotal: Amount,
    /// Of the discounts on lines.
    pub discount: Amount,
    /// Of delivery after its discounts.
    pub shipping: Amount,
    /// Of the taxes added.
    pub tax: Amount,
    /// Of the taxes inside prices.
    pub tax_included: Amount,
    /// Of the totals. Gift cards are a way to pay and do not change it.
    pub total: Amount,
    /// What is to happen.
    pub settlement: Settlement,
}

/// Compares the quotes of an order before and after an edit.
///
/// # Errors
/// `CurrencyMismatch`, `Overflow`.
pub fn difference(before: &Quote, after: &Quote) -> Result<Difference> {
    if before.currency != after.currency {
        return Err(PricingError::CurrencyMismatch);
    }
    let total = after.total.minus(before.total)?;
    let settlement = match total.0 {
        0 => Settlement::Even,
        1.. => Settlement::ExtraDue(total),
        ..0 => Settlement::Refund(before.total.minus(after.total)?),
    };
    Ok(Difference {
        subtotal: after.subtotal.minus(before.subtotal)?,
        discount: after.discount.minus(before.discount)?,
        shipping: after.shipping.minus(before.shipping)?,
        tax: after.tax.minus(before.tax)?,
        tax_included: after.tax_included.minus(before.tax_included)?,
        total,
        settlement,
    })
}
