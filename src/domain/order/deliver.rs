//! Arrival: the shopper says that everything is there.

use entity::{ids::OrderId, order::order};

use super::{EventKind, OrderChange, OrderEvent, OrderRefusal, OrderState, lifecycle, note, shipment_store, store};
use crate::{
    domain::shared::Failure,
    platform::{Database, Sources, tx},
};

/// Marks an order as delivered. Doing it twice changes nothing and is no error.
///
/// # Errors
/// `OrderRefusal` when not everything was sent; `NotFound`.
pub async fn mark_as_delivered(
    db: &Database,
    sources: &Sources,
    id: OrderId,
) -> Result<order::Model, Failure<OrderRefusal>> {
    let tx = tx::begin(db).await?;
    let order = store::lock_order(&tx, id).await?;
    if order.fulfillment_status == order::FulfillmentStatus::Delivered {
        return Ok(order);
    }
    let Some(state) = lifecycle::next(OrderState::of(&order), OrderEvent::Delivered) else {
        return Err(Failure::refuse(OrderRefusal::NotAllowed {
            action: "marked as delivered",
            status: order.status,
            fulfillment: order.fulfillment_status,
        }));
    };
    shipment_store::deliver_fulfillments(&tx, sources, id).await?;
    let order = store::change_order(&tx, sources, order, state, OrderChange::default()).await?;
    note(&tx, sources, &order, EventKind::Delivered, "Your order arrived.").await?;
    tx.commit().await?;
    Ok(order)
}
