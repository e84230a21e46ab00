//! Cards that orders sell: a card for each unit that was paid, and what becomes of them when the order does not stand.

use std::collections::BTreeSet;

use entity::{
    ids::{AccountId, OrderId, OrderLineId},
    money::{Currency, Money},
};
use sea_orm::DatabaseTransaction;

use super::{
    Entry, EntryKind, GiftCard, NewGiftCard,
    adjust::booked,
    events::{Happened, fact},
    issue::{self, Sold},
    store,
};
use crate::{
    domain::shared::{Author, Error},
    platform::{keys::KeyRing, outbox},
};

/// An order that sells cards.
#[derive(Clone, Copy, Debug)]
pub struct Seller<'a> {
    /// The order.
    pub order_id: OrderId,
    /// Its currency.
    pub currency: Currency,
    /// To whom the codes are mailed.
    pub email: &'a str,
    /// The customer who bought.
    pub customer_id: Option<AccountId>,
}

/// A line that sells cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoldLine {
    /// The line.
    pub id: OrderLineId,
    /// Units.
    pub units: i64,
    /// The price of a unit, which is what its card is worth, minor units.
    pub unit_price_minor: i64,
}

/// A card that an order sold was used, so that its money cannot be given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WasUsed;

/// Issues a card for each unit of a paid order's lines that has none yet, and mails its code. Run again, it issues nothing.
///
/// # Errors
/// The database's.
pub async fn issue_sold(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    keys: &KeyRing,
    seller: Seller<'_>,
    lines: &[SoldLine],
) -> Result<(), Error> {
    if lines.is_empty() {
        return Ok(());
    }
    let there = store::gift_cards_of_orders(tx, &[seller.order_id]).await?;
    let there: BTreeSet<(OrderLineId, i32)> =
        there.iter().filter_map(|card| Some((card.order_line_id?, card.unit?))).collect();
    for line in lines.iter().filter(|line| line.unit_price_minor > 0) {
        let units = i32::try_from(line.units).map_err(|_| Error::fault("a line has too many units"))?;
        for unit in (1..=units).filter(|unit| !there.contains(&(line.id, *unit))) {
            let new = NewGiftCard {
                amount: Money::new(line.unit_price_minor, seller.currency),
                expires_at: None,
                note: None,
                recipient_email: Some(seller.email.to_owned()),
                customer_id: seller.customer_id,
            };
            let sold = Sold { order_id: Some(seller.order_id), line: Some((line.id, unit)) };
            issue::make(tx, author, keys, new, sold).await?;
        }
    }
    Ok(())
}

/// The cards that a locked order sold, locked, if none of them was used; those that a refund ended do not count. One that staff
/// deactivated does: what was spent before stays spent.
///
/// # Errors
/// The database's.
pub async fn unused_of(tx: &DatabaseTransaction, order_id: OrderId) -> Result<Result<Vec<GiftCard>, WasUsed>, Error> {
    let open = not_ended(tx, order_id, |_| true).await?;
    Ok(if open.iter().all(is_whole) { Ok(open) } else { Err(WasUsed) })
}

/// Cards of one line of a locked order that nobody used, locked, as many as asked for; the newest first.
///
/// # Errors
/// The database's.
pub async fn unused_of_line(
    tx: &DatabaseTransaction,
    order_id: OrderId,
    line: OrderLineId,
    units: usize,
) -> Result<Result<Vec<GiftCard>, WasUsed>, Error> {
    let mut open = not_ended(tx, order_id, |card| card.order_line_id == Some(line)).await?;
    open.retain(is_whole);
    open.reverse();
    open.truncate(units);
    Ok(if open.len() == units { Ok(open) } else { Err(WasUsed) })
}

/// Some of the cards that a locked order sold, locked, by id, without those that its refunds ended.
async fn not_ended(
    tx: &DatabaseTransaction,
    order_id: OrderId,
    which: impl Fn(&GiftCard) -> bool,
) -> Result<Vec<GiftCard>, Error> {
    let sold = store::gift_cards_of_orders(tx, &[order_id]).await?;
    let mut cards = store::lock(tx, sold.iter().filter(|card| which(card)).map(|card| card.id)).await?;
    let ids: Vec<_> = cards.keys().copied().collect();
    for entry in store::entries_of(tx, &ids).await? {
        // What ends a card takes everything off it in the name of the order that sold it; staff do that in no order's name.
        if entry.kind == EntryKind::Debited && entry.order_id == Some(order_id) {
            cards.remove(&entry.gift_card_id);
        }
    }
    let mut open: Vec<GiftCard> = cards.into_values().collect();
    open.sort_by_key(|card| card.id);
    Ok(open)
}

/// Whether everything that was paid for a card is still on it.
fn is_whole(card: &GiftCard) -> bool {
    card.balance_minor >= card.initial_minor
}

/// Ends locked cards, because what was paid for them goes back: nothing is left on them.
///
/// # Errors
/// The database's.
pub async fn end_sold(tx: &DatabaseTransaction, author: Author<'_>, cards: Vec<GiftCard>) -> Result<(), Error> {
    let now = author.sources.now();
    let mut facts = Vec::with_capacity(cards.len() * 2);
    for card in cards {
        let amount = card.balance_minor;
        let card = GiftCard { disabled_at: Some(now), updated_at: now, ..card };
        store::save(tx, &card).await?;
        let entry = Entry {
            id: author.sources.id(),
            gift_card_id: card.id,
            kind: EntryKind::Debited,
            amount_minor: -amount,
            order_id: card.order_id,
            turn: None,
            refund_id: None,
            account_id: author.account_id,
            note: None,
            created_at: now,
        };
        if !store::book(tx, entry.clone()).await? {
            return Err(Error::fault(format!("gift card {} was used although it was locked", card.id)));
        }
        let card = booked(card, &entry);
        facts.push(fact(author, &card, Happened::Debited(amount)));
        facts.push(fact(author, &card, Happened::Deactivated));
    }
    Ok(outbox::record_many(tx, author.sources, facts).await?)
}
