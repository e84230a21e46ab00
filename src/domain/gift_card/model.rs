//! What a card can pay, and the bounds of what is kept of it.

use chrono::{DateTime, Utc};
use entity::{
    ids::GiftCardId,
    money::{Currency, Money},
};

use super::{Entry, EntryKind, GiftCard, Reason, Refusal};
use crate::domain::shared::{Error, card_number::holds_card_number};

/// Most minor units of a card.
pub(super) const MOST: i64 = 100_000_000_000;
/// Longest note, in characters.
pub(super) const LONGEST_NOTE: usize = 1_000;

/// How a card stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// It pays.
    Active,
    /// Nothing is left on it.
    Empty,
    /// Its time is over.
    Expired,
    /// It was ended.
    Deactivated,
}

/// Why a card pays nothing for a cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotPay {
    /// There is no such card.
    Unknown,
    /// It was ended.
    Deactivated,
    /// Its time is over.
    Expired,
    /// It is in another currency than the cart.
    OtherCurrency(Currency),
    /// Nothing is left on it.
    Empty,
}

/// How a card stands.
#[must_use]
pub fn status(card: &GiftCard, now: DateTime<Utc>) -> Status {
    if card.disabled_at.is_some() {
        Status::Deactivated
    } else if card.expires_at.is_some_and(|end| end <= now) {
        Status::Expired
    } else if card.balance_minor == 0 {
        Status::Empty
    } else {
        Status::Active
    }
}

/// Why a card pays nothing for what is in this currency; `None`: it pays.
#[must_use]
pub fn cannot_pay(card: &GiftCard, currency: Currency, now: DateTime<Utc>) -> Option<CannotPay> {
    match status(card, now) {
        Status::Deactivated => Some(CannotPay::Deactivated),
        Status::Expired => Some(CannotPay::Expired),
        Status::Active | Status::Empty if card.currency != currency => Some(CannotPay::OtherCurrency(card.currency)),
        Status::Empty => Some(CannotPay::Empty),
        Status::Active => None,
    }
}

/// A card of a cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CartCard {
    /// The card.
    pub id: GiftCardId,
    /// The last characters of its code.
    pub last_characters: String,
    /// What is on it.
    pub balance: Money,
    /// Whether it pays now: it is neither ended nor past its time.
    pub pays: bool,
}

impl CartCard {
    pub(super) fn new(card: GiftCard, now: DateTime<Utc>) -> Self {
        let pays = match status(&card, now) {
            Status::Active | Status::Empty => true,
            Status::Expired | Status::Deactivated => false,
        };
        Self {
            id: card.id,
            balance: Money::new(card.balance_minor, card.currency),
            last_characters: card.last_characters,
            pays,
        }
    }
}

/// What a card paid for an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardPayment {
    /// The card.
    pub id: GiftCardId,
    /// What it paid, minor units.
    pub paid_minor: i64,
    /// What of that it got back, minor units.
    pub returned_minor: i64,
}

/// What each card paid for one order, in the order in which they were used, from the order's entries, oldest first. Money that an
/// expired order gave back and took again counts once.
#[must_use]
pub fn card_payments(entries: &[Entry]) -> Vec<CardPayment> {
    let mut payments: Vec<CardPayment> = Vec::new();
    for entry in entries {
        let place = payments.iter().position(|payment| payment.id == entry.gift_card_id);
        match (entry.kind, place) {
            (EntryKind::Used, place) => {
                let payment =
                    CardPayment { id: entry.gift_card_id, paid_minor: -entry.amount_minor, returned_minor: 0 };
                match place {
                    Some(place) => payments[place] = payment,
                    None => payments.push(payment),
                }
            }
            (EntryKind::GivenBack | EntryKind::Refunded, Some(place)) => {
                payments[place].returned_minor += entry.amount_minor;
            }
            (EntryKind::GivenBack | EntryKind::Refunded, None)
            | (EntryKind::Issued | EntryKind::Credited | EntryKind::Debited, _) => {}
        }
    }
    payments
}

/// What is wrong with an amount that goes onto a card, or off it.
pub(super) fn check_amount(amount: Money) -> Option<Refusal> {
    if amount.minor <= 0 {
        Some(Refusal::new("amount.amount", Reason::NotPositive))
    } else if amount.minor > MOST {
        Some(Refusal::new("amount.amount", Reason::TooLarge(Money::new(MOST, amount.currency))))
    } else {
        None
    }
}

/// What is wrong with a note.
///
/// # Errors
/// `BadInput` for NUL.
pub(super) fn check_note(note: &str) -> Result<Option<Refusal>, Error> {
    if note.contains('\0') {
        return Err(Error::bad_input("input.note", "must not hold the character U+0000"));
    }
    Ok(if note.chars().nth(LONGEST_NOTE).is_some() {
        Some(Refusal::new("note", Reason::TooLong(LONGEST_NOTE)))
    } else if holds_card_number(note) {
        Some(Refusal::new("note", Reason::PaymentCard))
    } else {
        None
    })
}

/// A note without blanks around it; nothing when it is empty.
pub(super) fn tidy(note: Option<String>) -> Option<String> {
    note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty())
}
