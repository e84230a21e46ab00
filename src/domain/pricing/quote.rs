//! The quote of a cart: totals of its lines and what they add up to, in checked integer arithmetic.

use entity::{
    ids::CartLineId,
    money::{Currency, Money, MoneyError},
};

/// A line with the price of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PricedLine {
    /// The line.
    pub id: CartLineId,
    /// Units.
    pub quantity: i64,
    /// Price of one unit.
    pub unit_price: Money,
}

/// What one line costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineQuote {
    /// The line.
    pub id: CartLineId,
    /// Price of one unit.
    pub unit_price: Money,
    /// Price of all its units.
    pub total: Money,
}

/// What a cart costs: `total = subtotal - discount + shipping + tax`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Its lines, in the order given.
    pub lines: Vec<LineQuote>,
    /// Sum of the lines' totals.
    pub subtotal: Money,
    /// What is taken off. Zero until there are discounts.
    pub discount: Money,
    /// Shipping. Zero until there are delivery rates.
    pub shipping: Money,
    /// Tax. Zero until there are tax rates.
    pub tax: Money,
    /// What is to be paid.
    pub total: Money,
}

/// Quotes lines whose prices are all in `currency`.
///
/// # Errors
/// `Overflow`; `CurrencyMismatch` when a price is in another currency.
pub fn quote(currency: Currency, lines: &[PricedLine]) -> Result<Quote, MoneyError> {
    let nothing = Money::zero(currency);
    let mut subtotal = nothing;
    let mut quoted = Vec::with_capacity(lines.len());
    for line in lines {
        let total = line.unit_price.times(line.quantity)?;
        subtotal = subtotal.plus(total)?;
        quoted.push(LineQuote { id: line.id, unit_price: line.unit_price, total });
    }
    let (discount, shipping, tax) = (nothing, nothing, nothing);
    let total = subtotal.plus(discount.times(-1)?)?.plus(shipping)?.plus(tax)?;
    Ok(Quote { lines: quoted, subtotal, discount, shipping, tax, total })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn line(quantity: i64, minor: i64) -> PricedLine {
        PricedLine { id: CartLineId(Uuid::now_v7()), quantity, unit_price: Money::new(minor, Currency::USD) }
    }

    proptest! {
        #[test]
        fn a_quote_adds_up(amounts in prop::collection::vec((1_i64..=999, 0_i64..=1_000_000_000), 0..500)) {
            let lines: Vec<PricedLine> = amounts.iter().map(|(quantity, minor)| line(*quantity, *minor)).collect();
            let quote = quote(Currency::USD, &lines).expect("it fits");
            prop_assert_eq!(quote.lines.len(), lines.len());
            prop_assert_eq!(quote.lines.iter().map(|line| line.total.minor).sum::<i64>(), quote.subtotal.minor);
            let parts = quote.subtotal.minor - quote.discount.minor + quote.shipping.minor + quote.tax.minor;
            prop_assert_eq!(quote.total, Money::new(parts, Currency::USD));
            for (line, quoted) in lines.iter().zip(&quote.lines) {
                prop_assert_eq!(quoted.id, line.id);
                prop_assert_eq!(quoted.total.minor, line.quantity * line.unit_price.minor);
            }
        }

        #[test]
        fn no_amount_makes_it_panic_or_wrap(amounts in prop::collection::vec((any::<i64>(), any::<i64>()), 0..20)) {
            let lines: Vec<PricedLine> = amounts.iter().map(|(quantity, minor)| line(*quantity, *minor)).collect();
            if let Ok(quote) = quote(Currency::USD, &lines) {
                // Each line fitted into 64 bits, so that their exact sum fits into 128.
                let exact: i128 =
                    amounts.iter().map(|(quantity, minor)| i128::from(*quantity) * i128::from(*minor)).sum();
                prop_assert_eq!(i128::from(quote.total.minor), exact);
            }
        }
    }

    #[test]
    fn a_price_of_another_currency_is_refused() {
        let euro = PricedLine { unit_price: Money::new(1, "EUR".parse().expect("a code")), ..line(1, 0) };
        assert_eq!(quote(Currency::USD, &[euro]), Err(MoneyError::CurrencyMismatch));
        assert_eq!(quote(Currency::USD, &[line(2, i64::MAX)]), Err(MoneyError::Overflow));
    }
}
