//! How a document's money came or went: by gift cards and by payments.

use std::collections::BTreeMap;

use entity::{
    gift_card::gift_card_entry::Model as Entry,
    ids::GiftCardId,
    money::{Currency, Money},
    payment::payment::PaymentStatus,
};
use sea_orm::DatabaseTransaction;

use super::{issue::day, model::Row};
use crate::domain::{
    gift_card,
    order::Order,
    payment::{self, Payment, Refund},
    shared::Error,
};

/// What a payment paid.
pub(super) fn by_payment(paid: &Payment, minor: i64) -> Row {
    let label = format!("Payment of {}", day(paid.created_at));
    Row { key: "payment".to_owned(), label, amount: Money::new(minor, paid.currency).in_words() }
}

/// What a locked order was paid with: its gift cards, then its payments, together no more than it costs.
pub(super) async fn paid_with(tx: &DatabaseTransaction, order: &Order) -> Result<Vec<Row>, Error> {
    let mut cards: BTreeMap<GiftCardId, i64> = BTreeMap::new();
    // Whoever buys the same waits for this, and most orders have nothing of cards.
    if order.gift_card_minor > 0 {
        for entry in gift_card::paid_by(tx, &[order.id]).await? {
            *cards.entry(entry.gift_card_id).or_default() -= entry.amount_minor;
        }
    }
    let mut open = order.total_minor - cards.values().sum::<i64>();
    let mut rows = by_cards(tx, order.currency, cards, "").await?;
    let payments = payment::payments_of(tx, &[order.id]).await?;
    for paid in payments.iter().filter(|paid| paid.status == PaymentStatus::Captured) {
        // What was taken beyond that goes back.
        let part = (paid.captured_minor - paid.refunded_minor).min(open);
        if part > 0 {
            open -= part;
            rows.push(by_payment(paid, part));
        }
    }
    Ok(rows)
}

/// What goes back of a locked order: to gift cards, and by gateways.
pub(super) async fn given_back(
    tx: &DatabaseTransaction,
    order: &Order,
    refunds: impl Fn(&Refund) -> bool,
    entries: impl Fn(&Entry) -> bool,
) -> Result<Vec<Row>, Error> {
    let mut cards: BTreeMap<GiftCardId, i64> = BTreeMap::new();
    for entry in gift_card::paid_by(tx, &[order.id]).await?.iter().filter(|entry| entries(entry)) {
        *cards.entry(entry.gift_card_id).or_default() += entry.amount_minor;
    }
    let mut rows = by_cards(tx, order.currency, cards, "Back to ").await?;
    let sent = payment::refunds_of(tx, &[order.id]).await?;
    let sum: i64 = sent.iter().filter(|refund| refunds(refund)).map(|refund| refund.amount_minor).sum();
    if sum > 0 {
        let (label, amount) = ("Back the way it was paid".to_owned(), Money::new(sum, order.currency).in_words());
        rows.push(Row { key: "payment".to_owned(), label, amount });
    }
    Ok(rows)
}

async fn by_cards(
    tx: &DatabaseTransaction,
    currency: Currency,
    mut cards: BTreeMap<GiftCardId, i64>,
    before: &str,
) -> Result<Vec<Row>, Error> {
    cards.retain(|_, minor| *minor > 0);
    let ids: Vec<GiftCardId> = cards.keys().copied().collect();
    let known = gift_card::gift_cards(tx, &ids).await?;
    let row = |(id, minor): (GiftCardId, i64)| {
        let last = known.iter().find(|card| card.id == id).map_or("", |card| &card.last_characters);
        let label = format!("{before}{} •••• {last}", if before.is_empty() { "Gift card" } else { "gift card" });
        Row { key: "gift_card".to_owned(), label, amount: Money::new(minor, currency).in_words() }
    };
    Ok(cards.into_iter().map(row).collect())
}
