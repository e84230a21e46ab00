//! The shop's rules and what else the price of some carts depends on, read in as many statements as for one cart.

use chrono::{DateTime, Utc};
use pricing::{PricingError, Rules};
use sea_orm::ConnectionTrait;

use super::{CartFacts, Quote, discounts::Discounts, taxes::Taxes};
use crate::domain::shared::Error;

/// What was read for some carts at one moment.
#[derive(Clone, Debug)]
pub struct Book {
    now: DateTime<Utc>,
    discounts: Discounts,
    taxes: Taxes,
}

impl Book {
    /// Reads what the prices of these carts depend on. The number of statements does not grow with theirs.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(db: &impl ConnectionTrait, now: DateTime<Utc>, carts: &[CartFacts]) -> Result<Self, Error> {
        Ok(Self { now, discounts: Discounts::load(db, now, carts).await?, taxes: Taxes::load(db, carts).await? })
    }

    /// Quotes one of the carts that the book was read for.
    ///
    /// # Errors
    /// `Overflow`; `NoPrice` when a price is in another currency; `Quantity` and `Negative` for what no cart holds; `Rule`
    /// for rules that no mutation lets in.
    pub fn quote(&self, facts: &CartFacts) -> Result<Quote, PricingError> {
        let mut cart = facts.cart(self.now)?;
        self.discounts.arrange(&mut cart);
        self.taxes.tell(&mut cart);
        let rules = self.rules(facts);
        let quote = pricing::quote(&cart, &rules)?;
        Ok(Quote::new(quote, facts.currency, rules.discounts))
    }

    /// The rules that may concern a cart.
    fn rules(&self, facts: &CartFacts) -> Rules {
        Rules { discounts: self.discounts.of(facts), taxes: self.taxes.rules(), ..Rules::default() }
    }
}
