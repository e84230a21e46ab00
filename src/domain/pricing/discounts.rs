//! The discounts that may concern some carts, and the collections that they ask for.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::ids::ProductId;
use pricing::{Cart, CollectionKey, Discount, ProductKey};
use sea_orm::ConnectionTrait;

use super::CartFacts;
use crate::domain::{
    catalog::lookup,
    discount::{Asked, Book, Buyer},
    shared::Error,
};

/// What was read of discounts for some carts.
#[derive(Clone, Debug)]
pub(super) struct Discounts {
    book: Book,
    /// The collections of the carts' products, where a discount asks for them.
    collections: HashMap<ProductKey, Vec<CollectionKey>>,
}

impl Discounts {
    /// Reads them in as many statements as for one cart.
    pub async fn load(db: &impl ConnectionTrait, now: DateTime<Utc>, carts: &[CartFacts]) -> Result<Self, Error> {
        let asked = Asked {
            codes: carts.iter().flat_map(|cart| cart.discount_codes.iter().cloned()).collect(),
            buyers: carts.iter().map(buyer).collect(),
            orders: carts.iter().filter_map(|cart| cart.order_id).collect(),
        };
        let book = Book::load(db, now, &asked).await?;
        let mut collections: HashMap<ProductKey, Vec<CollectionKey>> = HashMap::new();
        if book.names_collections() {
            let products = carts.iter().flat_map(|cart| cart.lines.iter().map(|line| line.product_id));
            let products: Vec<ProductId> = products.collect();
            for (product, collection) in lookup::collections_of(db, &products).await? {
                let key = ProductKey(product.0.as_u128());
                collections.entry(key).or_default().push(CollectionKey(collection.0.as_u128()));
            }
        }
        Ok(Self { book, collections })
    }

    /// Tells the engine's cart what collections its lines are in.
    pub fn arrange(&self, cart: &mut Cart, facts: &CartFacts) {
        let lines = cart.lines.iter_mut().zip(&facts.lines);
        for (line, _) in lines.filter(|(_, facts)| facts.as_ordered.is_none()) {
            line.collections = self.collections.get(&line.product).cloned().unwrap_or_default();
        }
    }

    /// Those that may concern a cart.
    pub fn of(&self, facts: &CartFacts) -> Vec<Discount> {
        let mut rules = self.book.rules_for(&facts.discount_codes, &buyer(facts), facts.order_id);
        rules.retain(|rule| facts.kept_discounts.iter().all(|kept| kept.key != rule.key));
        rules.extend(facts.kept_discounts.iter().cloned());
        rules
    }
}

fn buyer(cart: &CartFacts) -> Buyer {
    Buyer { account_id: cart.account_id, email: cart.email.clone() }
}
