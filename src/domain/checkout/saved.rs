//! Ways to pay that customers saved at gateways: what there is, forgetting one, and charging one while its customer is away.

use entity::{
    ids::{AccountId, OrderId},
    payment::payment::CaptureMethod,
};

use super::{
    CheckoutContext, CheckoutRefusal, PaymentChoice, Retry, charge,
    complete::Outcome,
    retry::{self, Away},
};
use crate::domain::{
    order,
    payment::{self, Gateway, GatewayError, SavedMethod},
    shared::{Error, Failure},
};

/// A way to pay and the gateway that remembers it.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The gateway's name.
    pub gateway: &'static str,
    /// The way to pay.
    pub method: SavedMethod,
}

/// A charge that staff ask for.
#[derive(Clone, Debug)]
pub struct SavedCharge {
    /// The order.
    pub order_id: OrderId,
    /// Which of its customer's ways to pay; `None`: the one that was saved last.
    pub method: Option<String>,
    /// The staff member.
    pub by: AccountId,
    /// The client's key of this attempt.
    pub idempotency_key: Option<String>,
}

/// What gateways remember of a customer, the newest first. Nothing of it is kept here.
///
/// # Errors
/// `Unavailable`: a gateway did not answer; the database's.
pub async fn saved_methods(ctx: &CheckoutContext, account: AccountId) -> Result<Vec<Saved>, Error> {
    let mut found = Vec::new();
    for (name, gateway, customer) in known_at(ctx, account).await? {
        let methods = charge::limited(ctx, gateway.saved_methods(&customer)).await.map_err(silent)?;
        found.extend(methods.into_iter().map(|method| Saved { gateway: name, method }));
    }
    Ok(found)
}

/// Lets the gateway forget a way to pay of a customer; `false`: the customer has none with this id.
///
/// # Errors
/// `Unavailable`: a gateway did not answer; the database's.
pub async fn forget_method(ctx: &CheckoutContext, account: AccountId, id: &str) -> Result<bool, Error> {
    for (_, gateway, customer) in known_at(ctx, account).await? {
        if charge::limited(ctx, gateway.forget_method(&customer, id)).await.map_err(silent)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Charges what is owed for an order that waits for its payment to a way to pay that its customer saved. The customer is away:
/// a bank that wants to ask them declines, and they are told by a mail, as after every payment that fails. As with
/// [`super::complete`], once begun it finishes.
///
/// # Errors
/// `CheckoutRefusal`: nobody's order, nothing saved, or as of another attempt to pay.
pub async fn charge_saved(ctx: &CheckoutContext, asked: SavedCharge) -> Result<Outcome, Failure<CheckoutRefusal>> {
    let order = order::order(ctx.database.reader(), asked.order_id).await?.ok_or(Error::NotFound("order"))?;
    let Some(account) = order.account_id else {
        return Err(Failure::refuse(CheckoutRefusal::NoSavedMethod {
            why: "A guest's order has no saved way to pay.",
        }));
    };
    let mut saved = saved_methods(ctx, account).await?;
    saved.retain(|saved| asked.method.as_ref().is_none_or(|id| *id == saved.method.id));
    let Some(saved) = saved.into_iter().next() else {
        let why = "The order's customer saved no such way to pay.";
        return Err(Failure::refuse(CheckoutRefusal::NoSavedMethod { why }));
    };
    let payment = PaymentChoice {
        gateway: saved.gateway.to_owned(),
        token: Some(saved.method.id),
        return_url: None,
        save: false,
        capture_method: CaptureMethod::Automatic,
    };
    let again = Retry {
        order_id: asked.order_id,
        billing_address: None,
        payment,
        idempotency_key: asked.idempotency_key,
        away: Some(Away { asked_by: asked.by }),
    };
    retry::retry_payment(ctx, again).await
}

/// The gateways that take payments and know a customer, with their ids of the customer.
async fn known_at(
    ctx: &CheckoutContext,
    account: AccountId,
) -> Result<Vec<(&'static str, &dyn Gateway, String)>, Error> {
    let mut known = Vec::new();
    for (name, gateway) in ctx.gateways.all().filter(|(_, gateway)| gateway.remembers()) {
        let customer = payment::customer_at(ctx.database.reader(), name, account).await?;
        known.extend(customer.map(|customer| (name, gateway.as_ref(), customer)));
    }
    Ok(known)
}

fn silent(error: GatewayError) -> Error {
    Error::Unavailable(anyhow::Error::new(error))
}
