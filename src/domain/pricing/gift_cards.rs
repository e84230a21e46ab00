//! The gift cards of some carts, and what they can pay now.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    ids::{GiftCardId, OrderId},
    money::Money,
};
use pricing::{Amount, GiftCard, GiftCardKey, PricingError};
use sea_orm::ConnectionTrait;

use super::{CartFacts, convert};
use crate::domain::{
    gift_card::{self, CartCard},
    shared::Error,
};

/// The cards, and what orders that wait for their payments took of them.
#[derive(Clone, Debug, Default)]
pub(super) struct GiftCards {
    cards: HashMap<GiftCardId, CartCard>,
    held: HashMap<(OrderId, GiftCardId), i64>,
}

impl GiftCards {
    /// Reads the cards of these carts: no statement where no cart has any.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        now: DateTime<Utc>,
        carts: &[CartFacts],
    ) -> Result<Self, Error> {
        let with_cards = || carts.iter().filter(|facts| !facts.gift_cards.is_empty());
        let ids: Vec<GiftCardId> = with_cards().flat_map(|facts| facts.gift_cards.iter().copied()).collect();
        let cards = gift_card::of_carts(db, now, &ids).await?;
        let orders: Vec<OrderId> = with_cards().filter_map(|facts| facts.order_id).collect();
        let mut held: HashMap<(OrderId, GiftCardId), i64> = HashMap::new();
        if !orders.is_empty() {
            for entry in gift_card::paid_by(db, &orders).await? {
                if let Some(order_id) = entry.order_id {
                    *held.entry((order_id, entry.gift_card_id)).or_default() -= entry.amount_minor;
                }
            }
        }
        Ok(Self { cards, held })
    }

    /// The cards of a cart, with what its pending order took of them.
    pub(super) fn of(&self, facts: &CartFacts) -> Vec<CartCard> {
        let card = |id: &GiftCardId| {
            let card = self.cards.get(id)?;
            let held = facts.order_id.and_then(|order_id| self.held.get(&(order_id, *id))).copied().unwrap_or(0);
            let balance = Money::new(card.balance.minor + held, card.balance.currency);
            Some(CartCard { balance, ..card.clone() })
        };
        facts.gift_cards.iter().filter_map(card).collect()
    }

    /// The same for the engine. A card that does not pay now has nothing on it.
    pub(super) fn priced(&self, facts: &CartFacts) -> Result<Vec<GiftCard>, PricingError> {
        let priced = |card: CartCard| {
            Ok(GiftCard {
                key: GiftCardKey(card.id.0.as_u128()),
                currency: convert::currency(card.balance.currency)?,
                balance: Amount(if card.pays { card.balance.minor } else { 0 }),
            })
        };
        self.of(facts).into_iter().map(priced).collect()
    }
}
