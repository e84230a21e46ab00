//! Staff put money on a card, or take some off.

use entity::{
    ids::{GiftCardEntryId, GiftCardId},
    money::Money,
};
use sea_orm::DatabaseTransaction;

use super::{
    Entry, EntryKind, GiftCard, Reason, Refusal,
    events::{Happened, tell},
    model::{MOST, check_amount, check_note, tidy},
    store,
    update::refuse_deactivated,
};
use crate::domain::shared::{Author, Failure};

/// Money onto a card, or off it.
#[derive(Clone, Debug)]
pub struct Adjustment {
    /// The card.
    pub id: GiftCardId,
    /// How much, above zero.
    pub amount: Money,
    /// Why.
    pub note: Option<String>,
}

/// Puts money on a card. One that was ended takes none.
///
/// # Errors
/// What is wrong with it; `NotFound`.
pub async fn credit(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    adjustment: Adjustment,
) -> Result<(GiftCard, Entry), Failure<Refusal>> {
    let (card, note) = open(tx, &adjustment).await?;
    refuse_deactivated(&card)?;
    let entry = entry(author, &adjustment, EntryKind::Credited, adjustment.amount.minor, note);
    if !store::book(tx, entry.clone()).await? {
        let most = Money::new(MOST, card.currency);
        return Err(Failure::refuse(Refusal::new("amount.amount", Reason::TooLarge(most))));
    }
    let card = booked(card, &entry);
    tell(tx, author, &card, Happened::Credited(entry.amount_minor)).await?;
    Ok((card, entry))
}

/// Takes money off a card, also off one that was ended.
///
/// # Errors
/// What is wrong with it, also that there is less on the card; `NotFound`.
pub async fn debit(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    adjustment: Adjustment,
) -> Result<(GiftCard, Entry), Failure<Refusal>> {
    let (card, note) = open(tx, &adjustment).await?;
    let entry = entry(author, &adjustment, EntryKind::Debited, -adjustment.amount.minor, note);
    if !store::book(tx, entry.clone()).await? {
        let left = Money::new(card.balance_minor, card.currency);
        return Err(Failure::refuse(Refusal::new("amount.amount", Reason::BalanceTooLow(left))));
    }
    let card = booked(card, &entry);
    tell(tx, author, &card, Happened::Debited(adjustment.amount.minor)).await?;
    Ok((card, entry))
}

/// Checks the input and locks the card.
async fn open(
    tx: &DatabaseTransaction,
    adjustment: &Adjustment,
) -> Result<(GiftCard, Option<String>), Failure<Refusal>> {
    let note = tidy(adjustment.note.clone());
    let mut refusals: Vec<Refusal> = check_amount(adjustment.amount).into_iter().collect();
    refusals.extend(note.as_deref().map(check_note).transpose()?.flatten());
    let card = store::lock_one(tx, adjustment.id).await?;
    if card.currency != adjustment.amount.currency {
        refusals.push(Refusal::new("amount.currencyCode", Reason::OtherCurrency(card.currency)));
    }
    if refusals.is_empty() { Ok((card, note)) } else { Err(Failure::Refused(refusals)) }
}

fn entry(author: Author<'_>, of: &Adjustment, kind: EntryKind, amount_minor: i64, note: Option<String>) -> Entry {
    Entry {
        id: author.sources.id::<GiftCardEntryId>(),
        gift_card_id: of.id,
        kind,
        amount_minor,
        order_id: None,
        turn: None,
        refund_id: None,
        account_id: author.account_id,
        note,
        created_at: author.sources.now(),
    }
}

/// The locked card after its balance was changed.
pub(super) fn booked(card: GiftCard, entry: &Entry) -> GiftCard {
    GiftCard { balance_minor: card.balance_minor + entry.amount_minor, updated_at: entry.created_at, ..card }
}
