//! Paying again after a declined or abandoned payment, while the stock is held.

use entity::{
    address::Address,
    ids::{AccountId, OrderId},
    money::Money,
    order::order::{FinancialStatus, OrderStatus},
    payment::payment::{CaptureMethod, PaymentStatus},
};
use sea_orm::DatabaseTransaction;
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
        order::{self, Order, OrderChange, OrderState},
        payment::{self, NewPayment, Payment},
        shared::{Error, Failure},
    },
    platform::{
        database::database_now,
        outbox::{self, Fact},
        tx,
    },
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
    /// Set when the shopper is away.
    pub away: Option<Away>,
}

/// A charge while the shopper is away.
#[derive(Clone, Copy, Debug)]
pub struct Away {
    /// The staff member who asked for it.
    pub asked_by: AccountId,
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
    // A placed order that an edit made dearer waits for the difference.
    let balance_due = order.financial_status == FinancialStatus::PartiallyPaid;
    let why = match order.status {
        OrderStatus::PendingPayment if order.reserved_until > now => None,
        OrderStatus::PendingPayment => Some("The time to pay this order has passed. Complete the cart again."),
        OrderStatus::Canceled => Some("This order was canceled. Complete the cart again."),
        OrderStatus::Processing | OrderStatus::Completed if balance_due => None,
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
    let (owed, balance_revision) = owed(&tx, &order).await?;
    if let Some(refusal) = validate::amount(ctx, &retry.payment.gateway, Money::new(owed, order.currency)) {
        return Err(Failure::refuse(refusal));
    }
    let new = NewPayment {
        order_id: order.id,
        balance_revision,
        gateway: retry.payment.gateway.clone(),
        amount: Money::new(owed, order.currency),
        token: retry.payment.token.clone(),
        save: retry.payment.save,
        off_session: retry.away.is_some(),
        return_url: retry.payment.return_url.clone(),
        // What an edit made dearer is paid at once, and what staff charge is taken.
        capture_method: if balance_revision.is_some() || retry.away.is_some() {
            CaptureMethod::Automatic
        } else {
            ctx.capture.unwrap_or(retry.payment.capture_method)
        },
        idempotency_key: retry.idempotency_key.clone(),
        request_hash,
    };
    let payment = payment::insert_payment(&tx, &ctx.sources, new).await?;
    if let Some(away) = retry.away {
        let data = json!({ "payment_id": payment.id, "order_id": order.id, "account_id": away.asked_by });
        let (kind, subject_id) = ("payment.charged_by_staff", payment.id.0);
        outbox::record(&tx, &ctx.sources, Fact { kind, subject_type: "payment", subject_id, data }).await?;
    }
    let state = OrderState::of(&order);
    let change = OrderChange { billing_address: retry.billing_address.clone(), ..OrderChange::default() };
    order::change_order(&tx, &ctx.sources, order, state, change).await?;
    tx.commit().await?;
    Ok(Some(payment))
}

/// What is to be paid of an order, and of which edit that is the balance.
async fn owed(tx: &DatabaseTransaction, order: &Order) -> Result<(i64, Option<i32>), Error> {
    if order.status == OrderStatus::PendingPayment {
        return Ok((order.owed_minor(), None));
    }
    let revision = order::quote_of(tx, order.id).await?.map(|kept| kept.revision);
    Ok((order.owed_minor() - payment::net(tx, order.id).await?, revision))
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
