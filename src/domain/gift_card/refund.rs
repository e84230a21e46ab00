//! Refunding to the cards that paid: the one used last gets its money back first, because it is the one that its holder still has.

use entity::ids::OrderId;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{
    Entry, EntryKind,
    adjust::booked,
    events::{Happened, fact},
    store, take,
};
use crate::{
    domain::shared::{Author, Error},
    platform::outbox,
};

/// Why a card gets back a part of what it paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// Money of the order was refunded: the order still says what its cards paid.
    Refund,
    /// The order was edited and costs less: it says that its cards paid less.
    Edit,
}

/// Gives back `amount_minor` of a locked order to its cards and returns the entries: less when the cards paid less, and none the
/// second time that a refund or an edit (`refund_id`) asks.
///
/// # Errors
/// The database's.
pub async fn refund(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    order_id: OrderId,
    because: Because,
    refund_id: Uuid,
    amount_minor: i64,
) -> Result<Vec<Entry>, Error> {
    let entries = store::paid_by(tx, &[order_id]).await?;
    if entries.iter().any(|entry| entry.refund_id == Some(refund_id)) {
        return Ok(Vec::new());
    }
    let mut left = take::left(&entries);
    let mut cards = store::lock(tx, left.keys().copied()).await?;
    let mut open = amount_minor;
    let (now, mut facts, mut booked_now) = (author.sources.now(), Vec::new(), Vec::new());
    for used in entries.iter().rev().filter(|entry| entry.kind == EntryKind::Used) {
        let amount = left.remove(&used.gift_card_id).unwrap_or(0).min(open);
        let Some(card) = cards.remove(&used.gift_card_id).filter(|_| amount > 0) else { continue };
        let entry = Entry {
            id: author.sources.id(),
            gift_card_id: card.id,
            kind: match because {
                Because::Refund => EntryKind::Refunded,
                Because::Edit => EntryKind::GivenBack,
            },
            amount_minor: amount,
            order_id: Some(order_id),
            turn: None,
            refund_id: Some(refund_id),
            account_id: author.account_id,
            note: None,
            created_at: now,
        };
        if !store::book(tx, entry.clone()).await? {
            return Err(Error::fault(format!("gift card {} cannot take back what it paid", card.id)));
        }
        let happened = match because {
            Because::Refund => Happened::Refunded(amount, order_id, refund_id),
            Because::Edit => Happened::GivenBack(amount, order_id),
        };
        facts.push(fact(author, &booked(card, &entry), happened));
        open -= amount;
        booked_now.push(entry);
    }
    outbox::record_many(tx, author.sources, facts).await?;
    Ok(booked_now)
}
