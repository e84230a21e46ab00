//! Units of one order line that are put back: canceled before they were sent, or returned afterwards.

use std::collections::HashSet;

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
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
};

use super::location::default_location;
use crate::{
    domain::shared::{Author, Error},
    platform::batch::padded,
};

/// Units that are put back.
#[derive(Clone, Copy, Debug)]
pub struct PutBack {
    /// The order.
    pub order_id: OrderId,
    /// The line.
    pub order_line_id: OrderLineId,
    /// Its variant, whose stock is counted.
    pub variant_id: VariantId,
    /// Units.
    pub quantity: i64,
    /// Where; `None`: where they were taken from.
    pub location_id: Option<LocationId>,
    /// Whether they had been sent.
    pub sent: bool,
}

/// Those of the ids that are locations.
///
/// # Errors
/// The database's.
pub async fn locations_of(tx: &DatabaseTransaction, ids: &[LocationId]) -> Result<HashSet<LocationId>, DbErr> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let found = location::Entity::find().select_only().column(location::Column::Id);
    let found = found.filter(location::Column::Id.is_in(padded(ids.iter().copied())));
    Ok(found.into_tuple().all(tx).await?.into_iter().collect())
}

/// Puts units of a locked order back. The caller goes through lines by their variants, so that stock is locked in the order that
/// all its writers take. Returns where the units are now.
///
/// # Errors
/// The database's.
pub async fn put_back(tx: &DatabaseTransaction, author: Author<'_>, units: PutBack) -> Result<LocationId, Error> {
    let taken = reservation::Entity::find()
        .filter(reservation::Column::OrderId.eq(units.order_id))
        .filter(reservation::Column::OrderLineId.eq(units.order_line_id))
        .filter(reservation::Column::Status.eq(ReservationStatus::Consumed))
        .order_by_asc(reservation::Column::LocationId)
        .all(tx)
        .await?;
    let first = taken.first().map(|row| row.location_id);
    let fallback = match units.location_id.or(first) {
        Some(location) => location,
        None => default_location(tx).await?,
    };
    let mut left = units.quantity;
    if !units.sent {
        // What a cancellation of the order would put back must not count these units again.
        for row in taken {
            let part = std::cmp::min(row.quantity, left);
            if part > 0 {
                give_up(tx, &row, part).await?;
                let at = units.location_id.unwrap_or(row.location_id);
                add(tx, author, units, (at, part), MovementReason::Cancel).await?;
                left -= part;
            }
        }
    }
    let reason = if units.sent { MovementReason::Return } else { MovementReason::Cancel };
    if left > 0 {
        add(tx, author, units, (fallback, left), reason).await?;
    }
    Ok(fallback)
}

/// Takes units off what an order took from stock.
async fn give_up(tx: &DatabaseTransaction, row: &reservation::Model, quantity: i64) -> Result<(), DbErr> {
    let update = reservation::Entity::update_many().filter(reservation::Column::Id.eq(row.id));
    let update = if quantity == row.quantity {
        update.col_expr(reservation::Column::Status, Expr::value(ReservationStatus::Released))
    } else {
        update.col_expr(reservation::Column::Quantity, Expr::col(reservation::Column::Quantity).sub(quantity))
    };
    update.exec(tx).await.map(drop)
}

async fn add(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    units: PutBack,
    (location_id, quantity): (LocationId, i64),
    reason: MovementReason,
) -> Result<(), DbErr> {
    let now = author.sources.now();
    let added = stock_level::Entity::update_many()
        .col_expr(stock_level::Column::OnHand, Expr::col(stock_level::Column::OnHand).add(quantity))
        .col_expr(stock_level::Column::UpdatedAt, Expr::value(now))
        .filter(stock_level::Column::VariantId.eq(units.variant_id))
        .filter(stock_level::Column::LocationId.eq(location_id))
        .exec(tx)
        .await?;
    if added.rows_affected == 0 && is_sold(tx, units.variant_id).await? {
        let level = stock_level::Model {
            variant_id: units.variant_id,
            location_id,
            on_hand: quantity,
            reserved: 0,
            updated_at: now,
        };
        stock_level::Entity::insert(level.into_active_model().reset_all()).exec_without_returning(tx).await?;
    }
    let movement = stock_movement::Model {
        id: author.sources.id(),
        variant_id: units.variant_id,
        location_id,
        on_hand_delta: quantity,
        reserved_delta: 0,
        reason,
        reference_id: Some(units.order_line_id.0),
        account_id: author.account_id,
        created_at: now,
    };
    stock_movement::Entity::insert(movement.into_active_model().reset_all()).exec_without_returning(tx).await.map(drop)
}

/// Whether the variant is still there: one that was deleted has no level any more, and its movements remain.
async fn is_sold(tx: &DatabaseTransaction, id: VariantId) -> Result<bool, DbErr> {
    Ok(entity::catalog::variant::Entity::find_by_id(id).one(tx).await?.is_some())
}
