//! Taking money that is held, when staff say so.

use entity::{ids::OrderId, money::Money, payment::payment::PaymentStatus};

use super::{CheckoutContext, CheckoutRefusal, charge, settle};
use crate::{
    domain::{
        order::{self, Order},
        payment::{self, GatewayStatus},
        shared::{Error, Failure},
    },
    platform::admission::in_turn,
};

/// Captures what is owed of the authorized payment of an order. An order that is paid already stays as it is. As with
/// [`super::complete`], once begun it finishes.
///
/// # Errors
/// `CheckoutRefusal::NotAllowed` when nothing is held, `PaymentInProgress` when the gateway did not answer; `NotFound`.
pub async fn capture_order(ctx: &CheckoutContext, id: OrderId) -> Result<Order, Failure<CheckoutRefusal>> {
    let task = ctx.clone();
    let finished = ctx.jobs.spawn(in_turn(async move { capture(&task, id).await }));
    finished.await.map_err(|error| Error::fault(format!("a capture ended early: {error}")))?
}

async fn capture(ctx: &CheckoutContext, id: OrderId) -> Result<Order, Failure<CheckoutRefusal>> {
    let db = ctx.database.reader();
    let order = order::order(db, id).await?.ok_or(Error::NotFound("order"))?;
    let payments = payment::payments_of(db, &[id]).await?;
    let held = payments.iter().find(|paid| paid.status == PaymentStatus::Authorized);
    if let Some(held) = held {
        let gateway = ctx.gateways.get(&held.gateway).ok_or_else(|| Error::fault("an unknown gateway holds money"))?;
        let reference = held.provider_reference.as_deref().unwrap_or_default();
        // An edit may have made the order cheaper since.
        let amount = Money::new(held.authorized_minor.min(order.owed_minor()), held.currency);
        // Of another amount it is another capture.
        let key = format!("capture-{}-{}", held.id, amount.minor);
        match charge::limited(ctx, gateway.capture(reference, amount, &key)).await {
            Ok(state) if state.status != GatewayStatus::Captured => {
                settle::settle(ctx, held.id, &state).await?;
                let why = "The money is not held any more, so it cannot be captured.";
                return Err(Failure::refuse(CheckoutRefusal::NotAllowed { why }));
            }
            Ok(state) => settle::settle(ctx, held.id, &state).await?,
            Err(error) => {
                tracing::warn!(payment = %held.id, error = %error, "a capture did not succeed");
                return Err(Failure::refuse(CheckoutRefusal::PaymentInProgress));
            }
        }
    } else if !payments.iter().any(|paid| paid.status == PaymentStatus::Captured) {
        let why = "Nothing is held for this order, so nothing can be captured.";
        return Err(Failure::refuse(CheckoutRefusal::NotAllowed { why }));
    }
    Ok(order::order(db, id).await?.ok_or(Error::NotFound("order"))?)
}
