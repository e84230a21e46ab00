//! The shop's rules and what else the price of some carts depends on, read in as many statements as for one cart.

use chrono::{DateTime, Utc};
use pricing::{DeliveryRules, PricingError, Rules};
use sea_orm::ConnectionTrait;

use super::{CartFacts, Quote, discounts::Discounts, gift_cards::GiftCards, taxes::Taxes};
use crate::domain::{delivery, gift_card::CartCard, shared::Error};

/// What was read for some carts at one moment.
#[derive(Clone, Debug)]
pub struct Book {
    now: DateTime<Utc>,
    delivery: Option<DeliveryRules>,
    discounts: Discounts,
    taxes: Taxes,
    gift_cards: GiftCards,
}

impl Book {
    /// Reads what the prices of these carts depend on. The number of statements does not grow with theirs.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(db: &impl ConnectionTrait, now: DateTime<Utc>, carts: &[CartFacts]) -> Result<Self, Error> {
        let ships = carts.iter().flat_map(|cart| &cart.lines).any(|line| line.requires_shipping);
        let delivery = if ships { delivery::rules(db).await? } else { None };
        let discounts = Discounts::load(db, now, carts).await?;
        let gift_cards = GiftCards::load(db, now, carts).await?;
        Ok(Self { now, delivery, discounts, taxes: Taxes::load(db, carts).await?, gift_cards })
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
        self.discounts.arrange(&mut cart, facts);
        match &facts.agreed {
            Some(agreed) => cart.customer.clone_from(&agreed.customer),
            None => self.taxes.tell(&mut cart),
        }
        let rules = self.rules(facts);
        let quote = pricing::quote(&cart, &rules)?;
        Ok(Quote::new(quote, facts.currency, (cart, rules)))
    }

    /// The rules that may concern a cart.
    fn rules(&self, facts: &CartFacts) -> Rules {
        let (delivery, taxes) = match &facts.agreed {
            Some(agreed) => (agreed.rules.delivery.clone(), agreed.rules.taxes.clone()),
            None => (self.delivery.clone(), self.taxes.rules()),
        };
        Rules { delivery, discounts: self.discounts.of(facts), taxes }
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
