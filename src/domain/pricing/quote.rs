//! The quote of a cart in the server's words.

use std::collections::HashMap;

use entity::{
    ids::{CartLineId, OrderLineId},
    money::{Currency, Money},
};
use pricing::{Amount, LineKey, QuoteLine};
use serde::{Deserialize, Serialize};

use super::convert;

/// What a cart costs: `total = subtotal - discount + shipping + tax`, and `due = total - gift cards`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    engine: pricing::Quote,
    currency: Currency,
    cart: pricing::Cart,
    rules: pricing::Rules,
}

/// What of a quote's cart an edit of its order needs again, as it was: rules and goods change, what was agreed does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Basis {
    /// The buyer's country, where no address says it better.
    pub country: Option<pricing::Country>,
    /// The lines without their prices, called by the order's.
    pub lines: Vec<pricing::Line>,
    /// The discounts that took something off, without a limit: the order has its uses.
    pub discounts: Vec<pricing::Discount>,
    /// How it was delivered and taxed; none in orders from before that was kept.
    pub agreed: Option<Agreed>,
}

/// How an order was delivered and taxed: it stays so while the order goes to the same place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The customer with what exempts them from taxes.
    pub customer: Option<pricing::Customer>,
    /// The rules of delivery and taxes that concern its places.
    pub rules: pricing::Rules,
}

/// What one line costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineQuote {
    /// Price of one unit.
    pub unit_price: Money,
    /// Former price of one unit, only when it is higher.
    pub compare_at: Option<Money>,
    /// Price of all its units before discounts.
    pub subtotal: Money,
    /// What discounts take off them.
    pub discount: Money,
    /// Price of all its units after its part of the discounts, without the taxes that are added.
    pub total: Money,
}

impl Quote {
    /// The server's quote of the engine's answer for this cart by these rules.
    pub(super) fn new(
        engine: pricing::Quote,
        currency: Currency,
        (cart, mut rules): (pricing::Cart, pricing::Rules),
    ) -> Self {
        rules.discounts.retain(|discount| engine.discounts.iter().any(|applied| applied.key == discount.key));
        Self { engine, currency, cart, rules }
    }

    /// A discount that counts in it.
    #[must_use]
    pub fn discount(&self, key: pricing::DiscountKey) -> Option<&pricing::Discount> {
        self.rules.discounts.iter().find(|discount| discount.key == key)
    }

    /// The engine's whole answer.
    #[must_use]
    pub fn engine(&self) -> &pricing::Quote {
        &self.engine
    }

    /// Its currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// An amount of it as money.
    #[must_use]
    pub fn money(&self, amount: Amount) -> Money {
        convert::money(amount, self.currency)
    }

    /// What the lines cost before discounts.
    #[must_use]
    pub fn subtotal(&self) -> Money {
        self.money(self.engine.subtotal)
    }

    /// What is to be paid, by whatever means.
    #[must_use]
    pub fn total(&self) -> Money {
        self.money(self.engine.total)
    }

    /// What is left to pay after gift cards.
    #[must_use]
    pub fn due(&self) -> Money {
        self.money(self.engine.due)
    }

    /// What its lines cost, in the order in which they were given.
    pub fn lines(&self) -> impl Iterator<Item = LineQuote> + '_ {
        self.engine.lines.iter().map(|line| self.line(line))
    }

    fn line(&self, line: &QuoteLine) -> LineQuote {
        LineQuote {
            unit_price: self.money(line.unit_price),
            compare_at: line.compare_at.map(|before| self.money(before)),
            subtotal: self.money(line.subtotal),
            discount: self.money(line.discount),
            total: self.money(line.taxable),
        }
    }

    /// The quote as an order keeps it, and what it was made of: its lines are called by the order's, in the same order.
    #[must_use]
    pub fn of_order(&self, lines: &[OrderLineId]) -> (pricing::Quote, Basis) {
        let mut quote = self.engine.clone();
        let keys: Vec<(LineKey, LineKey)> =
            quote.lines.iter().zip(lines).map(|(line, id)| (line.key, LineKey(id.0.as_u128()))).collect();
        let keys: HashMap<LineKey, LineKey> = keys.into_iter().collect();
        let renamed = |key: &mut LineKey| *key = keys.get(key).copied().unwrap_or(*key);
        quote.lines.iter_mut().for_each(|line| renamed(&mut line.key));
        quote.delivery_groups.iter_mut().flat_map(|group| &mut group.lines).for_each(renamed);
        let mut basis = self.basis();
        basis.lines.iter_mut().for_each(|line| renamed(&mut line.key));
        (quote, basis)
    }

    /// What the quote was made of, as an order keeps it.
    #[must_use]
    pub fn basis(&self) -> Basis {
        let line = |line: &pricing::Line| pricing::Line { prices: Vec::new(), ..line.clone() };
        let unlimited =
            |discount: &pricing::Discount| pricing::Discount { usage: pricing::Usage::default(), ..discount.clone() };
        Basis {
            country: self.cart.country,
            lines: self.cart.lines.iter().map(line).collect(),
            discounts: self.rules.discounts.iter().map(unlimited).collect(),
            agreed: Some(Agreed { customer: self.cart.customer.clone(), rules: self.rules.at_places_of(&self.cart) }),
        }
    }

    /// The line of a cart in it.
    #[must_use]
    pub fn line_of(&self, id: CartLineId) -> Option<&QuoteLine> {
        self.engine.lines.iter().find(|line| line.key == LineKey(id.0.as_u128()))
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::ids::{ProductId, VariantId};
    use pricing::PricingError;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::pricing::{CartFacts, LineFacts, Paying};

    fn line(quantity: i64, minor: i64) -> LineFacts {
        let id = Uuid::now_v7();
        LineFacts {
            id: CartLineId(id),
            variant_id: VariantId(id),
            product_id: ProductId(id),
            title: "Mug".to_owned(),
            quantity,
            price: Some(Money::new(minor, Currency::USD)),
            compare_at: None,
            list_prices: Vec::new(),
            agreed_price: None,
            priced_at: None,
            as_ordered: None,
            weight_grams: 0,
            requires_shipping: true,
            gift_card: false,
            taxable: true,
            tax_class_id: None,
        }
    }

    fn quoted(lines: Vec<LineFacts>) -> Result<Quote, PricingError> {
        let facts = CartFacts {
            currency: Currency::USD,
            country_code: None,
            account_id: None,
            email: None,
            lines,
            destination: None,
            delivery_choices: Vec::new(),
            discount_codes: Vec::new(),
            paying: Paying::Cards(Vec::new()),
            kept_discounts: Vec::new(),
            agreed: None,
            order_id: None,
        };
        let cart = facts.cart(DateTime::UNIX_EPOCH)?;
        let quote = pricing::quote(&cart, &pricing::Rules::default())?;
        Ok(Quote::new(quote, Currency::USD, (cart, pricing::Rules::default())))
    }

    proptest! {
        #[test]
        fn a_quote_adds_up(amounts in prop::collection::vec((1_i64..=999, 0_i64..=1_000_000_000), 0..500)) {
            let lines: Vec<LineFacts> = amounts.iter().map(|(quantity, minor)| line(*quantity, *minor)).collect();
            let quote = quoted(lines.clone()).expect("it fits");
            prop_assert_eq!(quote.lines().count(), lines.len());
            prop_assert_eq!(quote.lines().map(|line| line.total.minor).sum::<i64>(), quote.subtotal().minor);
            prop_assert_eq!(quote.total(), quote.due());
            for (line, quoted) in lines.iter().zip(quote.lines()) {
                prop_assert_eq!(quoted.total.minor, line.quantity * line.price.map_or(0, |price| price.minor));
                prop_assert_eq!(quote.line_of(line.id).map(|line| line.taxable.0), Some(quoted.total.minor));
            }
        }
    }

    #[test]
    fn a_price_of_another_currency_is_refused() {
        let euro = LineFacts { price: Some(Money::new(1, "EUR".parse().expect("a code"))), ..line(1, 0) };
        assert_eq!(quoted(vec![euro]), Err(PricingError::NoPrice));
        assert_eq!(quoted(vec![line(2, i64::MAX)]), Err(PricingError::Overflow));
    }

    #[test]
    fn an_order_keeps_the_quote_by_its_own_lines() {
        let quote = quoted(vec![line(1, 5), line(2, 7)]).expect("it fits");
        let ids = [OrderLineId(Uuid::now_v7()), OrderLineId(Uuid::now_v7())];
        let (kept, basis) = quote.of_order(&ids);
        let lines: Vec<(u128, usize)> = basis.lines.iter().map(|line| (line.key.0, line.prices.len())).collect();
        assert_eq!(lines, ids.map(|id| (id.0.as_u128(), 0)));
        let keys: Vec<u128> = kept.lines.iter().map(|line| line.key.0).collect();
        assert_eq!(keys, ids.map(|id| id.0.as_u128()));
        assert_eq!((kept.total, kept.lines[1].subtotal), (Amount(19), Amount(14)));
    }
}
