//! The jobs that find out what nobody told: messages in the inbox, and payments whose outcome stays unknown.

use std::time::{Duration, Instant};

use entity::payment::{payment::PaymentStatus, webhook_event::WebhookState};

use super::{CheckoutContext, charge, settle, settle::Loss};
use crate::{
    domain::{
        payment::{self, Message, Payment},
        shared::Error,
    },
    platform::tx,
};

const BATCH: u64 = 50;
/// A round begins nothing more after this time, so that it ends by itself, with what it did, before it is ended as one that hangs:
/// the next round goes on.
pub(super) const ROUND: Duration = Duration::from_secs(8);

/// Looks at the messages in the inbox; returns how many were ended. A message only says where to look: what it speaks of
/// is fetched from its gateway.
///
/// # Errors
/// The database's.
pub async fn process_messages(ctx: &CheckoutContext) -> Result<usize, Error> {
    let messages = payment::due_messages(ctx.database.reader(), ctx.sources.now(), BATCH).await?;
    let (begun, mut ended) = (Instant::now(), 0);
    for message in messages.iter().take_while(|_| begun.elapsed() < ROUND) {
        match process(ctx, message).await {
            Ok(state) => {
                payment::finish_message(&ctx.database, &ctx.sources, message.id, state).await?;
                ended += 1;
            }
            Err(why) => {
                payment::retry_message_later(&ctx.database, &ctx.sources, message, ctx.most_attempts, &why).await?;
            }
        }
    }
    Ok(ended)
}

async fn process(ctx: &CheckoutContext, message: &Message) -> Result<WebhookState, String> {
    let Some(gateway) = ctx.gateways.get(&message.gateway) else { return Ok(WebhookState::Ignored) };
    let fetched = charge::limited(ctx, gateway.fetch(&message.provider_reference)).await;
    let state = match fetched {
        Ok(Some(state)) => state,
        Ok(None) => return Ok(WebhookState::Ignored),
        Err(error) => return Err(error.to_string()),
    };
    let Some(payment_id) = state.payment_id else { return Ok(WebhookState::Ignored) };
    match settle::settle(ctx, payment_id, &state).await {
        Ok(()) => Ok(WebhookState::Processed),
        Err(Error::NotFound(_)) => Ok(WebhookState::Ignored),
        Err(error) => Err(error.to_string()),
    }
}

/// Asks the gateways about payments whose outcome is unknown for too long, and then about those that wait for their shoppers, of
/// which a message may have been lost; returns how many were settled. Each kind has a batch of its own, so that no number of
/// forms that were left open keeps a payment in doubt waiting.
///
/// # Errors
/// The database's.
pub async fn chase_payments(ctx: &CheckoutContext) -> Result<usize, Error> {
    let mut settled = 0;
    for status in payment::OPEN {
        let begun = Instant::now();
        let (db, now) = (ctx.database.reader(), ctx.sources.now());
        let open = payment::unsettled_payments(db, status, now, ctx.chase_after(), BATCH).await?;
        for paid in open.iter().take_while(|_| begun.elapsed() < ROUND / 2) {
            match chase(ctx, paid).await {
                Ok(done) => settled += usize::from(done),
                Err(error) => {
                    tracing::error!(payment = %paid.id, error = %error, "a payment could not be chased; the others go on");
                    touch(ctx, paid).await?;
                }
            }
        }
    }
    Ok(settled)
}

/// Lets others go first in the next round.
async fn touch(ctx: &CheckoutContext, paid: &Payment) -> Result<(), Error> {
    let tx = tx::begin(&ctx.database).await?;
    payment::touch_payment(&tx, &ctx.sources, paid.id).await?;
    Ok(tx.commit().await?)
}

async fn chase(ctx: &CheckoutContext, paid: &Payment) -> Result<bool, Error> {
    match charge::ask(ctx, paid).await {
        Ok(Some(state)) => settle::settle(ctx, paid.id, &state).await?,
        Ok(None) => settle::fail(ctx, paid.id, Loss::NeverHeardOf).await?,
        Err(error) => {
            tracing::warn!(payment = %paid.id, error = %error, "a gateway does not say what became of a payment");
        }
    }
    let now = payment::payment(ctx.database.reader(), paid.id).await?;
    let open = now.is_some_and(|now| matches!(now.status, PaymentStatus::Pending | PaymentStatus::RequiresAction));
    if open {
        touch(ctx, paid).await?;
    }
    Ok(!open)
}
