//! Paying again after a declined or abandoned payment, while the stock is held.

use entity::{
    address::Address, ids::OrderId, money::Money, order::order::OrderStatus, payment::payment::PaymentStatus,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    CheckoutContext, CheckoutRefusal, charge, complete,
    complete::Outcome,
    errors::AddressKind,
    validate::{self, PaymentChoice},
};
use crate::{
    domain::{
        order::{self, OrderChange, OrderState},
        payment::{self, NewPayment, Payment},
        shared::Failure,
    },
    platform::{database::database_now, tx},
};

/// Another attempt.
#[derive(Clone, Debug)]
pub struct Retry {
    /// The order.
    pub order_id: OrderId,
    /// Who pays, when that is to be changed.
    pub billing_address: Option<Address>,
    /// How to pay.
    pub payment: PaymentChoice,
    /// The client's key of this attempt.
    pub idempotency_key: Option<String>,
}

/// Tries to pay an order again. As with [`super::complete`], once begun it finishes.
///
/// # Errors
/// `CheckoutRefusal`: the order does not wait for a payment, or one is under way.
pub async fn retry_payment(ctx: &CheckoutContext, retry: Retry) -> Result<Outcome, Failure<CheckoutRefusal>> {
    let id = retry.order_id;
    let task = ctx.clone();
    let finished = ctx.finish(async move {
        match begin(&task, &retry).await? {
            Some(payment) => charge::charge(&task, &payment).await.map_err(Failure::from),
            None => Ok(()),
        }
    });
    finished.await?;
    complete::outcome(ctx, id).await
}

/// The payment to be charged; `None`: this attempt was made before.
async fn begin(ctx: &CheckoutContext, retry: &Retry) -> Result<Option<Payment>, Failure<CheckoutRefusal>> {
    let owner = order::order(ctx.database.reader(), retry.order_id).await?.and_then(|order| order.account_id);
    let mut refusals = validate::payment(ctx, &retry.payment, owner.is_some());
    refusals.extend(validate::address(AddressKind::Billing, retry.billing_address.as_ref()));
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let request_hash = hash(retry);
    let tx = tx::begin(&ctx.database).await?;
    let order = order::lock_order(&tx, retry.order_id).await?;
    let before = payment::payments_of(&*tx, &[order.id]).await?;
    // This attempt, cut off after it began.
    let key = retry.idempotency_key.as_deref();
    let same_attempt = |payment: &&Payment| key.is_some_and(|key| payment.is_attempt(key, &request_hash));
    if let Some(first) = before.iter().find(same_attempt) {
        return Ok(charge::left_uncharged(first.clone()));
    }
    let now = database_now(&*tx, &ctx.sources.clock).await?;
    let why = match order.status {
        OrderStatus::PendingPayment if order.reserved_until > now => None,
        OrderStatus::PendingPayment => Some("The time to pay this order has passed. Complete the cart again."),
        OrderStatus::Canceled => Some("This order was canceled. Complete the cart again."),
        OrderStatus::Processing | OrderStatus::Completed => Some("This order is paid."),
    };
    if let Some(why) = why {
        return Err(Failure::refuse(CheckoutRefusal::NotPayable { why }));
    }
    if before.iter().any(|payment| payment.status == PaymentStatus::Pending) {
        return Err(Failure::refuse(CheckoutRefusal::PaymentInProgress));
    }
    // An additional step that the shopper left: that attempt is given up.
    payment::void_open_payments(&tx, &ctx.sources, order.id).await?;
    let new = NewPayment {
        order_id: order.id,
        gateway: retry.payment.gateway.clone(),
        amount: Money::new(order.owed_minor(), order.currency),
        token: retry.payment.token.clone(),
        save: retry.payment.save,
        return_url: retry.payment.return_url.clone(),
        capture_method: retry.payment.capture_method,
        idempotency_key: retry.idempotency_key.clone(),
        request_hash,
    };
    let payment = payment::insert_payment(&tx, &ctx.sources, new).await?;
    let state = OrderState::of(&order);
    let change = OrderChange { billing_address: retry.billing_address.clone(), ..OrderChange::default() };
    order::change_order(&tx, &ctx.sources, order, state, change).await?;
    tx.commit().await?;
    Ok(Some(payment))
}

fn hash(retry: &Retry) -> String {
    let choice = &retry.payment;
    let capture = format!("{:?}", choice.capture_method);
    let request = json!([
        retry.order_id,
        retry.billing_address,
        choice.gateway,
        choice.token,
        choice.return_url,
        choice.save,
        capture
    ]);
    charge::hexadecimal(&Sha256::digest(request.to_string().as_bytes()))
}
