//! The job that frees stock whose time to pay has passed.

use entity::{
    ids::OrderId,
    order::order::{CancelReason, OrderStatus},
};

use super::{CheckoutContext, release};
use crate::{
    domain::{
        cart,
        order::{self, OrderEvent},
        shared::Error,
    },
    platform::{database::database_now, tx},
};

/// Orders looked at in one round.
const BATCH: u64 = 100;

/// Cancels orders whose time to pay has passed, each in a transaction of its own; returns how many.
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
    Ok(expired)
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
