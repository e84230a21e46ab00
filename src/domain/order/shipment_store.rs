//! The queries of shipments.

use entity::{
    ids::{FulfillmentId, OrderId},
    order::{
        fulfillment::{self, ShipmentStatus},
        fulfillment_line,
    },
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, sea_query::Expr,
};

use super::{ShipLine, Tracking};
use crate::platform::{Sources, batch::padded};

/// The shipments of some orders, oldest first.
///
/// # Errors
/// The database's.
pub async fn fulfillments_of(db: &impl ConnectionTrait, orders: &[OrderId]) -> Result<Vec<fulfillment::Model>, DbErr> {
    let rows = fulfillment::Entity::find().filter(fulfillment::Column::OrderId.is_in(padded(orders.iter().copied())));
    rows.order_by_asc(fulfillment::Column::OrderId).order_by_asc(fulfillment::Column::Sequence).all(db).await
}

/// What some shipments hold.
///
/// # Errors
/// The database's.
pub async fn fulfillment_lines_of(
    db: &impl ConnectionTrait,
    shipments: &[FulfillmentId],
) -> Result<Vec<fulfillment_line::Model>, DbErr> {
    let of = fulfillment_line::Column::FulfillmentId.is_in(padded(shipments.iter().copied()));
    fulfillment_line::Entity::find().filter(of).order_by_asc(fulfillment_line::Column::Id).all(db).await
}

/// Records a shipment of a locked order.
///
/// # Errors
/// The database's.
pub async fn insert_fulfillment(
    tx: &DatabaseTransaction,
    sources: &Sources,
    order_id: OrderId,
    tracking: Tracking,
    lines: &[ShipLine],
) -> Result<fulfillment::Model, DbErr> {
    let before = fulfillment::Entity::find().filter(fulfillment::Column::OrderId.eq(order_id)).count(tx).await?;
    let now = sources.now();
    let row = fulfillment::ActiveModel {
        id: Set(sources.id()),
        order_id: Set(order_id),
        sequence: Set(i32::try_from(before).unwrap_or(i32::MAX - 1) + 1),
        status: Set(ShipmentStatus::InTransit),
        tracking_company: Set(tracking.company),
        tracking_number: Set(tracking.number),
        tracking_url: Set(tracking.url),
        created_at: Set(now),
        delivered_at: Set(None),
        updated_at: Set(now),
    };
    let shipment = fulfillment::Entity::insert(row).exec_with_returning(tx).await?;
    let rows = lines.iter().map(|line| fulfillment_line::ActiveModel {
        id: Set(sources.id()),
        fulfillment_id: Set(shipment.id),
        order_line_id: Set(line.order_line_id),
        quantity: Set(line.quantity),
    });
    fulfillment_line::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(shipment)
}

/// Marks every shipment of an order that is on its way as delivered.
///
/// # Errors
/// The database's.
pub async fn deliver_fulfillments(tx: &DatabaseTransaction, sources: &Sources, order_id: OrderId) -> Result<(), DbErr> {
    let now = sources.now();
    fulfillment::Entity::update_many()
        .col_expr(fulfillment::Column::Status, Expr::value(ShipmentStatus::Delivered))
        .col_expr(fulfillment::Column::DeliveredAt, Expr::value(Some(now)))
        .col_expr(fulfillment::Column::UpdatedAt, Expr::value(now))
        .filter(fulfillment::Column::OrderId.eq(order_id))
        .filter(fulfillment::Column::Status.eq(ShipmentStatus::InTransit))
        .exec(tx)
        .await
        .map(drop)
}
