//! The job that ends what nobody paid in time: orders whose stock is held, and attempts to pay the balance of a placed one.

use chrono::TimeDelta;
use entity::{
    ids::OrderId,
    order::order::{CancelReason, OrderStatus},
    payment::payment::PaymentStatus,
};

use super::{CheckoutContext, release};
use crate::{
    domain::{
        cart,
        order::{self, OrderChange, OrderEvent, OrderState},
        payment::{self, Payment, PaymentChange},
        shared::Error,
    },
    platform::{database::database_now, tx},
};

/// Orders looked at in one round.
const BATCH: u64 = 100;

/// How long an attempt to pay a balance waits for its shopper. Its order waits on: another attempt can be made at any time.
const BALANCE_WAITS: TimeDelta = TimeDelta::hours(24);

/// Cancels orders whose time to pay has passed, and gives up attempts to pay a balance that their shoppers left, each in a
/// transaction of its own; returns how many.
///
/// # Errors
/// The database's; the next round goes on.
pub async fn expire_overdue(ctx: &CheckoutContext) -> Result<usize, Error> {
    let now = database_now(ctx.database.reader(), &ctx.sources.clock).await?;
    let overdue = order::overdue_orders(ctx.database.reader(), now, BATCH).await?;
    let mut expired = 0;
    for id in overdue {
        match expire(ctx, id).await {
            Ok(done) => expired += usize::from(done),
            Err(error) => tracing::error!(order = %id, error = %error, "an order could not expire; the others go on"),
        }
    }
    for left in payment::abandoned_balances(ctx.database.reader(), now - BALANCE_WAITS, BATCH).await? {
        match give_up(ctx, &left).await {
            Ok(done) => expired += usize::from(done),
            Err(error) => tracing::error!(payment = %left.id, error = %error, "not given up; the others are"),
        }
    }
    Ok(expired)
}

/// Gives up an attempt to pay a balance; its gateway is told afterwards.
async fn give_up(ctx: &CheckoutContext, left: &Payment) -> Result<bool, Error> {
    let tx = tx::begin(&ctx.database).await?;
    let order = order::lock_order(&tx, left.order_id).await?;
    let locked = payment::lock_payment(&tx, left.id).await?;
    let Some(row) = locked.filter(|row| row.status == PaymentStatus::RequiresAction) else { return Ok(false) };
    let (status, reversal_due) = (Some(PaymentStatus::Voided), Some(true));
    let change = PaymentChange { status, reversal_due, ..PaymentChange::default() };
    payment::change_payment(&tx, &ctx.sources, &row, change).await?;
    let state = OrderState::of(&order);
    order::change_order(&tx, &ctx.sources, order, state, OrderChange::default()).await?;
    tx.commit().await?;
    Ok(true)
}

async fn expire(ctx: &CheckoutContext, id: OrderId) -> Result<bool, Error> {
    let tx = tx::begin(&ctx.database).await?;
    let Some(seen) = order::order(&*tx, id).await? else { return Ok(false) };
    cart::lock(&tx, seen.cart_id).await?;
    let order = order::lock_order(&tx, id).await?;
    // Paid, or given more time, since it was listed.
    let now = database_now(&*tx, &ctx.sources.clock).await?;
    if order.status != OrderStatus::PendingPayment || order.reserved_until >= now {
        return Ok(false);
    }
    release::abandon(&tx, &ctx.sources, order, OrderEvent::Expired, CancelReason::Expired).await?;
    tx.commit().await?;
    Ok(true)
}
