//! Orders take money from cards, give it back, and take it again.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use entity::{
    ids::{GiftCardId, OrderId},
    money::{Currency, Money},
};
use sea_orm::DatabaseTransaction;

use super::{
    CannotPay, Entry, EntryKind, GiftCard,
    adjust::booked,
    cannot_pay,
    events::{Happened, fact},
    store,
};
use crate::{
    domain::shared::{Author, Error},
    platform::{Sources, outbox},
};

/// What a card is to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The card.
    pub id: GiftCardId,
    /// How much, above zero, in the order's currency.
    pub amount_minor: i64,
}

/// A card that cannot pay what it was to pay: it was used, ended or expired since it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The card.
    pub id: GiftCardId,
}

/// Cards that are locked and can pay what they are to pay. Nothing is taken yet.
#[derive(Debug)]
pub struct Claim {
    order_id: OrderId,
    uses: Vec<(GiftCard, i64, i32)>,
}

/// Locks cards, in the order of their ids, and looks whether each can pay its part of a locked order. The inner `Err` names one
/// that cannot; nothing is changed then.
///
/// # Errors
/// The database's.
pub async fn claim(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    order_id: OrderId,
    currency: Currency,
    uses: &[Use],
) -> Result<Result<Claim, Moved>, Error> {
    let uses: Vec<Use> = uses.iter().copied().filter(|one| one.amount_minor > 0).collect();
    if uses.is_empty() {
        return Ok(Ok(Claim { order_id, uses: Vec::new() }));
    }
    let mut cards = store::lock(tx, uses.iter().map(|one| one.id)).await?;
    let turns = turns(&store::paid_by(tx, &[order_id]).await?);
    let mut claimed = Vec::with_capacity(uses.len());
    for one in uses {
        let Some(card) = cards.remove(&one.id) else { return Ok(Err(Moved { id: one.id })) };
        let why = cannot_pay(&card, currency, now);
        if why.is_some_and(|why| why != CannotPay::Empty) || card.balance_minor < one.amount_minor {
            return Ok(Err(Moved { id: one.id }));
        }
        let turn = turns.get(&one.id).copied().unwrap_or(0) + 1;
        if turn % 2 == 0 {
            return Err(Error::fault(format!("gift card {} pays for order {order_id} already", one.id)));
        }
        claimed.push((card, one.amount_minor, turn));
    }
    Ok(Ok(Claim { order_id, uses: claimed }))
}

/// As [`claim`], for an order that gave everything back and is placed after all: what it took then.
///
/// # Errors
/// The database's.
pub async fn claim_again(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    order_id: OrderId,
    currency: Currency,
) -> Result<Result<Claim, Moved>, Error> {
    let entries = store::paid_by(tx, &[order_id]).await?;
    let turns = turns(&entries);
    let given_back = |entry: &&Entry| {
        entry.kind == EntryKind::Used && entry.turn.map(|turn| turn + 1) == turns.get(&entry.gift_card_id).copied()
    };
    let uses = entries.iter().filter(given_back);
    let uses: Vec<Use> = uses.map(|entry| Use { id: entry.gift_card_id, amount_minor: -entry.amount_minor }).collect();
    claim(tx, now, order_id, currency, &uses).await
}

/// The newest turn of each card of an order.
fn turns(entries: &[Entry]) -> HashMap<GiftCardId, i32> {
    let mut turns = HashMap::new();
    for (card, turn) in entries.iter().filter_map(|entry| Some((entry.gift_card_id, entry.turn?))) {
        let newest = turns.entry(card).or_insert(turn);
        *newest = turn.max(*newest);
    }
    turns
}

impl Claim {
    /// Takes the money; returns the entries.
    ///
    /// # Errors
    /// The database's.
    pub async fn take(self, tx: &DatabaseTransaction, sources: &Sources) -> Result<Vec<Entry>, Error> {
        let order_id = self.order_id;
        let moves = self.uses.into_iter().map(|(card, amount, turn)| Move { card, amount_minor: -amount, turn });
        book_all(tx, sources, order_id, EntryKind::Used, moves.collect()).await
    }
}

/// Gives back to its cards what a locked order still has of them, because nothing comes of it; returns the entries. What was
/// given back before is not given back again.
///
/// # Errors
/// The database's.
pub async fn give_back(tx: &DatabaseTransaction, sources: &Sources, order_id: OrderId) -> Result<Vec<Entry>, Error> {
    let entries = store::paid_by(tx, &[order_id]).await?;
    let left = left(&entries);
    if left.is_empty() {
        return Ok(Vec::new());
    }
    let turns = turns(&entries);
    let mut cards = store::lock(tx, left.keys().copied()).await?;
    let mut moves = Vec::with_capacity(left.len());
    for (id, amount_minor) in &left {
        let card = cards.remove(id).ok_or_else(|| Error::fault("a gift card that paid is not there"))?;
        let turn = turns.get(id).copied().unwrap_or(0) + 1;
        moves.push(Move { card, amount_minor: *amount_minor, turn });
    }
    book_all(tx, sources, order_id, EntryKind::GivenBack, moves).await
}

/// Locks the cards that paid for a locked order, because they may get something back after stock is locked.
///
/// # Errors
/// The database's.
pub async fn lock_paying(tx: &DatabaseTransaction, order_id: OrderId) -> Result<(), Error> {
    let left = left(&store::paid_by(tx, &[order_id]).await?);
    store::lock(tx, left.into_keys()).await.map(drop)
}

/// What an order still has of each card, by card.
pub(super) fn left(entries: &[Entry]) -> BTreeMap<GiftCardId, i64> {
    let mut left: BTreeMap<GiftCardId, i64> = BTreeMap::new();
    for entry in entries {
        *left.entry(entry.gift_card_id).or_default() -= entry.amount_minor;
    }
    left.retain(|_, amount| *amount > 0);
    left
}

/// A change of one locked card for an order.
struct Move {
    card: GiftCard,
    amount_minor: i64,
    turn: i32,
}

async fn book_all(
    tx: &DatabaseTransaction,
    sources: &Sources,
    order_id: OrderId,
    kind: EntryKind,
    moves: Vec<Move>,
) -> Result<Vec<Entry>, Error> {
    let (now, author) = (sources.now(), Author { sources, account_id: None });
    let (mut facts, mut entries) = (Vec::with_capacity(moves.len()), Vec::with_capacity(moves.len()));
    for Move { card, amount_minor, turn } in moves {
        let entry = Entry {
            id: sources.id(),
            gift_card_id: card.id,
            kind,
            amount_minor,
            order_id: Some(order_id),
            turn: Some(turn),
            refund_id: None,
            account_id: None,
            note: None,
            created_at: now,
        };
        if !store::book(tx, entry.clone()).await? {
            let left = Money::new(card.balance_minor, card.currency).in_words();
            return Err(Error::fault(format!("gift card {} with {left} cannot change by {amount_minor}", card.id)));
        }
        let happened = match kind {
            EntryKind::Used => Happened::Used(-amount_minor, order_id),
            EntryKind::GivenBack
            | EntryKind::Issued
            | EntryKind::Refunded
            | EntryKind::Credited
            | EntryKind::Debited => Happened::GivenBack(amount_minor, order_id),
        };
        facts.push(fact(author, &booked(card, &entry), happened));
        entries.push(entry);
    }
    outbox::record_many(tx, sources, facts).await?;
    Ok(entries)
}
