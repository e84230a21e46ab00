//! Refunds of units and of delivery: in proportion, and so that all pieces together are exactly what was paid.

use serde::{Deserialize, Serialize};

use crate::{Amount, LineKey, PricingError, Quote, QuoteLine, Rounding, TaxKey, error::Result};

/// Units of lines and an amount of delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Portion {
    /// Units by line. A line may stand here more than once.
    pub lines: Vec<(LineKey, i64)>,
    /// Of what delivery cost after discounts and without added taxes ([`Quote::shipping`]); its taxes follow.
    pub shipping: Amount,
}

/// What is given back for a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundLine {
    /// The line.
    pub key: LineKey,
    /// Units.
    pub quantity: i64,
    /// Their price before discounts.
    pub subtotal: Amount,
    /// What had been taken off them.
    pub discount: Amount,
    /// Their taxes, one amount for each of the line's.
    pub taxes: Vec<(TaxKey, Amount)>,
    /// Added taxes.
    pub tax: Amount,
    /// Taxes inside the price.
    pub tax_included: Amount,
    /// `subtotal - discount + tax`.
    pub total: Amount,
}

/// What is given back: `total = subtotal - discount + shipping + tax`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// For each line asked for, in the quote's order.
    pub lines: Vec<RefundLine>,
    /// The lines' prices before discounts.
    pub subtotal: Amount,
    /// What had been taken off them.
    pub discount: Amount,
    /// Of delivery, without added taxes.
    pub shipping: Amount,
    /// Added taxes of lines and delivery.
    pub tax: Amount,
    /// Taxes inside the prices of lines and delivery.
    pub tax_included: Amount,
    /// What is given back.
    pub total: Amount,
}

/// What is given back for `now` when `before` was given back already. Every amount is the difference of what would be given
/// back for both and for `before` alone, so that whoever refunds an order in pieces, in any order, gives back its total.
///
/// # Errors
/// `UnknownLine`; `Quantity` for less than one unit; `Negative`; `TooMuch`; `Overflow`.
pub fn refund_for(quote: &Quote, before: &Portion, now: &Portion) -> Result<Refund> {
    for (key, quantity) in before.lines.iter().chain(&now.lines) {
        if *quantity < 1 {
            return Err(PricingError::Quantity);
        }
        if quote.lines.iter().all(|line| line.key != *key) {
            return Err(PricingError::UnknownLine);
        }
    }
    let mut lines = Vec::new();
    for line in &quote.lines {
        let (earlier, quantity) = (units(before, line.key)?, units(now, line.key)?);
        let upto = earlier.checked_add(quantity).ok_or(PricingError::Overflow)?;
        if upto > line.quantity {
            return Err(PricingError::TooMuch);
        }
        if quantity > 0 {
            lines.push(refund_line(line, earlier, upto)?);
        }
    }
    let sum = |part: fn(&RefundLine) -> Amount| Amount::sum(lines.iter().map(part));
    let (shipping, shipping_tax, shipping_included) = refund_shipping(quote, before.shipping, now.shipping)?;
    let (subtotal, discount) = (sum(|line| line.subtotal)?, sum(|line| line.discount)?);
    let tax = sum(|line| line.tax)?.plus(shipping_tax)?;
    let tax_included = sum(|line| line.tax_included)?.plus(shipping_included)?;
    let total = subtotal.minus(discount)?.plus(shipping)?.plus(tax)?;
    Ok(Refund { lines, subtotal, discount, shipping, tax, tax_included, total })
}

fn units(portion: &Portion, key: LineKey) -> Result<i64> {
    let of_line = portion.lines.iter().filter(|(one, _)| *one == key).map(|(_, quantity)| Amount(*quantity));
    Amount::sum(of_line).map(|sum| sum.0)
}

/// The part of `amount` between two points of a whole.
fn between(amount: Amount, from: i64, upto: i64, whole: i64) -> Result<Amount> {
    let part = |point: i64| amount.share(i128::from(point), i128::from(whole), Rounding::HalfUp);
    part(upto)?.minus(part(from)?)
}

fn refund_line(line: &QuoteLine, from: i64, upto: i64) -> Result<RefundLine> {
    let part = |amount: Amount| between(amount, from, upto, line.quantity);
    let subtotal = line.unit_price.times(upto - from)?;
    // The discount is what remains, so that net prices are what is rounded.
    let discount = subtotal.minus(part(line.taxable)?)?;
    let (mut tax, mut tax_included) = (Amount::ZERO, Amount::ZERO);
    let mut taxes = Vec::with_capacity(line.taxes.len());
    for one in &line.taxes {
        let amount = part(one.amount)?;
        let sum = if one.included { &mut tax_included } else { &mut tax };
        *sum = sum.plus(amount)?;
        taxes.push((one.tax, amount));
    }
    let total = subtotal.minus(discount)?.plus(tax)?;
    Ok(RefundLine { key: line.key, quantity: upto - from, subtotal, discount, taxes, tax, tax_included, total })
}

/// What of delivery is given back: the amount, its added taxes, its included taxes.
fn refund_shipping(quote: &Quote, before: Amount, now: Amount) -> Result<(Amount, Amount, Amount)> {
    let from = before.not_negative("a refund")?;
    let upto = from.plus(now.not_negative("a refund")?)?;
    if upto > quote.shipping {
        return Err(PricingError::TooMuch);
    }
    if !now.is_positive() {
        return Ok((Amount::ZERO, Amount::ZERO, Amount::ZERO));
    }
    let tax = Amount::sum(quote.delivery_groups.iter().map(|group| group.tax))?;
    let tax_included = Amount::sum(quote.delivery_groups.iter().map(|group| group.tax_included))?;
    let part = |amount: Amount| between(amount, from.0, upto.0, quote.shipping.0);
    Ok((now, part(tax)?, part(tax_included)?))
}
