//! The shop's rules and what else the price of some carts depends on, read in as many statements as for one cart.

use chrono::{DateTime, Utc};
use pricing::{Cart, DeliveryRules, PricingError, Rules};
use sea_orm::ConnectionTrait;

use super::{CartFacts, Quote};
use crate::domain::{delivery, shared::Error};

/// What was read for some carts at one moment.
#[derive(Clone, Debug)]
pub struct Book {
    now: DateTime<Utc>,
    delivery: Option<DeliveryRules>,
}

impl Book {
    /// Reads what the prices of these carts depend on. The number of statements does not grow with theirs.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(db: &impl ConnectionTrait, now: DateTime<Utc>, carts: &[CartFacts]) -> Result<Self, Error> {
        let ships = carts.iter().flat_map(|cart| &cart.lines).any(|line| line.requires_shipping);
        let delivery = if ships { delivery::rules(db).await? } else { None };
        Ok(Self { now, delivery })
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
        Rules { delivery: self.delivery.clone(), ..Rules::default() }
    }

    /// How people call the delivery option of a handle; the handle itself when there is none.
    #[must_use]
    pub fn delivery_title(&self, handle: &str) -> String {
        let rules = self.delivery.iter();
        let rates = rules.clone().flat_map(|rules| &rules.zones).flat_map(|zone| &zone.rates);
        let rates = rates.map(|rate| (&rate.handle, &rate.title));
        let pickups = rules.flat_map(|rules| &rules.pickups).map(|pickup| (&pickup.handle, &pickup.title));
        let found = rates.chain(pickups).find(|(known, _)| ***known == *handle);
        found.map_or_else(|| handle.to_owned(), |(_, title)| title.to_string())
    }
}
