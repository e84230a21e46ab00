//! What a mail tells, read from the rows of its order.

use entity::{
    gift_card::gift_card,
    ids::{FulfillmentId, GiftCardId, OrderId, PaymentId},
    invoice::invoice::{self, InvoiceKind},
    order::{fulfillment, fulfillment_line, order, order_line},
    payment::payment,
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

/// The document of a kind and a subject.
pub(super) async fn document(
    db: &impl ConnectionTrait,
    (kind, subject): (InvoiceKind, Uuid),
) -> Result<Option<invoice::Model>, DbErr> {
    let of = invoice::Entity::find().filter(invoice::Column::Kind.eq(kind));
    of.filter(invoice::Column::SubjectId.eq(subject)).one(db).await
}
