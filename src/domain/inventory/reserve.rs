//! Holding stock for an order, taking it, and giving it back. Every change is one conditional update and one movement.
//!
//! Rows are locked in the order (variant, location), so that two orders of the same things never wait for each other in
//! a circle.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::{
    ids::{LocationId, OrderId, OrderLineId, VariantId},
    inventory::{
        location,
        reservation::{self, ReservationStatus},
        stock_level,
        stock_movement::{self, MovementReason},
    },
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};

use crate::{domain::shared::Error, platform::Sources};

/// What one order line asks for.
#[derive(Clone, Debug)]
pub struct Hold {
    /// The line.
    pub order_line_id: OrderLineId,
    /// The variant.
    pub variant_id: VariantId,
    /// Units.
    pub quantity: i64,
    /// Whether it may be sold beyond the stock.
    pub beyond_stock: bool,
}

/// A line of whose variant there is not enough, after the lines before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The line.
    pub order_line_id: OrderLineId,
    /// Units that are left for it.
    pub available: i64,
}

/// Units of one line from one location.
#[derive(Clone, Debug)]
struct Share {
    order_line_id: OrderLineId,
    variant_id: VariantId,
    location_id: LocationId,
    quantity: i64,
}

/// Locks the stock of variants, in the order in which all stock is locked, for a change that gives some of it back and takes other.
///
/// # Errors
/// The database's.
pub async fn lock(tx: &DatabaseTransaction, variants: Vec<VariantId>) -> Result<(), Error> {
    Ok(lock_levels(tx, variants).await.map(drop)?)
}

/// Holds stock for an order until `expires_at`. All of it or nothing: with shortages nothing was written.
///
/// # Errors
/// The database's. The inner `Err` lists what there is not enough of.
pub async fn reserve(
    tx: &DatabaseTransaction,
    sources: &Sources,
    order_id: OrderId,
    holds: &[Hold],
    expires_at: DateTime<Utc>,
) -> Result<Result<(), Vec<Shortage>>, Error> {
    if holds.is_empty() {
        return Ok(Ok(()));
    }
    let levels = lock_levels(tx, holds.iter().map(|hold| hold.variant_id).collect()).await?;
    let shares = match share_out(holds, levels) {
        Ok(shares) => shares,
        Err(shortages) => return Ok(Err(shortages)),
    };
    for share in &shares {
        // The levels are locked and were just read, but what sells is decided by this condition and nothing else.
        let beyond = holds.iter().any(|hold| hold.order_line_id == share.order_line_id && hold.beyond_stock);
        let mut update = level(share)
            .col_expr(stock_level::Column::Reserved, Expr::col(stock_level::Column::Reserved).add(share.quantity))
            .col_expr(stock_level::Column::UpdatedAt, Expr::value(sources.now()));
        if !beyond {
            let available = Expr::col(stock_level::Column::OnHand).sub(Expr::col(stock_level::Column::Reserved));
            update = update.filter(available.gte(share.quantity));
        }
        if update.exec(tx).await?.rows_affected != 1 {
            // Not a shortage: that is found before anything is written, and a caller may go on after one.
            return Err(Error::fault(format!("locked stock of variant {} changed", share.variant_id)));
        }
    }
    let now = sources.now();
    let rows = shares.iter().map(|share| reservation::ActiveModel {
        id: Set(sources.id()),
        order_id: Set(order_id),
        order_line_id: Set(share.order_line_id),
        variant_id: Set(share.variant_id),
        location_id: Set(share.location_id),
        quantity: Set(share.quantity),
        status: Set(ReservationStatus::Active),
        expires_at: Set(expires_at),
        created_at: Set(now),
    });
    reservation::Entity::insert_many(rows).exec_without_returning(tx).await?;
    record(tx, sources, &shares, MovementReason::Reserve, 0, 1).await?;
    Ok(Ok(()))
}

/// Takes the held stock of an order: it was paid.
///
/// # Errors
/// The database's.
pub async fn consume(tx: &DatabaseTransaction, sources: &Sources, order_id: OrderId) -> Result<(), Error> {
    let shares = move_reservations(tx, order_id, ReservationStatus::Active, ReservationStatus::Consumed).await?;
    change(tx, sources, &shares, MovementReason::Sale, -1, -1).await
}

/// Gives up the held stock of an order.
///
/// # Errors
/// The database's.
pub async fn release(
    tx: &DatabaseTransaction,
    sources: &Sources,
    order_id: OrderId,
    to: ReservationStatus,
) -> Result<(), Error> {
    let shares = move_reservations(tx, order_id, ReservationStatus::Active, to).await?;
    change(tx, sources, &shares, MovementReason::Release, 0, -1).await
}

/// Puts the taken stock of an order back: it was canceled before it was sent.
///
/// # Errors
/// The database's.
pub async fn restock(tx: &DatabaseTransaction, sources: &Sources, order_id: OrderId) -> Result<(), Error> {
    let shares = move_reservations(tx, order_id, ReservationStatus::Consumed, ReservationStatus::Released).await?;
    change(tx, sources, &shares, MovementReason::Cancel, 1, 0).await
}

async fn lock_levels(
    tx: &DatabaseTransaction,
    mut variants: Vec<VariantId>,
) -> Result<BTreeMap<VariantId, Vec<stock_level::Model>>, DbErr> {
    variants.sort_unstable();
    variants.dedup();
    let priorities: BTreeMap<LocationId, i32> =
        location::Entity::find().all(tx).await?.into_iter().map(|row| (row.id, row.priority)).collect();
    let rows = stock_level::Entity::find()
        .filter(stock_level::Column::VariantId.is_in(variants))
        .order_by_asc(stock_level::Column::VariantId)
        .order_by_asc(stock_level::Column::LocationId)
        .lock_exclusive()
        .all(tx)
        .await?;
    let mut levels: BTreeMap<VariantId, Vec<stock_level::Model>> = BTreeMap::new();
    for row in rows {
        levels.entry(row.variant_id).or_default().push(row);
    }
    for rows in levels.values_mut() {
        rows.sort_by_key(|row| (priorities.get(&row.location_id).copied().unwrap_or(i32::MAX), row.location_id));
    }
    Ok(levels)
}

/// Decides which location gives how much: the first that has all of a line, else several in their order.
fn share_out(
    holds: &[Hold],
    mut levels: BTreeMap<VariantId, Vec<stock_level::Model>>,
) -> Result<Vec<Share>, Vec<Shortage>> {
    let mut shares = Vec::new();
    let mut shortages = Vec::new();
    for hold in holds {
        let rows = levels.entry(hold.variant_id).or_default();
        let available = |row: &stock_level::Model| std::cmp::max(row.on_hand - row.reserved, 0);
        let total: i64 = rows.iter().map(available).sum();
        let sells_beyond = hold.beyond_stock && !rows.is_empty();
        if total < hold.quantity && !sells_beyond {
            shortages.push(Shortage { order_line_id: hold.order_line_id, available: total });
            continue;
        }
        let whole = rows.iter().position(|row| available(row) >= hold.quantity);
        let order: Vec<usize> = whole.map_or_else(|| (0..rows.len()).collect(), |place| vec![place]);
        let mut left = hold.quantity;
        let mut taken: BTreeMap<usize, i64> = BTreeMap::new();
        for place in order {
            let take = std::cmp::min(available(&rows[place]), left);
            if take > 0 {
                taken.insert(place, take);
                left -= take;
            }
        }
        if left > 0 {
            *taken.entry(0).or_default() += left;
        }
        for (place, quantity) in taken {
            rows[place].reserved += quantity;
            shares.push(Share {
                order_line_id: hold.order_line_id,
                variant_id: hold.variant_id,
                location_id: rows[place].location_id,
                quantity,
            });
        }
    }
    if shortages.is_empty() { Ok(shares) } else { Err(shortages) }
}

async fn move_reservations(
    tx: &DatabaseTransaction,
    order_id: OrderId,
    from: ReservationStatus,
    to: ReservationStatus,
) -> Result<Vec<Share>, DbErr> {
    // The order's row is locked by the caller, so nobody else moves these between the two statements.
    let rows = reservation::Entity::find()
        .filter(reservation::Column::OrderId.eq(order_id))
        .filter(reservation::Column::Status.eq(from))
        .order_by_asc(reservation::Column::VariantId)
        .order_by_asc(reservation::Column::LocationId)
        .all(tx)
        .await?;
    reservation::Entity::update_many()
        .col_expr(reservation::Column::Status, Expr::value(to))
        .filter(reservation::Column::OrderId.eq(order_id))
        .filter(reservation::Column::Status.eq(from))
        .exec(tx)
        .await?;
    let shares = rows.into_iter().map(|row| Share {
        order_line_id: row.order_line_id,
        variant_id: row.variant_id,
        location_id: row.location_id,
        quantity: row.quantity,
    });
    Ok(shares.collect())
}

/// Changes the levels of `shares` by their quantity times the two signs, and records it.
async fn change(
    tx: &DatabaseTransaction,
    sources: &Sources,
    shares: &[Share],
    reason: MovementReason,
    on_hand_sign: i64,
    reserved_sign: i64,
) -> Result<(), Error> {
    for share in shares {
        let update = level(share)
            .col_expr(
                stock_level::Column::OnHand,
                Expr::col(stock_level::Column::OnHand).add(share.quantity * on_hand_sign),
            )
            .col_expr(
                stock_level::Column::Reserved,
                Expr::col(stock_level::Column::Reserved).add(share.quantity * reserved_sign),
            )
            .col_expr(stock_level::Column::UpdatedAt, Expr::value(sources.now()));
        // A variant that was deleted since has no level any more; its movements remain.
        update.exec(tx).await?;
    }
    record(tx, sources, shares, reason, on_hand_sign, reserved_sign).await
}

fn level(share: &Share) -> sea_orm::UpdateMany<stock_level::Entity> {
    stock_level::Entity::update_many()
        .filter(stock_level::Column::VariantId.eq(share.variant_id))
        .filter(stock_level::Column::LocationId.eq(share.location_id))
}

async fn record(
    tx: &DatabaseTransaction,
    sources: &Sources,
    shares: &[Share],
    reason: MovementReason,
    on_hand_sign: i64,
    reserved_sign: i64,
) -> Result<(), Error> {
    if shares.is_empty() {
        return Ok(());
    }
    let now = sources.now();
    let rows = shares.iter().map(|share| stock_movement::ActiveModel {
        id: Set(sources.id()),
        variant_id: Set(share.variant_id),
        location_id: Set(share.location_id),
        on_hand_delta: Set(share.quantity * on_hand_sign),
        reserved_delta: Set(share.quantity * reserved_sign),
        reason: Set(reason),
        reference_id: Set(Some(share.order_line_id.0)),
        account_id: Set(None),
        created_at: Set(now),
    });
    stock_movement::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    fn stock(variant: u128, location: u128, on_hand: i64, reserved: i64) -> stock_level::Model {
        stock_level::Model {
            variant_id: VariantId(Uuid::from_u128(variant)),
            location_id: LocationId(Uuid::from_u128(location)),
            on_hand,
            reserved,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn hold(line: u128, variant: u128, quantity: i64, beyond_stock: bool) -> Hold {
        let order_line_id = OrderLineId(Uuid::from_u128(line));
        Hold { order_line_id, variant_id: VariantId(Uuid::from_u128(variant)), quantity, beyond_stock }
    }

    fn shared(holds: &[Hold], rows: Vec<stock_level::Model>) -> Result<Vec<(u128, u128, i64)>, Vec<i64>> {
        let mut levels: BTreeMap<VariantId, Vec<stock_level::Model>> = BTreeMap::new();
        rows.into_iter().for_each(|row| levels.entry(row.variant_id).or_default().push(row));
        share_out(holds, levels)
            .map(|shares| {
                let share =
                    |share: &Share| (share.order_line_id.0.as_u128(), share.location_id.0.as_u128(), share.quantity);
                shares.iter().map(share).collect()
            })
            .map_err(|shortages| shortages.iter().map(|shortage| shortage.available).collect())
    }

    #[test]
    fn a_location_that_has_all_of_it_is_preferred() {
        assert_eq!(shared(&[hold(1, 1, 3, false)], vec![stock(1, 1, 2, 0), stock(1, 2, 5, 0)]), Ok(vec![(1, 2, 3)]));
        assert_eq!(
            shared(&[hold(1, 1, 6, false)], vec![stock(1, 1, 2, 0), stock(1, 2, 5, 0)]),
            Ok(vec![(1, 1, 2), (1, 2, 4)])
        );
    }

    #[test]
    fn two_lines_of_one_variant_share_its_stock() {
        let rows = || vec![stock(1, 1, 3, 1)];
        assert_eq!(shared(&[hold(1, 1, 1, false), hold(2, 1, 1, false)], rows()), Ok(vec![(1, 1, 1), (2, 1, 1)]));
        assert_eq!(shared(&[hold(1, 1, 1, false), hold(2, 1, 2, false)], rows()), Err(vec![1]));
    }

    #[test]
    fn only_what_may_be_sold_beyond_the_stock_is() {
        assert_eq!(shared(&[hold(1, 1, 5, true)], vec![stock(1, 1, 2, 0)]), Ok(vec![(1, 1, 5)]));
        assert_eq!(shared(&[hold(1, 1, 5, true)], vec![]), Err(vec![0]));
    }
}
