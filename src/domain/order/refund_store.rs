//! The queries of refunds that staff decided, and of the units they take off what is to be sent.

use entity::{
    ids::{OrderId, OrderLineId, OrderRefundId},
    order::{order_line, order_refund, order_refund_line},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait,
    IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr,
};

use crate::platform::batch::padded;

/// Records a decision with its units.
///
/// # Errors
/// The database's.
pub async fn insert_order_refund(
    tx: &DatabaseTransaction,
    row: &order_refund::Model,
    lines: &[order_refund_line::Model],
) -> Result<(), DbErr> {
    order_refund::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx).await?;
    if !lines.is_empty() {
        let lines = lines.iter().map(|line| line.clone().into_active_model().reset_all());
        order_refund_line::Entity::insert_many(lines).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Takes what does not go back after all off a decision.
///
/// # Errors
/// The database's.
pub async fn lessen_order_refund(tx: &DatabaseTransaction, id: OrderRefundId, minor: i64) -> Result<(), DbErr> {
    order_refund::Entity::update_many()
        .col_expr(order_refund::Column::TotalMinor, Expr::col(order_refund::Column::TotalMinor).sub(minor))
        .col_expr(order_refund::Column::AdjustmentMinor, Expr::col(order_refund::Column::AdjustmentMinor).sub(minor))
        .filter(order_refund::Column::Id.eq(id))
        .exec(tx)
        .await
        .map(drop)
}

/// One decision.
///
/// # Errors
/// The database's.
pub async fn order_refund(db: &impl ConnectionTrait, id: OrderRefundId) -> Result<Option<order_refund::Model>, DbErr> {
    order_refund::Entity::find_by_id(id).one(db).await
}

/// The decisions about some orders, oldest first.
///
/// # Errors
/// The database's.
pub async fn order_refunds_of(
    db: &impl ConnectionTrait,
    orders: &[OrderId],
) -> Result<Vec<order_refund::Model>, DbErr> {
    let of = order_refund::Entity::find().filter(order_refund::Column::OrderId.is_in(padded(orders.iter().copied())));
    of.order_by_asc(order_refund::Column::CreatedAt).order_by_asc(order_refund::Column::Id).all(db).await
}

/// The units of some decisions, each decision's in the order given.
///
/// # Errors
/// The database's.
pub async fn order_refund_lines_of(
    db: &impl ConnectionTrait,
    refunds: &[OrderRefundId],
) -> Result<Vec<order_refund_line::Model>, DbErr> {
    if refunds.is_empty() {
        return Ok(Vec::new());
    }
    let of = order_refund_line::Column::OrderRefundId.is_in(padded(refunds.iter().copied()));
    order_refund_line::Entity::find().filter(of).order_by_asc(order_refund_line::Column::Id).all(db).await
}

/// Takes units off what is to be sent of a line; says whether as many were left.
///
/// # Errors
/// The database's.
pub async fn cancel_units(tx: &DatabaseTransaction, line_id: OrderLineId, quantity: i64) -> Result<bool, DbErr> {
    let canceled = Expr::col(order_line::Column::CanceledQuantity).add(quantity);
    let gone = Expr::col(order_line::Column::FulfilledQuantity).add(canceled.clone());
    let updated = order_line::Entity::update_many()
        .col_expr(order_line::Column::CanceledQuantity, canceled)
        .filter(order_line::Column::Id.eq(line_id))
        .filter(gone.lte(Expr::col(order_line::Column::Quantity)))
        .exec(tx)
        .await?;
    Ok(updated.rows_affected == 1)
}
