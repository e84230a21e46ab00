//! Gift cards in checkout: what they pay of an order, what they get back, and those that an order sells.

use chrono::{DateTime, Utc};
use entity::{ids::GiftCardId, money::Money};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::CheckoutContext;
use crate::{
    domain::{
        gift_card::{self, Claim, Entry, Moved, Seller, SoldLine, Use},
        order::{Order, OrderLine},
        pricing::Quote,
        shared::{Author, Error},
    },
    platform::Sources,
};

/// What the cards pay by a quote.
pub(super) fn uses(quote: &Quote) -> Vec<Use> {
    let cards = quote.engine().gift_cards.iter().filter(|card| card.amount.0 > 0);
    cards.map(|card| Use { id: GiftCardId(Uuid::from_u128(card.key.0)), amount_minor: card.amount.0 }).collect()
}

/// Issues the cards that a paid, locked order sold, each once.
///
/// # Errors
/// The database's.
pub(super) async fn issue_sold(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: &Order,
    lines: &[OrderLine],
) -> Result<(), Error> {
    let sold: Vec<SoldLine> = lines
        .iter()
        .filter(|line| line.is_gift_card)
        .map(|line| SoldLine { id: line.id, units: line.quantity, unit_price_minor: line.unit_price_minor })
        .collect();
    let seller =
        Seller { order_id: order.id, currency: order.currency, email: &order.email, customer_id: order.account_id };
    let author = Author { sources: &ctx.sources, account_id: None };
    gift_card::issue_sold(tx, author, &ctx.gift_card_keys, seller, &sold).await
}

/// Gives back what cards paid for a locked order that comes to nothing, once; returns the entries.
///
/// # Errors
/// The database's.
pub(super) async fn give_back(tx: &DatabaseTransaction, sources: &Sources, order: &Order) -> Result<Vec<Entry>, Error> {
    // Most orders have nothing of cards, and need not ask.
    if order.gift_card_minor == 0 {
        return Ok(Vec::new());
    }
    gift_card::give_back(tx, sources, order.id).await
}

/// As [`gift_card::claim_again`].
///
/// # Errors
/// The database's.
pub(super) async fn claim_again(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    order: &Order,
) -> Result<Result<Option<Claim>, Moved>, Error> {
    if order.gift_card_minor == 0 {
        return Ok(Ok(None));
    }
    Ok(gift_card::claim_again(tx, now, order.id, order.currency).await?.map(Some))
}

/// What entries sum up to.
pub(super) fn sum(entries: &[Entry], order: &Order) -> Money {
    Money::new(entries.iter().map(|entry| entry.amount_minor).sum(), order.currency)
}
