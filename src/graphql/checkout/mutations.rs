//! Completing a cart, and paying again.

use async_graphql::{Context, Object};
use entity::ids::CartId;

use super::{
    inputs::{CheckoutCompleteInput, PaymentRetryInput, check_key},
    payload::{CheckoutCompletePayload, CheckoutUserError, PaymentRetryPayload},
};
use crate::{
    domain::{
        cart::{self, CartAccess},
        checkout::{self, CheckoutRefusal, Completion, Outcome, Retry},
        customer, order,
        shared::{Error, Failure, Permission, Viewer, address::tidy},
    },
    graphql::{
        cart::{Cart, ids},
        context::ContextExt,
        errors,
        idempotency::IdempotencyKey,
        order::{Order, Payment, open_existing},
    },
    platform::hold,
};

/// Checking out.
#[derive(Debug, Default)]
pub struct CheckoutMutation;

#[Object]
impl CheckoutMutation {
    /// Makes an order of a cart: stock is reserved with a time limit, the order is made and its payment is started. One cart
    /// gives at most one order: completing it again answers with the first. Once begun, it finishes although the client is
    /// gone: watch the order with `orderUpdated`.
    async fn checkout_complete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The cart, the addresses and the way to pay.")] input: CheckoutCompleteInput,
    ) -> Option<CheckoutCompletePayload> {
        let access = errors::nullable(ctx, ids::access(ctx, "input.cartId", &input.cart_id))?;
        let Some(access) = access else {
            let user_errors = vec![CheckoutUserError::of(ctx, None, &CheckoutRefusal::CartNotFound)];
            return Some(CheckoutCompletePayload { user_errors, ..Default::default() });
        };
        let completion = errors::nullable(ctx, completion(ctx, access, input).await)?;
        let result = checkout::complete(&ctx.app().checkout(), completion.clone()).await;
        let (outcome, user_errors) = errors::nullable(ctx, refusals(ctx, Some(access.cart_id()), result))?;
        let cart = match &outcome {
            Some(_) => None,
            None => errors::nullable(ctx, current_cart(ctx, &completion).await)?,
        };
        let (order, payment, order_access_token) = parts(ctx, outcome);
        let warnings = Vec::new();
        Some(CheckoutCompletePayload { order, payment, order_access_token, cart, user_errors, warnings })
    }

    /// Tries to pay an order again: after a declined or abandoned payment, while its stock is held; or what an edit made it
    /// cost more (`order.balanceDue`), without a time limit.
    async fn payment_retry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order and the way to pay.")] input: PaymentRetryInput,
    ) -> Option<PaymentRetryPayload> {
        if let Viewer::Staff(_) = ctx.viewer() {
            errors::nullable(ctx, ctx.require(Permission::ManagePayments))?;
        }
        let opened = errors::nullable(ctx, open_existing(ctx, "input.orderId", &input.order_id).await)?;
        let retry = Retry {
            order_id: opened.id,
            billing_address: input.billing_address.map(|address| tidy(address.into())),
            payment: input.payment.into(),
            idempotency_key: errors::nullable(ctx, key_of(ctx, input.idempotency_key))?,
            away: None,
        };
        let result = checkout::retry_payment(&ctx.app().checkout(), retry).await;
        let (outcome, user_errors) = errors::nullable(ctx, refusals(ctx, None, result))?;
        let (order, payment, order_access_token) = parts(ctx, outcome);
        Some(PaymentRetryPayload { order, payment, order_access_token, user_errors, ..Default::default() })
    }
}

async fn completion(ctx: &Context<'_>, access: CartAccess, input: CheckoutCompleteInput) -> Result<Completion, Error> {
    let customer = match ctx.viewer().customer_account() {
        Some(id) => customer::find(ctx.app().database.reader(), id).await?.map(|account| (id, account.email)),
        None => None,
    };
    Ok(Completion {
        access,
        customer,
        email: input.email,
        shipping_address: input.shipping_address.map(|address| tidy(address.into())),
        billing_address: input.billing_address.map(|address| tidy(address.into())),
        delivery_option: input.delivery_option_handle,
        payment: input.payment.map(Into::into),
        expected_total: input.expected_total.map(|total| total.check("input.expectedTotal")).transpose()?,
        expected_due: input.expected_due.map(|due| due.check("input.expectedDue")).transpose()?,
        idempotency_key: key_of(ctx, input.idempotency_key)?,
    })
}

/// The key of the request, from its header or its input.
pub(super) fn key_of(ctx: &Context<'_>, in_input: Option<String>) -> Result<Option<String>, Error> {
    Ok(IdempotencyKey::of(ctx).or(check_key(in_input)?))
}

/// The cart as it is now, while it is open, quoted as this checkout would buy it: its total is the one to expect.
async fn current_cart(ctx: &Context<'_>, completion: &Completion) -> Result<Option<Cart>, Error> {
    let app = ctx.app();
    let (db, access) = (app.database.reader(), &completion.access);
    let snapshot = cart::open_on(db, app.sources.now(), access, &completion.terms()).await?;
    Ok(snapshot.map(Cart::new))
}

/// An outcome with every refusal, those of a declined payment among them.
pub(super) fn refusals(
    ctx: &Context<'_>,
    cart: Option<CartId>,
    result: Result<Outcome, Failure<CheckoutRefusal>>,
) -> Result<(Option<Outcome>, Vec<CheckoutUserError>), Error> {
    let shown = |refusals: Vec<CheckoutRefusal>| {
        refusals.iter().map(|refusal| CheckoutUserError::of(ctx, cart, refusal)).collect()
    };
    match result {
        Ok(mut outcome) => {
            let declined = std::mem::take(&mut outcome.refusals);
            Ok((Some(outcome), shown(declined)))
        }
        Err(Failure::Refused(refusals)) => Ok((None, shown(refusals))),
        Err(Failure::Error(error)) => Err(error),
    }
}

/// The objects of a payload. Who completes a cart has shown its id, so the order's token is theirs, unless they are the
/// customer to whom the order belongs anyway.
pub(super) fn parts(ctx: &Context<'_>, outcome: Option<Outcome>) -> (Option<Order>, Option<Payment>, Option<String>) {
    let Some(Outcome { order: row, payment, .. }) = outcome else { return (None, None, None) };
    hold::note_order(row.id.0);
    let own = row.account_id.is_some() && row.account_id == ctx.viewer().customer_account();
    // Staff open orders by their permissions; the token would let them do as a shopper what these do not allow.
    let staff = matches!(ctx.viewer(), Viewer::Staff(_));
    let token = (!own && !staff).then(|| order::access_token(&ctx.app().capability_keys, row.id));
    (Some(Order(row)), payment.map(Payment), token)
}
