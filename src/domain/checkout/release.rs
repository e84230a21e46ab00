//! Giving a cart back to its shopper: its pending order is canceled and its stock is free.

use entity::{
    cart::cart::CartStatus,
    ids::CartId,
    inventory::reservation::ReservationStatus,
    order::{
        order::{CancelReason, OrderStatus},
        order_line::LineStatus,
    },
};
use sea_orm::DatabaseTransaction;

use super::gift_cards;
use crate::{
    domain::{
        cart, discount, inventory,
        order::{self, EventKind, Order, OrderChange, OrderEvent, OrderState},
        payment,
        shared::Error,
    },
    platform::Sources,
};

/// Cancels the pending order of a locked cart, because the cart is about to be edited. Says whether the cart can be
/// edited now.
///
/// # Errors
/// The database's.
pub async fn release_cart(tx: &DatabaseTransaction, sources: &Sources, id: CartId) -> Result<bool, Error> {
    let Some(pending) = order::order_of_cart(tx, id).await? else { return Ok(true) };
    let order = order::lock_order(tx, pending.id).await?;
    if order.status != OrderStatus::PendingPayment {
        return Ok(false);
    }
    abandon(tx, sources, order, OrderEvent::Canceled, CancelReason::CartChanged).await?;
    Ok(true)
}

/// Cancels a locked order that waits for its payment: frees its stock and its discounts, gives back to its gift cards, gives up its
/// payments, opens its cart.
pub(super) async fn abandon(
    tx: &DatabaseTransaction,
    sources: &Sources,
    row: Order,
    event: OrderEvent,
    reason: CancelReason,
) -> Result<Order, Error> {
    let state = order::next(OrderState::of(&row), event)
        .ok_or_else(|| Error::fault(format!("order {} cannot be abandoned as it stands", row.id)))?;
    let (stock, words) = match reason {
        CancelReason::Expired => (ReservationStatus::Expired, "The time to pay passed, so the order was canceled."),
        CancelReason::CartChanged => (ReservationStatus::Released, "The cart was changed, so the order was canceled."),
        CancelReason::Customer => (ReservationStatus::Released, "You canceled the order."),
        CancelReason::Staff | CancelReason::Inventory | CancelReason::Declined | CancelReason::Other => {
            (ReservationStatus::Released, "The shop canceled the order.")
        }
    };
    let (order_id, cart_id) = (row.id, row.cart_id);
    payment::void_open_payments(tx, sources, order_id).await?;
    gift_cards::give_back(tx, sources, &row).await?;
    discount::give_back(tx, sources, order_id).await?;
    inventory::release(tx, sources, order_id, stock).await?;
    order::move_lines(tx, order_id, LineStatus::Pending, LineStatus::Canceled).await?;
    let change = OrderChange { cancel_reason: Some(reason), ..OrderChange::default() };
    let order = order::change_order(tx, sources, row, state, change).await?;
    cart::set_status(tx, cart_id, CartStatus::Locked, CartStatus::Active, None).await?;
    order::note(tx, sources, &order, EventKind::Canceled, words).await?;
    Ok(order)
}
