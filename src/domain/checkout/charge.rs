//! Phase 2: the gateway is called, with no transaction open.

use std::time::Duration;

use entity::{
    ids::{AccountId, PaymentId},
    money::Money,
    payment::payment::{CaptureMethod, PaymentStatus},
};

use super::{CheckoutContext, settle, settle::Loss};
use crate::{
    domain::{
        order,
        payment::{self, Gateway, GatewayError, GatewayState, Payment, gateway::Authorization},
        shared::Error,
    },
    platform::{admission::step_aside, tx},
};

/// Asks the gateway for the money of a new payment and settles its answer. Whatever the gateway does, this ends within
/// the gateway's time limit, and a payment whose outcome is unknown stays PENDING: the jobs find out.
///
/// # Errors
/// The database's.
pub(super) async fn charge(ctx: &CheckoutContext, payment: &Payment) -> Result<(), Error> {
    let Some(gateway) = ctx.gateways.get(&payment.gateway) else {
        return Err(Error::fault(format!("payment {} names an unknown gateway", payment.id)));
    };
    match limited(ctx, authorize(ctx, gateway.as_ref(), payment)).await {
        Ok(state) => settle::settle(ctx, payment.id, &state).await,
        Err(GatewayError::Refused(why) | GatewayError::UnknownCustomer(why)) => {
            tracing::warn!(payment = %payment.id, why, "a gateway refused a payment");
            refused(ctx, gateway.as_ref(), payment.id).await
        }
        Err(GatewayError::InDoubt(why)) => {
            tracing::warn!(payment = %payment.id, why, "the outcome of a payment is unknown; it will be asked for");
            Ok(())
        }
    }
}

/// Customers of an account whom a gateway may have forgotten one after the other within the time in which it keeps keys.
const MOST_GONE: usize = 3;

/// Asks for the money. Of a customer whom the gateway does not know any more nothing was done: the customer is forgotten here as
/// well, and the payment is asked for again, with the same key, with another customer or none.
async fn authorize(
    ctx: &CheckoutContext,
    gateway: &dyn Gateway,
    payment: &Payment,
) -> Result<GatewayState, GatewayError> {
    let mut request = Authorization {
        payment_id: payment.id,
        order_id: payment.order_id,
        amount: Money::new(payment.amount_minor, payment.currency),
        token: payment.token.clone(),
        customer: None,
        save: payment.save_method,
        off_session: payment.off_session,
        return_url: payment.return_url.clone(),
        capture: payment.capture_method == CaptureMethod::Automatic,
    };
    let account = if gateway.remembers() { account(ctx, payment).await.map_err(unasked)? } else { None };
    let Some(account) = account else { return gateway.authorize(&request).await };
    let mut gone = None::<String>;
    for _ in 0..MOST_GONE {
        let known = customer(ctx, gateway, payment, account, gone.as_deref()).await?;
        request.customer.clone_from(&known);
        match (gateway.authorize(&request).await, known) {
            (Err(GatewayError::UnknownCustomer(why)), Some(unknown)) => {
                tracing::warn!(payment = %payment.id, why, "a gateway's customer is gone, and forgotten here");
                forget(ctx, &payment.gateway, account, &unknown).await.map_err(unasked)?;
                gone = Some(unknown);
            }
            (answer, _) => return answer,
        }
    }
    gateway.authorize(&Authorization { customer: None, ..request }).await
}

fn unasked(error: Error) -> GatewayError {
    GatewayError::InDoubt(format!("nothing was asked: {error}"))
}

/// Whose order a payment pays.
async fn account(ctx: &CheckoutContext, payment: &Payment) -> Result<Option<AccountId>, Error> {
    let order = order::order(ctx.database.reader(), payment.order_id).await?;
    Ok(order.and_then(|order| order.account_id))
}

/// The gateway's id of an account's customer, for whom it remembers ways to pay. The first time that one is to be remembered it
/// is asked to make it, and again when it does not know the one before any more.
async fn customer(
    ctx: &CheckoutContext,
    gateway: &dyn Gateway,
    payment: &Payment,
    account: AccountId,
    gone: Option<&str>,
) -> Result<Option<String>, GatewayError> {
    let known = payment::customer_at(ctx.database.reader(), &payment.gateway, account).await;
    let known = known.map_err(|error| unasked(error.into()))?;
    if known.is_some() || !payment.save_method {
        return Ok(known);
    }
    let made = gateway.customer(account, gone).await?;
    keep(ctx, &payment.gateway, account, &made).await.map_err(unasked)?;
    Ok(Some(made))
}

async fn keep(ctx: &CheckoutContext, gateway: &str, account: AccountId, reference: &str) -> Result<(), Error> {
    let tx = tx::begin(&ctx.database).await?;
    payment::keep_customer(&tx, &ctx.sources, gateway, account, reference).await?;
    Ok(tx.commit().await?)
}

async fn forget(ctx: &CheckoutContext, gateway: &str, account: AccountId, reference: &str) -> Result<(), Error> {
    let tx = tx::begin(&ctx.database).await?;
    payment::forget_customer(&tx, gateway, account, reference).await?;
    Ok(tx.commit().await?)
}

/// The payment, if its gateway was perhaps never asked: whoever began it was cut off. Asking again is safe, because the
/// gateway knows payments by our id.
pub(super) fn left_uncharged(payment: Payment) -> Option<Payment> {
    let unanswered = payment.status == PaymentStatus::Pending && payment.provider_reference.is_none();
    unanswered.then_some(payment)
}

/// The gateway answered with a failure. It is asked what it knows, because a failure may come after the charge.
async fn refused(ctx: &CheckoutContext, gateway: &dyn Gateway, id: PaymentId) -> Result<(), Error> {
    match limited(ctx, gateway.find(id)).await {
        Ok(Some(state)) => settle::settle(ctx, id, &state).await,
        Ok(None) => settle::fail(ctx, id, Loss::NothingDone).await,
        Err(_) => Ok(()),
    }
}

/// A gateway call within its time limit. Other requests run meanwhile: a silent gateway must not stop the shop.
pub(super) async fn limited<T>(
    ctx: &CheckoutContext,
    call: impl Future<Output = Result<T, GatewayError>>,
) -> Result<T, GatewayError> {
    let late = |_| GatewayError::InDoubt("no answer in time".to_owned());
    step_aside(tokio::time::timeout(ctx.gateway_timeout, call)).await.map_err(late)?
}

/// As many times as long as one call may a gateway take to look through a list for a payment: each page is a call of its own.
const PAGES_TIME: u32 = 10;
/// And no longer than that: a job's round that takes longer is ended as one that hangs.
const SEARCH_MOST: Duration = Duration::from_secs(15);

/// A search in a gateway's list. Each of its calls ends within the gateway's own limit; this ends the whole.
async fn searched<T>(
    ctx: &CheckoutContext,
    search: impl Future<Output = Result<T, GatewayError>>,
) -> Result<T, GatewayError> {
    let late = |_| GatewayError::InDoubt("not found in time".to_owned());
    let most = (ctx.gateway_timeout * PAGES_TIME).min(SEARCH_MOST);
    step_aside(tokio::time::timeout(most, search)).await.map_err(late)?
}

/// What the gateway says of a payment now. It may take long to find one whose outcome is unknown: this is for jobs.
pub(super) async fn ask(ctx: &CheckoutContext, payment: &Payment) -> Result<Option<GatewayState>, GatewayError> {
    let Some(gateway) = ctx.gateways.get(&payment.gateway) else {
        return Err(GatewayError::InDoubt("the gateway is not configured any more".to_owned()));
    };
    match &payment.provider_reference {
        Some(reference) => limited(ctx, gateway.fetch(reference)).await,
        None => searched(ctx, gateway.find(payment.id)).await,
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
