//! Giving money back: refunds, and whatever came for an order that is not placed.

use std::time::Instant;

use chrono::TimeDelta;
use entity::{
    ids::OrderId,
    money::Money,
    payment::refund::{Model as Refund, RefundStatus},
};
use sea_orm::DatabaseTransaction;

use super::{CheckoutContext, charge, refund, settle, sweep::ROUND};
use crate::{
    domain::{
        order,
        payment::{self, GatewayError, GatewayStatus, Payment, PaymentChange, RefundReason},
        shared::Error,
    },
    platform::tx,
};

const BATCH: u64 = 50;
/// Money is never given up: what is parked for a person is tried again all the same, at this pace.
const PARKED: TimeDelta = TimeDelta::hours(1);
/// The longest gap between attempts to give up a payment, in seconds; its money is to be back within minutes.
const LONGEST_GAP: i64 = 64;

/// Does what is due of one order now.
pub(super) async fn reverse_order(ctx: &CheckoutContext, id: OrderId) -> Result<(), Error> {
    for paid in payment::payments_of(ctx.database.reader(), &[id]).await? {
        if !paid.reversal_due {
            continue;
        }
        // Somebody waits for the answer: what takes longer, the job does. Cut off, it leaves what a crash leaves.
        match tokio::time::timeout(2 * ctx.gateway_timeout, reverse(ctx, &paid)).await {
            Ok(reversed) => drop(reversed?),
            Err(_) => tracing::warn!(payment = %paid.id, "a payment is given up later: its gateway takes long"),
        }
    }
    for row in payment::refunds_of(ctx.database.reader(), &[id]).await? {
        if row.status == RefundStatus::Pending {
            send(ctx, &row).await?;
        }
    }
    Ok(())
}

/// The job that gives up payments of orders that are not placed; returns how many it dealt with.
///
/// # Errors
/// The database's.
pub async fn reverse_due(ctx: &CheckoutContext) -> Result<usize, Error> {
    let due = payment::reversals_due(ctx.database.reader(), ctx.sources.now(), BATCH).await?;
    let (begun, mut done) = (Instant::now(), 0);
    for paid in due.iter().take_while(|_| begun.elapsed() < ROUND) {
        match reverse(ctx, paid).await {
            Ok(dealt_with) => done += usize::from(dealt_with),
            Err(error) => {
                tracing::error!(payment = %paid.id, error = %error, "a payment could not be given up; the others go on");
                touch(ctx, paid).await?;
            }
        }
    }
    Ok(done)
}

/// The job that sends refunds; returns how many it dealt with.
///
/// # Errors
/// The database's.
pub async fn send_due_refunds(ctx: &CheckoutContext) -> Result<usize, Error> {
    let due = payment::due_refunds(ctx.database.reader(), ctx.sources.now(), BATCH).await?;
    let (begun, mut done) = (Instant::now(), 0);
    for row in due.iter().take_while(|_| begun.elapsed() < ROUND) {
        match send(ctx, row).await {
            Ok(dealt_with) => done += usize::from(dealt_with),
            Err(error) => {
                tracing::error!(refund = %row.id, error = %error, "a refund could not be recorded; the others go on");
                put_off(ctx, row, None).await?;
            }
        }
    }
    Ok(done)
}

/// Gives up one payment at its gateway: a hold is voided, money that was taken becomes a refund. Says whether it is dealt
/// with.
async fn reverse(ctx: &CheckoutContext, paid: &Payment) -> Result<bool, Error> {
    let state = match charge::ask(ctx, paid).await {
        Ok(Some(state)) => state,
        // The gateway never heard of it, so there is nothing to give back.
        Ok(None) if paid.created_at + ctx.latest_arrival() < ctx.sources.now() => return close(ctx, paid).await,
        // Our request may still be on its way there, and no message might ever tell of it.
        Ok(None) => return touch(ctx, paid).await,
        Err(error) => return later(ctx, paid, &error).await,
    };
    // Money that came late may still place the order; settling decides that.
    settle::settle(ctx, paid.id, &state).await?;
    let Some(paid) = payment::payment(ctx.database.reader(), paid.id).await?.filter(|paid| paid.reversal_due) else {
        return Ok(true);
    };
    match state.status {
        GatewayStatus::Failed | GatewayStatus::Voided => close(ctx, &paid).await,
        GatewayStatus::Captured => {
            let tx = tx::begin(&ctx.database).await?;
            // Settled again since it was read: it may have placed the order after all.
            let locked = payment::lock_payment(&tx, paid.id).await?;
            let Some(paid) = locked.filter(|paid| paid.reversal_due) else { return Ok(true) };
            let left = state.captured.minor - state.refunded.minor;
            if left > 0 {
                payment::insert_refund(&tx, &ctx.sources, &paid, RefundReason::Reversal, left).await?;
            }
            let change = PaymentChange { reversal_due: Some(false), ..PaymentChange::default() };
            payment::change_payment(&tx, &ctx.sources, &paid, change).await?;
            tx.commit().await?;
            Ok(true)
        }
        GatewayStatus::Processing | GatewayStatus::RequiresAction | GatewayStatus::Authorized => {
            let Some(gateway) = ctx.gateways.get(&paid.gateway) else { return touch(ctx, &paid).await };
            let key = format!("void-{}", paid.id);
            match charge::limited(ctx, gateway.void(&state.reference, &key)).await {
                Ok(after) if after.status == GatewayStatus::Voided => close(ctx, &paid).await,
                // It was taken in between: the next round refunds it.
                Ok(_) => touch(ctx, &paid).await,
                Err(error) => later(ctx, &paid, &error).await,
            }
        }
    }
}

async fn close(ctx: &CheckoutContext, paid: &Payment) -> Result<bool, Error> {
    let tx = tx::begin(&ctx.database).await?;
    if let Some(paid) = payment::lock_payment(&tx, paid.id).await? {
        let change = PaymentChange { reversal_due: Some(false), ..PaymentChange::default() };
        payment::change_payment(&tx, &ctx.sources, &paid, change).await?;
        payment::release_hold(&tx, &ctx.sources, &paid).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn later(ctx: &CheckoutContext, paid: &Payment, error: &GatewayError) -> Result<bool, Error> {
    tracing::warn!(payment = %paid.id, error = %error, "a payment could not be given up yet");
    touch(ctx, paid).await
}

/// Lets a payment be given up later, each time after a longer gap.
async fn touch(ctx: &CheckoutContext, paid: &Payment) -> Result<bool, Error> {
    // Also one of which its gateway knows nothing yet is asked about often while it may arrive.
    let parked = paid.reversal_attempts.saturating_add(1) >= payment::REVERSAL_ATTEMPTS;
    let seconds = 1_i64 << paid.reversal_attempts.clamp(0, 16);
    let gap = if parked { PARKED } else { TimeDelta::seconds(seconds.min(LONGEST_GAP)) };
    let tx = tx::begin(&ctx.database).await?;
    payment::retry_reversal_later(&tx, &ctx.sources, paid, ctx.sources.now() + gap).await?;
    tx.commit().await?;
    Ok(false)
}

/// Sends one refund to its gateway, its id as the key, and records the outcome once. Says whether it is dealt with.
async fn send(ctx: &CheckoutContext, row: &Refund) -> Result<bool, Error> {
    let paid = payment::payment(ctx.database.reader(), row.payment_id).await?;
    let paid = paid.ok_or_else(|| Error::fault(format!("refund {} is of no payment", row.id)))?;
    let (Some(gateway), Some(reference)) = (ctx.gateways.get(&paid.gateway), &paid.provider_reference) else {
        tracing::error!(refund = %row.id, gateway = paid.gateway, "the gateway of a refund is not configured any more");
        return put_off(ctx, row, None).await;
    };
    let amount = Money::new(row.amount_minor, paid.currency);
    let key = row.id.to_string();
    match charge::limited(ctx, gateway.refund(reference, amount, &key)).await {
        Ok(_) => finish(ctx, row).await.map(|()| true),
        Err(GatewayError::Refused(why) | GatewayError::UnknownCustomer(why)) => {
            tracing::error!(refund = %row.id, why, "a gateway refused a refund; a person has to look");
            let tx = tx::begin(&ctx.database).await?;
            if payment::finish_refund(&tx, &ctx.sources, row.id, RefundStatus::Failed).await? {
                flag(&tx, ctx, row, format!("a refund was refused: {why}")).await?;
            }
            tx.commit().await?;
            // It may have given back already what nobody here asked for, and no message came of that.
            if let Ok(Some(state)) = charge::limited(ctx, gateway.fetch(reference)).await {
                settle::settle(ctx, paid.id, &state).await?;
            }
            Ok(true)
        }
        Err(GatewayError::InDoubt(why)) => {
            tracing::warn!(refund = %row.id, why, "a refund is in doubt, or not taken now, and will be sent again");
            let tired = row.attempts + 1 == ctx.most_attempts;
            put_off(ctx, row, tired.then_some("a refund is in doubt, or not taken, after many attempts")).await
        }
    }
}

/// Lets a refund be sent again later, each time after a longer gap.
async fn put_off(ctx: &CheckoutContext, row: &Refund, why: Option<&str>) -> Result<bool, Error> {
    let parked = row.attempts.saturating_add(1) >= ctx.most_attempts;
    let gap = if parked { PARKED } else { TimeDelta::seconds(1 << row.attempts.clamp(0, 9)) };
    let tx = tx::begin(&ctx.database).await?;
    if let Some(why) = why {
        flag(&tx, ctx, row, why.to_owned()).await?;
    }
    payment::retry_refund_later(&tx, row, ctx.sources.now() + gap).await?;
    tx.commit().await?;
    Ok(false)
}

async fn flag(tx: &DatabaseTransaction, ctx: &CheckoutContext, row: &Refund, why: String) -> Result<(), Error> {
    if let Some(paid) = payment::lock_payment(tx, row.payment_id).await? {
        let change = PaymentChange { flag: Some(why), ..PaymentChange::default() };
        payment::change_payment(tx, &ctx.sources, &paid, change).await?;
    }
    Ok(())
}

async fn finish(ctx: &CheckoutContext, row: &Refund) -> Result<(), Error> {
    let tx = tx::begin(&ctx.database).await?;
    let order = order::lock_order(&tx, row.order_id).await?;
    let paid = payment::lock_payment(&tx, row.payment_id).await?;
    let paid = paid.ok_or_else(|| Error::fault(format!("refund {} is of no payment", row.id)))?;
    if payment::finish_refund(&tx, &ctx.sources, row.id, RefundStatus::Succeeded).await? {
        payment::add_refunded(&tx, &ctx.sources, &paid, row).await?;
        refund::went_back(&tx, ctx, order, row).await?;
    }
    Ok(tx.commit().await?)
}
