//! The queries of stock levels, and the first stock of new variants.

use std::collections::HashMap;

use entity::{
    ids::{LocationId, ProductId, VariantId},
    inventory::{
        stock_level,
        stock_movement::{self, MovementReason},
    },
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::domain::shared::{Author, Error};

/// Most units of one variant at one location.
pub const UNITS_MOST: i64 = 1_000_000_000;
/// Rows of one statement.
const ROWS: usize = 500;

/// First stock of a new variant.
#[derive(Clone, Copy, Debug)]
pub struct NewLevel {
    /// The variant.
    pub variant_id: VariantId,
    /// Units there, from 0.
    pub on_hand: i64,
}

/// What stock needs to know of a variant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stocked {
    /// Its product.
    pub product_id: ProductId,
    /// Whether stock is counted.
    pub tracked: bool,
    /// Whether it may be sold beyond the stock.
    pub continue_selling: bool,
}

/// Gives new variants their level at a location, with a movement for the units there.
///
/// # Errors
/// The database's.
pub async fn open(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    location_id: LocationId,
    reason: MovementReason,
    new: &[NewLevel],
) -> Result<(), Error> {
    let now = author.sources.now();
    for new in new.chunks(ROWS) {
        let levels = new.iter().map(|new| {
            let (variant_id, on_hand) = (new.variant_id, new.on_hand);
            let row = stock_level::Model { variant_id, location_id, on_hand, reserved: 0, updated_at: now };
            row.into_active_model().reset_all()
        });
        stock_level::Entity::insert_many(levels.collect::<Vec<_>>()).exec_without_returning(tx).await?;
    }
    let counted = new.iter().filter(|new| new.on_hand != 0);
    let movements = counted.map(|new| movement(author, (new.variant_id, location_id), new.on_hand, reason));
    record_movements(tx, movements.collect()).await?;
    Ok(())
}

/// A movement of units on hand.
pub(super) fn movement(
    author: Author<'_>,
    (variant_id, location_id): (VariantId, LocationId),
    on_hand_delta: i64,
    reason: MovementReason,
) -> stock_movement::Model {
    stock_movement::Model {
        id: author.sources.id(),
        variant_id,
        location_id,
        on_hand_delta,
        reserved_delta: 0,
        reason,
        reference_id: None,
        account_id: author.account_id,
        created_at: author.sources.now(),
    }
}

/// Writes movements.
pub(super) async fn record_movements(
    tx: &DatabaseTransaction,
    movements: Vec<stock_movement::Model>,
) -> Result<(), DbErr> {
    for movements in movements.chunks(ROWS) {
        let rows = movements.iter().map(|row| row.clone().into_active_model().reset_all());
        stock_movement::Entity::insert_many(rows.collect::<Vec<_>>()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Locks every level of these variants, in the order that all writers of stock take, and reads them.
pub(super) async fn lock(
    tx: &DatabaseTransaction,
    variant_ids: &[VariantId],
) -> Result<Vec<stock_level::Model>, DbErr> {
    let mut levels = Vec::new();
    let mut variant_ids = variant_ids.to_vec();
    variant_ids.sort_unstable();
    for ids in variant_ids.chunks(ROWS) {
        let query = stock_level::Entity::find().filter(stock_level::Column::VariantId.is_in(ids.iter().copied()));
        let query = query.order_by_asc(stock_level::Column::VariantId).order_by_asc(stock_level::Column::LocationId);
        levels.extend(query.lock_exclusive().all(tx).await?);
    }
    Ok(levels)
}

/// What stock needs to know of these variants.
pub(super) async fn stocked(
    tx: &DatabaseTransaction,
    variant_ids: &[VariantId],
) -> Result<HashMap<VariantId, Stocked>, DbErr> {
    use entity::catalog::variant::{Column, Entity};

    let mut found = HashMap::new();
    for ids in variant_ids.chunks(ROWS) {
        let columns = [Column::Id, Column::ProductId, Column::Tracked, Column::ContinueSelling];
        let query = Entity::find().select_only().columns(columns).filter(Column::Id.is_in(ids.iter().copied()));
        let rows: Vec<(VariantId, ProductId, bool, bool)> = query.into_tuple().all(tx).await?;
        found.extend(rows.into_iter().map(|(id, product_id, tracked, continue_selling)| {
            (id, Stocked { product_id, tracked, continue_selling })
        }));
    }
    Ok(found)
}

/// Locks the stock of these variants and says which of them have units held for orders.
///
/// # Errors
/// The database's.
pub async fn held(tx: &DatabaseTransaction, variant_ids: &[VariantId]) -> Result<Vec<VariantId>, Error> {
    let levels = lock(tx, variant_ids).await?;
    Ok(levels.into_iter().filter(|level| level.reserved > 0).map(|level| level.variant_id).collect())
}

/// The levels of these variants, by variant and location.
///
/// # Errors
/// The database's.
pub async fn levels_of(db: &impl ConnectionTrait, variant_ids: &[VariantId]) -> Result<Vec<stock_level::Model>, Error> {
    let mut levels = Vec::new();
    for ids in variant_ids.chunks(ROWS) {
        let query = stock_level::Entity::find().filter(stock_level::Column::VariantId.is_in(ids.iter().copied()));
        let query = query.order_by_asc(stock_level::Column::VariantId).order_by_asc(stock_level::Column::LocationId);
        levels.extend(query.all(db).await?);
    }
    Ok(levels)
}
