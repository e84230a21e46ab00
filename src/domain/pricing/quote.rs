//! The quote of a cart: its lines go to the pricing engine, and the answer comes back as money.

use chrono::{DateTime, Utc};
use entity::{
    ids::{CartLineId, ProductId, VariantId},
    money::{Currency, Money},
};
use pricing::{Amount, Cart, Line, LineKey, Price, PricingError, ProductKey, Rules, Timestamp, VariantKey};

/// A line with the price of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PricedLine {
    /// The line.
    pub id: CartLineId,
    /// What is sold.
    pub variant_id: VariantId,
    /// Its product.
    pub product_id: ProductId,
    /// Units.
    pub quantity: i64,
    /// Price of one unit.
    pub unit_price: Money,
    /// Whether it is shipped.
    pub requires_shipping: bool,
}

/// What one line costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineQuote {
    /// The line.
    pub id: CartLineId,
    /// Price of one unit.
    pub unit_price: Money,
    /// Price of all its units, after its part of the discounts and with the taxes that are added.
    pub total: Money,
}

/// What a cart costs: `total = subtotal - discount + shipping + tax`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Its lines, in the order given.
    pub lines: Vec<LineQuote>,
    /// What the lines cost before discounts.
    pub subtotal: Money,
    /// What is taken off the lines. Zero until the shop has discounts.
    pub discount: Money,
    /// Shipping after what is taken off it. Zero until the shop has delivery rates.
    pub shipping: Money,
    /// Tax that is added. Zero until the shop has tax rates.
    pub tax: Money,
    /// What is to be paid.
    pub total: Money,
}

/// Quotes lines whose prices are all in `currency`, by the rules of a shop that has none yet.
///
/// # Errors
/// `Overflow`; `NoPrice` when a price is in another currency; `Quantity` and `Negative` for what no cart holds.
pub fn quote(currency: Currency, now: DateTime<Utc>, lines: &[PricedLine]) -> Result<Quote, PricingError> {
    let mut cart = Cart::new(engine_currency(currency)?, Timestamp(now.timestamp()));
    for line in lines {
        cart.lines.push(engine_line(line)?);
    }
    let quote = pricing::quote(&cart, &Rules::default())?;
    let money = |amount: Amount| Money::new(amount.0, currency);
    let line = |(line, quoted): (&PricedLine, &pricing::QuoteLine)| LineQuote {
        id: line.id,
        unit_price: money(quoted.unit_price),
        total: money(quoted.total),
    };
    Ok(Quote {
        lines: lines.iter().zip(&quote.lines).map(line).collect(),
        subtotal: money(quote.subtotal),
        discount: money(quote.discount),
        shipping: money(quote.shipping),
        tax: money(quote.tax),
        total: money(quote.total),
    })
}

fn engine_currency(currency: Currency) -> Result<pricing::Currency, PricingError> {
    // No currency has more than four digits.
    pricing::Currency::new(currency.as_str(), u8::try_from(currency.digits()).unwrap_or(u8::MAX))
}

fn engine_line(line: &PricedLine) -> Result<Line, PricingError> {
    let price = Price::own(engine_currency(line.unit_price.currency)?, Amount(line.unit_price.minor));
    let (variant, product) = (VariantKey(line.variant_id.0.as_u128()), ProductKey(line.product_id.0.as_u128()));
    let mut engine = Line::new(LineKey(line.id.0.as_u128()), variant, product, line.quantity, vec![price]);
    engine.requires_shipping = line.requires_shipping;
    Ok(engine)
}

#[cfg(test)]
mod tests {
    use entity::money::CODES;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn line(quantity: i64, minor: i64) -> PricedLine {
        let id = Uuid::now_v7();
        PricedLine {
            id: CartLineId(id),
            variant_id: VariantId(id),
            product_id: ProductId(id),
            quantity,
            unit_price: Money::new(minor, Currency::USD),
            requires_shipping: true,
        }
    }

    fn quoted(lines: &[PricedLine]) -> Result<Quote, PricingError> {
        quote(Currency::USD, DateTime::UNIX_EPOCH, lines)
    }

    proptest! {
        #[test]
        fn a_quote_adds_up(amounts in prop::collection::vec((1_i64..=999, 0_i64..=1_000_000_000), 0..500)) {
            let lines: Vec<PricedLine> = amounts.iter().map(|(quantity, minor)| line(*quantity, *minor)).collect();
            let quote = quoted(&lines).expect("it fits");
            prop_assert_eq!(quote.lines.len(), lines.len());
            prop_assert_eq!(quote.lines.iter().map(|line| line.total.minor).sum::<i64>(), quote.subtotal.minor);
            let parts = quote.subtotal.minor - quote.discount.minor + quote.shipping.minor + quote.tax.minor;
            prop_assert_eq!(quote.total, Money::new(parts, Currency::USD));
            for (line, quoted) in lines.iter().zip(&quote.lines) {
                prop_assert_eq!(quoted.id, line.id);
                prop_assert_eq!(quoted.total.minor, line.quantity * line.unit_price.minor);
            }
        }
    }

    #[test]
    fn a_price_of_another_currency_is_refused() {
        let euro = PricedLine { unit_price: Money::new(1, "EUR".parse().expect("a code")), ..line(1, 0) };
        assert_eq!(quoted(&[euro]), Err(PricingError::NoPrice));
        assert_eq!(quoted(&[line(2, i64::MAX)]), Err(PricingError::Overflow));
    }

    #[test]
    fn the_engine_writes_amounts_of_every_currency_as_the_server_does() {
        for code in CODES {
            let currency: Currency = code.parse().expect("a code of the table");
            let engine = engine_currency(currency).expect("the engine knows it");
            for minor in [0, 1, -5, 123_456, i64::MAX] {
                assert_eq!(engine.format(Amount(minor)), Money::new(minor, currency).in_words());
            }
        }
    }
}
