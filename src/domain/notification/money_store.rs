//! What a mail tells of money: what an order was paid with, and what goes back of it by which way.

use std::collections::BTreeMap;

use entity::{
    gift_card::{
        gift_card,
        gift_card_entry::{self, GiftCardEntryKind as EntryKind},
    },
    ids::{GiftCardId, OrderId, OrderQuoteId, OrderRefundId, RefundId},
    order::{order_quote, order_refund},
    payment::{payment::PaymentStatus, refund},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    domain::payment::{self, RefundReason, left_of, payments_of, refunds_of},
    platform::batch::padded,
};

/// An amount on a gift card that is known by its last characters, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OnCard {
    pub last_characters: String,
    pub minor: i64,
}

/// What an order was paid with and has not given back, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paid {
    pub cards: Vec<OnCard>,
    /// What gateways took.
    pub taken: i64,
    /// What gateways hold.
    pub held: i64,
}

/// What goes back, in minor units: to gift cards and by gateways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Back {
    pub cards: Vec<OnCard>,
    pub otherwise: i64,
    /// What a credit note of it is of.
    pub noted_as: Option<Uuid>,
}

impl Back {
    pub(super) fn to_cards(&self) -> i64 {
        self.cards.iter().map(|card| card.minor).sum()
    }
}

/// What an order was paid with so far.
pub(super) async fn paid(db: &impl ConnectionTrait, order: OrderId) -> Result<Paid, DbErr> {
    let mut cards: BTreeMap<GiftCardId, i64> = BTreeMap::new();
    for entry in entries(db, order).await? {
        *cards.entry(entry.gift_card_id).or_default() -= entry.amount_minor;
    }
    let payments = payments_of(db, &[order]).await?;
    let refunds = refunds_of(db, &[order]).await?;
    let held = payments.iter().filter(|paid| paid.status == PaymentStatus::Authorized);
    Ok(Paid {
        cards: on_cards(db, cards).await?,
        taken: payments.iter().filter_map(|paid| left_of(paid, &refunds)).sum(),
        held: held.map(|paid| paid.authorized_minor).sum(),
    })
}

/// What a refund gives back: the one of a payment or, where it is a part of a decision of staff or one that no payment takes part
/// in, all of the decision.
pub(super) async fn refunded(db: &impl ConnectionTrait, order: OrderId, subject: Uuid) -> Result<Option<Back>, DbErr> {
    let of_payment = refund::Entity::find_by_id(RefundId(subject)).one(db).await?;
    let decision = match &of_payment {
        Some(row) => row.order_refund_id,
        None => Some(OrderRefundId(subject)),
    };
    let decided = match decision {
        Some(id) => order_refund::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    if let Some(decided) = decided {
        let cards = of_refund(db, order, decided.id.0).await?;
        let otherwise = decided.total_minor - decided.gift_card_minor;
        return Ok(Some(Back { cards, otherwise, noted_as: Some(subject) }));
    }
    let Some(row) = of_payment else { return Ok(None) };
    let noted_as = match payment::edit_of(&row) {
        Some(revision) => edit_at(db, order, revision).await?.map(|edit| edit.id.0),
        None => (row.reason_key == RefundReason::Cancel.key()).then_some(order.0),
    };
    Ok(Some(Back { cards: Vec::new(), otherwise: row.amount_minor, noted_as }))
}

/// What an edit gives back.
pub(super) async fn of_edit(db: &impl ConnectionTrait, order: OrderId, edit: Uuid) -> Result<Back, DbErr> {
    let made = order_quote::Entity::find_by_id(OrderQuoteId(edit)).one(db).await?;
    let reason = made.map(|made| RefundReason::Edit { revision: made.revision });
    let otherwise = match reason {
        Some(reason) => by_gateways(db, order, reason).await?,
        None => 0,
    };
    Ok(Back { cards: of_refund(db, order, edit).await?, otherwise, noted_as: Some(edit) })
}

/// What the cancellation of an order gives back; nothing of what was given back before.
pub(super) async fn of_cancellation(db: &impl ConnectionTrait, order: OrderId) -> Result<Back, DbErr> {
    let entries = entries(db, order).await?;
    // A card's last turn says how it stands with the order: an earlier one may have been given back and taken again.
    let mut last: BTreeMap<GiftCardId, &gift_card_entry::Model> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.turn.is_some()) {
        let known = last.entry(entry.gift_card_id).or_insert(entry);
        if entry.turn > known.turn {
            *known = entry;
        }
    }
    let given_back = last.into_values().filter(|entry| entry.kind == EntryKind::GivenBack);
    let cards = on_cards(db, given_back.map(|entry| (entry.gift_card_id, entry.amount_minor)).collect()).await?;
    Ok(Back { cards, otherwise: by_gateways(db, order, RefundReason::Cancel).await?, noted_as: Some(order.0) })
}

async fn by_gateways(db: &impl ConnectionTrait, order: OrderId, reason: RefundReason) -> Result<i64, DbErr> {
    let refunds = refunds_of(db, &[order]).await?;
    Ok(refunds.iter().filter(|row| row.reason_key == reason.key()).map(|row| row.amount_minor).sum())
}

async fn edit_at(
    db: &impl ConnectionTrait,
    order: OrderId,
    revision: i32,
) -> Result<Option<order_quote::Model>, DbErr> {
    let of = order_quote::Entity::find().filter(order_quote::Column::OrderId.eq(order));
    of.filter(order_quote::Column::Revision.eq(revision)).one(db).await
}

/// What cards got back by a refund or an edit.
async fn of_refund(db: &impl ConnectionTrait, order: OrderId, refund: Uuid) -> Result<Vec<OnCard>, DbErr> {
    let mut cards: BTreeMap<GiftCardId, i64> = BTreeMap::new();
    for entry in entries(db, order).await?.iter().filter(|entry| entry.refund_id == Some(refund)) {
        *cards.entry(entry.gift_card_id).or_default() += entry.amount_minor;
    }
    on_cards(db, cards).await
}

/// What cards paid for an order and got back of it, the oldest first.
async fn entries(db: &impl ConnectionTrait, order: OrderId) -> Result<Vec<gift_card_entry::Model>, DbErr> {
    let paying = [EntryKind::Used, EntryKind::GivenBack, EntryKind::Refunded];
    let of = gift_card_entry::Entity::find()
        .filter(gift_card_entry::Column::OrderId.eq(order))
        .filter(gift_card_entry::Column::Kind.is_in(paying));
    of.order_by_asc(gift_card_entry::Column::CreatedAt).order_by_asc(gift_card_entry::Column::Id).all(db).await
}

async fn on_cards(db: &impl ConnectionTrait, mut cards: BTreeMap<GiftCardId, i64>) -> Result<Vec<OnCard>, DbErr> {
    cards.retain(|_, minor| *minor > 0);
    if cards.is_empty() {
        return Ok(Vec::new());
    }
    let ids = padded(cards.keys().copied());
    let known = gift_card::Entity::find().filter(gift_card::Column::Id.is_in(ids)).all(db).await?;
    let named = cards.into_iter().map(|(id, minor)| {
        let card = known.iter().find(|card| card.id == id);
        OnCard { last_characters: card.map(|card| card.last_characters.clone()).unwrap_or_default(), minor }
    });
    Ok(named.collect())
}
