//! Money for what is still to be paid of a placed order: what an edit made it cost more, or what a partial capture left.

use entity::{
    order::order::{FinancialStatus, OrderStatus},
    payment::payment::PaymentStatus,
};
use sea_orm::DatabaseTransaction;

use super::{CheckoutContext, place, settle::change_closed};
use crate::domain::{
    invoice,
    order::{self, EventKind, Order, OrderChange, OrderEvent, OrderState},
    payment::{self, GatewayState, Payment, PaymentChange},
    shared::Error,
};

/// Records money of the right amount that came for a locked order's balance. It settles the balance if that is still what is
/// owed; else it goes back.
///
/// # Errors
/// The database's.
pub(super) async fn accept(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: Order,
    row: &Payment,
    state: &GatewayState,
    rival: bool,
) -> Result<(), Error> {
    let placed = matches!(order.status, OrderStatus::Processing | OrderStatus::Completed);
    let waits = placed && order.financial_status == FinancialStatus::PartiallyPaid;
    let owed = order.owed_minor() - payment::net(tx, order.id).await?;
    let next = order::next(OrderState::of(&order), OrderEvent::Captured);
    let Some(next) = next.filter(|_| waits && !rival && owed == state.captured.minor) else {
        let change = PaymentChange { reversal_due: Some(true), ..PaymentChange::default() };
        return Ok(payment::record_state(tx, &ctx.sources, row, state, change_closed(row, change)).await?);
    };
    let change =
        PaymentChange { status: Some(PaymentStatus::Captured), reversal_due: Some(false), ..PaymentChange::default() };
    payment::record_state(tx, &ctx.sources, row, state, change).await?;
    let order = order::change_order(tx, &ctx.sources, order, next, OrderChange::default()).await?;
    order::note(tx, &ctx.sources, &order, EventKind::Captured, "Your payment was taken.").await?;
    if invoice::has_invoice(tx, order.id).await? {
        return invoice::issue_supplement(tx, &ctx.sources, &ctx.issuer, &order, row).await;
    }
    // A partial capture issued none: the order is only now paid in full.
    place::paid_in_full(tx, ctx, &order, &order::lines_of(tx, &[order.id]).await?).await
}
