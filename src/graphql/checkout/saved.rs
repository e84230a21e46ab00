//! Ways to pay that customers saved: shown, forgotten, and charged by staff.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{
    mutations::{key_of, parts, refusals},
    payload::CheckoutUserError,
};
use crate::{
    domain::{
        checkout::{self, Saved, SavedCharge},
        shared::{Error, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        order::{Order, Payment, open_existing},
        transaction::author,
    },
};

/// A way to pay that a customer saved. The gateway keeps it; this shop never has the card's number.
#[derive(Clone, Debug, SimpleObject)]
pub struct CustomerPaymentMethod {
    /// The gateway's id of it (Stripe's: `pm_…`): what `payment.token` takes, for this customer only.
    id: ID,
    /// The gateway's name, which `payment.gateway` takes.
    gateway: &'static str,
    /// The card's brand, such as `visa`; null when it is no card.
    brand: Option<String>,
    /// The last four digits of its number; null when it is no card.
    last4: Option<String>,
    /// The month after which it expires, 1 to 12; null when it does not.
    expiry_month: Option<i32>,
    /// The year in which it expires; null when it does not.
    expiry_year: Option<i32>,
}

impl From<Saved> for CustomerPaymentMethod {
    fn from(saved: Saved) -> Self {
        let Saved { gateway, method } = saved;
        let (expiry_month, expiry_year) = method.expires.unzip();
        Self { id: ID(method.id), gateway, brand: method.brand, last4: method.last4, expiry_month, expiry_year }
    }
}

/// Which way to pay is to be forgotten.
#[derive(InputObject)]
pub struct CustomerPaymentMethodRevokeInput {
    /// The id of one of `customer.paymentMethods`.
    payment_method_id: ID,
}

/// What forgetting a way to pay led to.
#[derive(SimpleObject)]
pub struct CustomerPaymentMethodRevokePayload {
    /// The id of what was forgotten.
    revoked_customer_payment_method_id: Option<ID>,
    /// Why it was refused. Always empty: an id that is none of the customer's is the error NOT_FOUND.
    user_errors: Vec<CheckoutUserError>,
}

/// Which order is to be charged to what.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct OrderChargeSavedMethodInput {
    /// The order.
    order_id: ID,
    /// The id of one of its customer's `paymentMethods`; left out: the one that was saved last.
    payment_method_id: Option<ID>,
    /// A key of this attempt, as with `checkoutComplete`.
    idempotency_key: Option<String>,
}

/// What charging a saved way to pay led to.
#[derive(Default, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct OrderChargeSavedMethodPayload {
    /// The order; also there when its payment was declined. Null when nothing was tried.
    order: Option<Order>,
    /// The attempt to pay it; null when nothing was tried.
    payment: Option<Payment>,
    /// Why it was refused. PAYMENT_DECLINED: the order waits on, and its customer gets a mail.
    user_errors: Vec<CheckoutUserError>,
}

/// Changes by and about saved ways to pay.
#[derive(Debug, Default)]
pub struct SavedMethodMutation;

#[Object]
impl SavedMethodMutation {
    /// Lets the gateway forget a way to pay of the customer who is signed in. Orders that were paid with it stay as they are.
    async fn customer_payment_method_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be forgotten.")] input: CustomerPaymentMethodRevokeInput,
    ) -> Option<CustomerPaymentMethodRevokePayload> {
        let id = input.payment_method_id;
        errors::nullable(ctx, forget(ctx, &id).await)?;
        Some(CustomerPaymentMethodRevokePayload {
            revoked_customer_payment_method_id: Some(id),
            user_errors: Vec::new(),
        })
    }

    /// Charges what is owed for an order that waits for its payment to a way to pay that its customer saved, while the customer
    /// is away: after a payment that failed, or when the customer asks for it on the phone. Needs MANAGE_PAYMENTS. A bank that
    /// wants to ask its customer declines with the failure `authentication_required`; the customer gets a mail with the way to pay.
    #[graphql(visible = "crate::graphql::guards::manages_payments")]
    async fn order_charge_saved_method(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order and the way to pay.")] input: OrderChargeSavedMethodInput,
    ) -> Option<OrderChargeSavedMethodPayload> {
        let asked = errors::nullable(ctx, charge_of(ctx, input).await)?;
        let result = checkout::charge_saved(&ctx.app().checkout(), asked).await;
        let (outcome, user_errors) = errors::nullable(ctx, refusals(ctx, None, result))?;
        let (order, payment, _) = parts(ctx, outcome);
        Some(OrderChargeSavedMethodPayload { order, payment, user_errors })
    }
}

async fn forget(ctx: &Context<'_>, id: &ID) -> Result<(), Error> {
    let account = ctx.viewer().customer_account().ok_or(Error::Unauthenticated)?;
    let forgotten = checkout::forget_method(&ctx.app().checkout(), account, id.as_str()).await?;
    if forgotten { Ok(()) } else { Err(Error::NotFound("payment method")) }
}

async fn charge_of(ctx: &Context<'_>, input: OrderChargeSavedMethodInput) -> Result<SavedCharge, Error> {
    let by = author(ctx, Permission::ManagePayments)?.account_id.ok_or(Error::Unauthenticated)?;
    let order = open_existing(ctx, "input.orderId", &input.order_id).await?;
    let method = input.payment_method_id.map(|id| id.0);
    Ok(SavedCharge { order_id: order.id, method, by, idempotency_key: key_of(ctx, input.idempotency_key)? })
}

/// The ways to pay of a customer.
///
/// # Errors
/// A gateway did not answer; the database's.
pub async fn saved_methods(
    ctx: &Context<'_>,
    account: entity::ids::AccountId,
) -> Result<Vec<CustomerPaymentMethod>, Error> {
    let saved = checkout::saved_methods(&ctx.app().checkout(), account).await?;
    Ok(saved.into_iter().map(Into::into).collect())
}
