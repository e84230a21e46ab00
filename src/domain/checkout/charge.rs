//! Phase 2: the gateway is called, with no transaction open.

use entity::{
    ids::PaymentId,
    money::Money,
    payment::payment::{CaptureMethod, PaymentStatus},
};

use super::{CheckoutContext, settle, settle::Loss};
use crate::{
    domain::{
        payment::{Gateway, GatewayError, GatewayState, Payment, gateway::Authorization},
        shared::Error,
    },
    platform::admission::step_aside,
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
    let request = Authorization {
        payment_id: payment.id,
        amount: Money::new(payment.amount_minor, payment.currency),
        token: payment.token.clone().unwrap_or_default(),
        return_url: payment.return_url.clone(),
        capture: payment.capture_method == CaptureMethod::Automatic,
    };
    match limited(ctx, gateway.authorize(&request)).await {
        Ok(state) => settle::settle(ctx, payment.id, &state).await,
        Err(GatewayError::Refused(why)) => {
            tracing::warn!(payment = %payment.id, why, "a gateway refused a payment");
            refused(ctx, gateway.as_ref(), payment.id).await
        }
        Err(GatewayError::InDoubt(why)) => {
            tracing::warn!(payment = %payment.id, why, "the outcome of a payment is unknown; it will be asked for");
            Ok(())
        }
    }
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

/// What the gateway says of a payment now.
pub(super) async fn ask(ctx: &CheckoutContext, payment: &Payment) -> Result<Option<GatewayState>, GatewayError> {
    let Some(gateway) = ctx.gateways.get(&payment.gateway) else {
        return Err(GatewayError::InDoubt("the gateway is not configured any more".to_owned()));
    };
    match &payment.provider_reference {
        Some(reference) => limited(ctx, gateway.fetch(reference)).await,
        None => limited(ctx, gateway.find(payment.id)).await,
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
