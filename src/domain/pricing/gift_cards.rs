//! The gift cards of some carts, and what they can pay now.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    ids::{GiftCardId, OrderId},
    money::Money,
};
use pricing::{Amount, GiftCard, GiftCardKey, PricingError};
use sea_orm::ConnectionTrait;

use super::{CartFacts, Paying, convert};
use crate::domain::{
    gift_card::{self, CartCard},
    shared::Error,
};

/// The cards, and what each paid for the orders of these carts, in the order in which they were used.
#[derive(Clone, Debug, Default)]
pub(super) struct GiftCards {
    cards: HashMap<GiftCardId, CartCard>,
    paid: HashMap<OrderId, Vec<(GiftCardId, i64)>>,
}

impl GiftCards {
    /// Reads the cards of these carts: no statement where no cart has any and no order is edited.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        now: DateTime<Utc>,
        carts: &[CartFacts],
    ) -> Result<Self, Error> {
        let asks = |facts: &&CartFacts| match &facts.paying {
            Paying::Cards(ids) => !ids.is_empty(),
            Paying::AsOrdered => true,
        };
        let orders: Vec<OrderId> = carts.iter().filter(asks).filter_map(|facts| facts.order_id).collect();
        let mut paid: HashMap<OrderId, Vec<(GiftCardId, i64)>> = HashMap::new();
        if !orders.is_empty() {
            for entry in gift_card::paid_by(db, &orders).await? {
                let Some(order_id) = entry.order_id else { continue };
                let cards = paid.entry(order_id).or_default();
                match cards.iter_mut().find(|(id, _)| *id == entry.gift_card_id) {
                    Some((_, amount)) => *amount -= entry.amount_minor,
                    None => cards.push((entry.gift_card_id, -entry.amount_minor)),
                }
            }
        }
        let named = carts.iter().flat_map(|facts| match &facts.paying {
            Paying::Cards(ids) => ids.as_slice(),
            Paying::AsOrdered => &[],
        });
        let ids: Vec<GiftCardId> = named.copied().chain(paid.values().flatten().map(|(id, _)| *id)).collect();
        Ok(Self { cards: gift_card::of_carts(db, now, &ids).await?, paid })
    }

    /// The cards of a cart, with what its order took of them; or what they paid for the order that is edited.
    pub(super) fn of(&self, facts: &CartFacts) -> Vec<CartCard> {
        let paid = facts.order_id.and_then(|order_id| self.paid.get(&order_id)).map_or(&[][..], Vec::as_slice);
        let with = |id: GiftCardId, minor: i64, pays: bool| {
            let card = self.cards.get(&id)?;
            let balance = Money::new(minor, card.balance.currency);
            Some(CartCard { balance, pays, ..card.clone() })
        };
        match &facts.paying {
            Paying::Cards(ids) => {
                let card = |id: &GiftCardId| {
                    let card = self.cards.get(id)?;
                    let taken = paid.iter().find(|(other, _)| other == id).map_or(0, |(_, amount)| *amount);
                    with(*id, card.balance.minor + taken, card.pays)
                };
                ids.iter().filter_map(card).collect()
            }
            Paying::AsOrdered => paid.iter().filter_map(|(id, amount)| with(*id, *amount, true)).collect(),
        }
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
