//! The shop's rules and what else the price of some carts depends on, read in as many statements as for one cart.

use chrono::{DateTime, Utc};
use pricing::{Cart, PricingError, Rules};
use sea_orm::ConnectionTrait;

use super::{CartFacts, Quote, gift_cards::GiftCards};
use crate::domain::{gift_card::CartCard, shared::Error};

/// What was read for some carts at one moment.
#[derive(Clone, Debug)]
pub struct Book {
    now: DateTime<Utc>,
    gift_cards: GiftCards,
}

impl Book {
    /// Reads what the prices of these carts depend on. The number of statements does not grow with theirs.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(db: &impl ConnectionTrait, now: DateTime<Utc>, carts: &[CartFacts]) -> Result<Self, Error> {
        let gift_cards = GiftCards::load(db, now, carts).await?;
        Ok(Self { now, gift_cards })
    }

    /// The gift cards of one of the carts that the book was read for, in their order.
    #[must_use]
    pub fn gift_cards_of(&self, facts: &CartFacts) -> Vec<CartCard> {
        self.gift_cards.of(facts)
    }

    /// Quotes one of the carts that the book was read for.
    ///
    /// # Errors
    /// `Overflow`; `NoPrice` when a price is in another currency; `Quantity` and `Negative` for what no cart holds; `Rule`
    /// for rules that no mutation lets in.
    pub fn quote(&self, facts: &CartFacts) -> Result<Quote, PricingError> {
        let mut cart = facts.cart(self.now)?;
        cart.gift_cards = self.gift_cards.priced(facts)?;
        let quote = pricing::quote(&cart, &self.rules(&cart))?;
        Ok(Quote::new(quote, facts.currency))
    }

    /// The rules that may concern a cart.
    fn rules(&self, _cart: &Cart) -> Rules {
        Rules::default()
    }
}
