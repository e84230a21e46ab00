//! What a mail tells, read from the rows of its order.

use entity::{
    gift_card::gift_card,
    ids::{FulfillmentId, GiftCardId, OrderId, OrderRefundId, PaymentId, RefundId},
    invoice::invoice,
    order::{fulfillment, fulfillment_line, order, order_line, order_refund},
    payment::{payment, refund},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::domain::payment::net;

/// The order.
pub(super) async fn order(db: &impl ConnectionTrait, id: OrderId) -> Result<Option<order::Model>, DbErr> {
    order::Entity::find_by_id(id).one(db).await
}

/// Its lines, in their order.
pub(super) async fn lines(db: &impl ConnectionTrait, id: OrderId) -> Result<Vec<order_line::Model>, DbErr> {
    let of = order_line::Entity::find().filter(order_line::Column::OrderId.eq(id));
    of.order_by_asc(order_line::Column::Position).all(db).await
}

/// A payment of it.
pub(super) async fn payment(db: &impl ConnectionTrait, id: PaymentId) -> Result<Option<payment::Model>, DbErr> {
    payment::Entity::find_by_id(id).one(db).await
}

/// What a refund of it gives back, in minor units: the refund of a payment, or, where it is a part of a decision of staff or one
/// that no payment takes part in, all of the decision.
pub(super) async fn refunded(db: &impl ConnectionTrait, subject: Uuid) -> Result<Option<i64>, DbErr> {
    let of_payment = refund::Entity::find_by_id(RefundId(subject)).one(db).await?;
    let decision = match &of_payment {
        Some(row) => row.order_refund_id,
        None => Some(OrderRefundId(subject)),
    };
    let decided = match decision {
        Some(id) => order_refund::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    Ok(decided.map(|row| row.total_minor).or(of_payment.map(|row| row.amount_minor)))
}

/// What is still to be paid of it; below zero goes back. In minor units.
pub(super) async fn balance(db: &impl ConnectionTrait, row: &order::Model) -> Result<i64, DbErr> {
    Ok(row.owed_minor() - net(db, row.id).await?)
}

/// A shipment of it and what that holds.
pub(super) async fn shipment(
    db: &impl ConnectionTrait,
    id: FulfillmentId,
) -> Result<Option<(fulfillment::Model, Vec<fulfillment_line::Model>)>, DbErr> {
    let Some(shipment) = fulfillment::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    let of = fulfillment_line::Entity::find().filter(fulfillment_line::Column::FulfillmentId.eq(id));
    Ok(Some((shipment, of.order_by_asc(fulfillment_line::Column::Id).all(db).await?)))
}

/// A gift card.
pub(super) async fn gift_card(db: &impl ConnectionTrait, id: GiftCardId) -> Result<Option<gift_card::Model>, DbErr> {
    gift_card::Entity::find_by_id(id).one(db).await
}

/// The invoice of an order, or the credit note of a refund.
pub(super) async fn document(db: &impl ConnectionTrait, subject: Uuid) -> Result<Option<invoice::Model>, DbErr> {
    invoice::Entity::find().filter(invoice::Column::SubjectId.eq(subject)).one(db).await
}
