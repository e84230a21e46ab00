//! Taking money that is held, when staff say so.

use entity::{
    ids::OrderId,
    money::Money,
    order::order::{FinancialStatus, FulfillmentStatus},
    payment::payment::PaymentStatus,
};

use super::{CheckoutContext, CheckoutRefusal, charge, settle};
use crate::{
    domain::{
        order::{self, Order},
        payment::{self, GatewayStatus, Payment},
        shared::{Error, Failure},
    },
    platform::admission::in_turn,
};

/// Captures what is owed of the authorized payment of an order, or `part` of it: the gateway gives up the rest of the hold, and
/// what is not taken is still to be paid. An order of which that was taken already stays as it is. As with
/// [`super::complete`], once begun it finishes.
///
/// # Errors
/// `CheckoutRefusal::NotAllowed` when nothing is held, `CaptureAmount` when the part is more than that or nothing, `CaptureStep`
/// when the gateway takes no such amount, `CapturedOtherwise` when another amount was taken at the same time, `PaymentInProgress`
/// when the gateway did not answer; `NotFound`.
pub async fn capture_order(
    ctx: &CheckoutContext,
    id: OrderId,
    part: Option<Money>,
) -> Result<Order, Failure<CheckoutRefusal>> {
    let task = ctx.clone();
    let finished = ctx.jobs.spawn(in_turn(async move { capture(&task, id, part).await }));
    finished.await.map_err(|error| Error::fault(format!("a capture ended early: {error}")))?
}

async fn capture(ctx: &CheckoutContext, id: OrderId, part: Option<Money>) -> Result<Order, Failure<CheckoutRefusal>> {
    let db = ctx.database.reader();
    let order = order::order(db, id).await?.ok_or(Error::NotFound("order"))?;
    let payments = payment::payments_of(db, &[id]).await?;
    let held = payments.iter().find(|paid| paid.status == PaymentStatus::Authorized);
    if let Some(held) = held {
        let gateway = ctx.gateways.get(&held.gateway).ok_or_else(|| Error::fault("an unknown gateway holds money"))?;
        let reference = held.provider_reference.as_deref().unwrap_or_default();
        // An edit may have made the order cheaper since.
        let most = Money::new(held.authorized_minor.min(order.owed_minor()), held.currency);
        let amount = part.unwrap_or(most);
        if amount.currency != most.currency || !(1..=most.minor).contains(&amount.minor) {
            return Err(Failure::refuse(CheckoutRefusal::CaptureAmount { most }));
        }
        let step = ctx.gateways.step(&held.gateway, held.currency);
        if amount.minor % step != 0 {
            return Err(Failure::refuse(CheckoutRefusal::CaptureStep { step: Money::new(step, held.currency) }));
        }
        if (1..ctx.gateways.least(&held.gateway, held.currency)).contains(&(most.minor - amount.minor)) {
            let why = "What would be left to pay is less than the gateway charges at all. Capture all of it, or less.";
            return Err(Failure::refuse(CheckoutRefusal::NotAllowed { why }));
        }
        // What is not taken has to be paid before more is sent, and neither edits nor cancellations change what was sent.
        let sent = !matches!(order.fulfillment_status, FulfillmentStatus::Unfulfilled | FulfillmentStatus::OnHold);
        if amount.minor < most.minor && sent {
            let why = "Something of this order was sent already, so what is owed has to be captured whole. Then refund what \
                       is not to be sent.";
            return Err(Failure::refuse(CheckoutRefusal::NotAllowed { why }));
        }
        // Of another amount it is another capture.
        let key = format!("capture-{}-{}", held.id, amount.minor);
        match charge::limited(ctx, gateway.capture(reference, amount, &key)).await {
            Ok(state) if state.status != GatewayStatus::Captured => {
                settle::settle(ctx, held.id, &state).await?;
                let why = "The money is not held any more, so it cannot be captured.";
                return Err(Failure::refuse(CheckoutRefusal::NotAllowed { why }));
            }
            Ok(state) => {
                settle::settle(ctx, held.id, &state).await?;
                // Of two captures at once the gateway does one, and answers the other with what that took.
                if state.captured != amount {
                    return Err(Failure::refuse(CheckoutRefusal::CapturedOtherwise { taken: state.captured }));
                }
            }
            Err(error) => {
                tracing::warn!(payment = %held.id, error = %error, "a capture did not succeed");
                return Err(Failure::refuse(CheckoutRefusal::PaymentInProgress));
            }
        }
    } else if let Some(part) = part {
        let taken = |paid: &Payment| Money::new(paid.captured_minor, paid.currency);
        if !payments.iter().any(|paid| paid.status == PaymentStatus::Captured && taken(paid) == part) {
            let why = "Nothing is held for this order, so no part of it can be captured.";
            return Err(Failure::refuse(CheckoutRefusal::NotAllowed { why }));
        }
    } else if !payments.iter().any(|paid| paid.status == PaymentStatus::Captured) {
        let why = "Nothing is held for this order, so nothing can be captured.";
        return Err(Failure::refuse(CheckoutRefusal::NotAllowed { why }));
    } else if order.financial_status == FinancialStatus::PartiallyPaid {
        let why = "Nothing is held for this order any more. What is still to be paid, its shopper pays, or a saved way to pay.";
        return Err(Failure::refuse(CheckoutRefusal::NotAllowed { why }));
    }
    Ok(order::order(db, id).await?.ok_or(Error::NotFound("order"))?)
}
