//! What a mail tells, read from the rows of its order.

use entity::{
    gift_card::gift_card,
    ids::{FulfillmentId, GiftCardId, OrderId, PaymentId, RefundId},
    invoice::invoice,
    order::{fulfillment, fulfillment_line, order, order_line},
    payment::{payment, refund},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

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

/// A refund of it.
pub(super) async fn refund(db: &impl ConnectionTrait, id: RefundId) -> Result<Option<refund::Model>, DbErr> {
    refund::Entity::find_by_id(id).one(db).await
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
