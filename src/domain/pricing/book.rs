//! The shop's rules and what else the price of some carts depends on, read in as many statements as for one cart.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::ids::ProductId;
use pricing::{CollectionKey, PricingError, ProductKey, Rules};
use sea_orm::ConnectionTrait;

use super::{CartFacts, Quote};
use crate::domain::{
    catalog::lookup,
    discount::{self, Asked, Buyer},
    shared::Error,
};

/// What was read for some carts at one moment.
#[derive(Clone, Debug)]
pub struct Book {
    now: DateTime<Utc>,
    discounts: discount::Book,
    /// The collections of the carts' products, where a discount asks for them.
    collections: HashMap<ProductKey, Vec<CollectionKey>>,
}

impl Book {
    /// Reads what the prices of these carts depend on. The number of statements does not grow with theirs.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(db: &impl ConnectionTrait, now: DateTime<Utc>, carts: &[CartFacts]) -> Result<Self, Error> {
        let asked = Asked {
            codes: carts.iter().flat_map(|cart| cart.discount_codes.iter().cloned()).collect(),
            buyers: carts.iter().map(buyer).collect(),
            orders: carts.iter().filter_map(|cart| cart.order_id).collect(),
        };
        let discounts = discount::Book::load(db, now, &asked).await?;
        let mut collections: HashMap<ProductKey, Vec<CollectionKey>> = HashMap::new();
        if discounts.names_collections() {
            let products = carts.iter().flat_map(|cart| cart.lines.iter().map(|line| line.product_id));
            let products: Vec<ProductId> = products.collect();
            for (product, collection) in lookup::collections_of(db, &products).await? {
                let key = ProductKey(product.0.as_u128());
                collections.entry(key).or_default().push(CollectionKey(collection.0.as_u128()));
            }
        }
        Ok(Self { now, discounts, collections })
    }

    /// Quotes one of the carts that the book was read for.
    ///
    /// # Errors
    /// `Overflow`; `NoPrice` when a price is in another currency; `Quantity` and `Negative` for what no cart holds; `Rule`
    /// for rules that no mutation lets in.
    pub fn quote(&self, facts: &CartFacts) -> Result<Quote, PricingError> {
        let mut cart = facts.cart(self.now)?;
        for line in &mut cart.lines {
            line.collections = self.collections.get(&line.product).cloned().unwrap_or_default();
        }
        let rules = self.rules(facts);
        let quote = pricing::quote(&cart, &rules)?;
        Ok(Quote::new(quote, facts.currency, rules.discounts))
    }

    /// The rules that may concern a cart.
    fn rules(&self, facts: &CartFacts) -> Rules {
        let discounts = self.discounts.rules_for(&facts.discount_codes, &buyer(facts), facts.order_id);
        Rules { discounts, ..Rules::default() }
    }
}

fn buyer(cart: &CartFacts) -> Buyer {
    Buyer { account_id: cart.account_id, email: cart.email.clone() }
}
