//! Every query of gift cards and their ledger.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    gift_card::{
        gift_card,
        gift_card_entry::{self, GiftCardEntryKind as Kind},
    },
    ids::{GiftCardId, OrderId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use super::{CartCard, EnteredCode, Entry, GiftCard, model::MOST};
use crate::{domain::shared::Error, platform::batch::padded};

/// Cards, whoever's.
///
/// # Errors
/// The database's.
pub async fn gift_cards(db: &impl ConnectionTrait, ids: &[GiftCardId]) -> Result<Vec<GiftCard>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(gift_card::Entity::find().filter(gift_card::Column::Id.is_in(padded(ids.iter().copied()))).all(db).await?)
}

/// The cards that orders sold, oldest first.
///
/// # Errors
/// The database's.
pub async fn gift_cards_of_orders(db: &impl ConnectionTrait, ids: &[OrderId]) -> Result<Vec<GiftCard>, Error> {
    let sold = gift_card::Entity::find().filter(gift_card::Column::OrderId.is_in(padded(ids.iter().copied())));
    Ok(sold.order_by_asc(gift_card::Column::Id).all(db).await?)
}

/// The cards of carts by id, as they can pay now. A card that is not there any more is left out.
///
/// # Errors
/// The database's.
pub async fn of_carts(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    ids: &[GiftCardId],
) -> Result<HashMap<GiftCardId, CartCard>, Error> {
    let cards = gift_cards(db, ids).await?;
    Ok(cards.into_iter().map(|card| (card.id, CartCard::new(card, now))).collect())
}

/// The cards of codes, in their order, with one statement however many are known: an unknown code takes as long.
///
/// # Errors
/// The database's.
pub async fn find_by_codes(db: &impl ConnectionTrait, codes: &[EnteredCode]) -> Result<Vec<Option<GiftCard>>, Error> {
    let hashes: Vec<&str> = codes.iter().flat_map(EnteredCode::hashes).map(String::as_str).collect();
    let find = gift_card::Entity::find().filter(gift_card::Column::CodeHash.is_in(padded(hashes)));
    let cards = find.all(db).await?;
    let of = |code: &EnteredCode| cards.iter().find(|card| code.hashes().contains(&card.code_hash)).cloned();
    Ok(codes.iter().map(of).collect())
}

/// The ledgers of cards, oldest entry first.
///
/// # Errors
/// The database's.
pub async fn entries_of(db: &impl ConnectionTrait, cards: &[GiftCardId]) -> Result<Vec<Entry>, Error> {
    let of = gift_card_entry::Entity::find();
    let of = of.filter(gift_card_entry::Column::GiftCardId.is_in(padded(cards.iter().copied())));
    let of = of.order_by_asc(gift_card_entry::Column::CreatedAt).order_by_asc(gift_card_entry::Column::Id);
    Ok(of.all(db).await?)
}

/// What cards paid for orders and got back of it, oldest entry first.
///
/// # Errors
/// The database's.
pub async fn paid_by(db: &impl ConnectionTrait, orders: &[OrderId]) -> Result<Vec<Entry>, Error> {
    let of = gift_card_entry::Entity::find()
        .filter(gift_card_entry::Column::OrderId.is_in(padded(orders.iter().copied())))
        .filter(gift_card_entry::Column::Kind.is_in([Kind::Used, Kind::GivenBack, Kind::Refunded]));
    let of = of.order_by_asc(gift_card_entry::Column::CreatedAt).order_by_asc(gift_card_entry::Column::Id);
    Ok(of.all(db).await?)
}

/// Locks cards in the order of their ids and reads them as they are then.
pub(super) async fn lock(
    tx: &DatabaseTransaction,
    ids: impl IntoIterator<Item = GiftCardId>,
) -> Result<HashMap<GiftCardId, GiftCard>, Error> {
    let ids = padded(ids);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let find = gift_card::Entity::find().filter(gift_card::Column::Id.is_in(ids));
    let cards = find.order_by_asc(gift_card::Column::Id).lock_exclusive().all(tx).await?;
    Ok(cards.into_iter().map(|card| (card.id, card)).collect())
}

/// One card, locked.
pub(super) async fn lock_one(tx: &DatabaseTransaction, id: GiftCardId) -> Result<GiftCard, Error> {
    lock(tx, [id]).await?.remove(&id).ok_or(Error::NotFound("gift card"))
}

pub(super) async fn insert(tx: &DatabaseTransaction, card: &GiftCard) -> Result<(), Error> {
    let row = card.clone().into_active_model().reset_all();
    gift_card::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes what staff may change of a locked card.
pub(super) async fn save(tx: &DatabaseTransaction, card: &GiftCard) -> Result<(), Error> {
    gift_card::Entity::update_many()
        .col_expr(gift_card::Column::ExpiresAt, Expr::val(card.expires_at))
        .col_expr(gift_card::Column::DisabledAt, Expr::val(card.disabled_at))
        .col_expr(gift_card::Column::Note, Expr::val(card.note.clone()))
        .col_expr(gift_card::Column::CustomerId, Expr::val(card.customer_id))
        .col_expr(gift_card::Column::UpdatedAt, Expr::val(card.updated_at))
        .filter(gift_card::Column::Id.eq(card.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// The only statement that changes a balance, with the entry that says why; false: it would leave the bounds, and nothing was
/// changed.
pub(super) async fn book(tx: &DatabaseTransaction, entry: Entry) -> Result<bool, Error> {
    let balance = || Expr::col(gift_card::Column::BalanceMinor).add(entry.amount_minor);
    let moved = gift_card::Entity::update_many()
        .col_expr(gift_card::Column::BalanceMinor, balance())
        .col_expr(gift_card::Column::UpdatedAt, Expr::val(entry.created_at))
        .filter(gift_card::Column::Id.eq(entry.gift_card_id))
        .filter(balance().between(0_i64, MOST))
        .exec(tx)
        .await?;
    if moved.rows_affected != 1 {
        return Ok(false);
    }
    record(tx, vec![entry]).await?;
    Ok(true)
}

/// Writes entries whose balances are written already: the first ones of new cards.
pub(super) async fn record(tx: &DatabaseTransaction, entries: Vec<Entry>) -> Result<(), Error> {
    let rows = entries.into_iter().map(|entry| entry.into_active_model().reset_all());
    gift_card_entry::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}
