//! Placing an order: its payment was accepted, so its stock is taken.

use std::collections::BTreeMap;

use entity::{cart::cart::CartStatus, ids::ProductId, money::Money, order::order_line::LineStatus};
use sea_orm::DatabaseTransaction;

use super::{CheckoutContext, gift_cards};
use crate::domain::{
    cart, catalog, inventory, invoice,
    ledger::{self, Posting},
    order::{self, EventKind, Order, OrderChange, OrderEvent, OrderLine, OrderState},
    shared::Error,
};

/// How it was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paid {
    /// The money was taken.
    Captured,
    /// The money is held.
    Authorized,
}

/// Places a locked order whose stock is held and whose products are locked: takes the stock, executes its lines, ends its
/// cart, and issues its invoice and the gift cards that it sells when its money was taken. Nothing may be locked after this.
///
/// # Errors
/// The database's; a fault when the order cannot be placed, which the caller has made sure of.
pub(super) async fn place(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    row: Order,
    paid: Paid,
) -> Result<Order, Error> {
    let sources = &ctx.sources;
    let (event, words) = match paid {
        Paid::Captured => (OrderEvent::Captured, "Your payment was accepted. We prepare your order."),
        Paid::Authorized => (OrderEvent::Authorized, "Your payment was authorized. We prepare your order."),
    };
    let state = order::next(OrderState::of(&row), event)
        .ok_or_else(|| Error::fault(format!("order {} cannot be placed as it stands", row.id)))?;
    let (cart_id, order_id) = (row.cart_id, row.id);
    inventory::consume(tx, sources, order_id).await?;
    order::move_lines(tx, order_id, LineStatus::Pending, LineStatus::Executed).await?;
    let placed = order::change_order(tx, sources, row, state, OrderChange::default()).await?;
    cart::set_status(tx, cart_id, CartStatus::Locked, CartStatus::Ordered, Some(order_id)).await?;
    let lines = order::lines_of(tx, &[order_id]).await?;
    catalog::add_units_sold(tx, &sold_units(&lines)).await?;
    let money = |minor: i64| Money::new(minor, placed.currency);
    ledger::post(tx, sources, Posting::sale(order_id, money(placed.total_minor))).await?;
    ledger::post(tx, sources, Posting::gift_card_payment(order_id, money(placed.gift_card_minor), order_id.0)).await?;
    order::note(tx, sources, &placed, EventKind::Paid, words).await?;
    // Last, because whoever places an order at the same time waits for the number from here on.
    if paid == Paid::Captured {
        paid_in_full(tx, ctx, &placed, &lines).await?;
    }
    Ok(placed)
}

/// What a placed, locked order gets once all of its money was taken: the gift cards that it sells and its invoice. Nothing may
/// be locked after this.
///
/// # Errors
/// The database's.
pub(super) async fn paid_in_full(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: &Order,
    lines: &[OrderLine],
) -> Result<(), Error> {
    gift_cards::issue_sold(tx, ctx, order, lines).await?;
    invoice::issue_invoice(tx, &ctx.sources, &ctx.issuer, order).await
}

/// Units of each product in the lines of an order, without those that are not sent any more.
pub(super) fn sold_units(lines: &[OrderLine]) -> BTreeMap<ProductId, i64> {
    let mut sold: BTreeMap<ProductId, i64> = BTreeMap::new();
    for line in lines {
        if let Some(product_id) = line.product_id {
            *sold.entry(product_id).or_default() += line.quantity - line.canceled_quantity;
        }
    }
    sold
}
