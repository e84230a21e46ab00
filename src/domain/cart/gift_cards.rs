//! Applying gift cards to a cart, and taking them off. What they pay, the quote says.

use chrono::{DateTime, Utc};
use entity::{
    cart::cart::{self, GiftCardIds},
    ids::GiftCardId,
};
use sea_orm::DatabaseTransaction;

use super::{EditableCart, Reason, Refusal, edit::Outcome};
use crate::domain::{
    gift_card::{self, CannotPay, EnteredCode},
    shared::Failure,
};

/// Most gift cards of a cart, and most codes in one call: each is a guess.
pub const MOST_GIFT_CARDS: usize = 10;

const CODES: &str = "giftCardCodes";

type Changed = Result<Outcome, Failure<Refusal>>;

/// Adds the cards of codes behind the present ones. A card that is there stays where it is.
pub(super) async fn add(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    cart: &EditableCart,
    codes: &[EnteredCode],
) -> Changed {
    if codes.iter().all(EnteredCode::is_blank) {
        return Ok(Outcome::default());
    }
    let found = find(tx, now, cart, codes).await?;
    set(cart.cart().gift_card_ids.0.iter().copied().chain(found))
}

/// Puts the cards of codes in place of the present ones; none takes all off.
pub(super) async fn replace(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    cart: &EditableCart,
    codes: &[EnteredCode],
) -> Changed {
    set(find(tx, now, cart, codes).await?)
}

/// Takes cards off.
pub(super) fn remove(cart: &EditableCart, ids: &[GiftCardId]) -> Changed {
    let present = &cart.cart().gift_card_ids.0;
    let unknown = |(index, id): (usize, &GiftCardId)| {
        let place = ["appliedGiftCardIds", &index.to_string()];
        (!present.contains(id)).then(|| Refusal::new(Reason::GiftCardNotApplied, &place))
    };
    let refusals: Vec<Refusal> = ids.iter().enumerate().filter_map(unknown).collect();
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    set(present.iter().copied().filter(|id| !ids.contains(id)))
}

/// The cards of a guest's cart behind those of the customer's, as many as there is room for; `None`: nothing changes.
pub(super) fn joined(target: &cart::Model, guest: &cart::Model) -> Option<GiftCardIds> {
    let present = &target.gift_card_ids.0;
    let new = guest.gift_card_ids.0.iter().filter(|id| !present.contains(id));
    let joined: Vec<GiftCardId> = present.iter().chain(new).copied().take(MOST_GIFT_CARDS).collect();
    (joined.len() > present.len()).then_some(GiftCardIds(joined))
}

fn set(ids: impl IntoIterator<Item = GiftCardId>) -> Changed {
    let mut kept: Vec<GiftCardId> = Vec::new();
    for id in ids {
        if !kept.contains(&id) {
            kept.push(id);
        }
    }
    if kept.len() > MOST_GIFT_CARDS {
        return Err(Failure::refuse(Refusal::new(Reason::TooManyGiftCards, &[CODES])));
    }
    Ok(Outcome::column(cart::Column::GiftCardIds, GiftCardIds(kept)))
}

/// The cards of codes. Blank ones are passed over.
async fn find(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    cart: &EditableCart,
    codes: &[EnteredCode],
) -> Result<Vec<GiftCardId>, Failure<Refusal>> {
    if codes.len() > MOST_GIFT_CARDS {
        return Err(Failure::refuse(Refusal::new(Reason::TooManyAtOnce { most: MOST_GIFT_CARDS }, &[CODES])));
    }
    let (mut ids, mut refusals) = (Vec::new(), Vec::new());
    for (index, (code, card)) in codes.iter().zip(gift_card::find_by_codes(tx, codes).await?).enumerate() {
        let why = match &card {
            _ if code.is_blank() => continue,
            _ if code.is_payment_card() => Some(Reason::CardNumber),
            None => Some(Reason::GiftCard(CannotPay::Unknown)),
            Some(card) => gift_card::cannot_pay(card, cart.cart().currency, now).map(Reason::GiftCard),
        };
        match (why, card) {
            (None, Some(card)) => ids.push(card.id),
            (why, _) => {
                let reason = why.unwrap_or(Reason::GiftCard(CannotPay::Unknown));
                refusals.push(Refusal::new(reason, &[CODES, &index.to_string()]));
            }
        }
    }
    if refusals.is_empty() { Ok(ids) } else { Err(Failure::Refused(refusals)) }
}
