//! `customerAccessTokenCreate`: a customer signs in.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::ids::AccountId;

use super::{CustomerUserError, outcome, tokens::CustomerAccessToken};
use crate::{
    domain::{
        auth::{self, Audience, Credentials},
        cart::{self, CartAccess},
        shared::Error,
    },
    graphql::{
        cart::{Cart, CartWarning, ids as cart_ids},
        context::ContextExt,
        errors,
    },
    platform::tx,
};

/// What a customer signs in with.
#[derive(InputObject)]
pub struct CustomerAccessTokenCreateInput {
    /// E-mail address.
    email: String,
    /// Password.
    #[graphql(secret)]
    password: String,
    /// Id of the guest's cart, to be merged into the customer's cart: quantities add up to what is in stock, nothing is
    /// lost. One that does not exist any more does not keep the customer out.
    cart_id: Option<ID>,
}

/// What signing in led to.
#[derive(SimpleObject)]
pub struct CustomerAccessTokenCreatePayload {
    /// The tokens; null when refused.
    customer_access_token: Option<CustomerAccessToken>,
    /// The cart to go on with, after the merge; null when no `cartId` was given or that cart is gone.
    cart: Option<Cart>,
    /// Why it was refused.
    user_errors: Vec<CustomerUserError>,
    /// What was adjusted by the merge.
    warnings: Vec<CartWarning>,
}

/// Signing in.
#[derive(Debug, Default)]
pub struct SignInMutation;

#[Object]
impl SignInMutation {
    /// Signs a customer in. Unknown address and wrong password are refused alike, with UNIDENTIFIED_CUSTOMER; after ten
    /// failures in 15 minutes the address has to wait (THROTTLED). A staff member who signs in here is a customer.
    async fn customer_access_token_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "E-mail address and password.")] input: CustomerAccessTokenCreateInput,
    ) -> Option<CustomerAccessTokenCreatePayload> {
        let app = ctx.app();
        let guest = match &input.cart_id {
            Some(id) => errors::nullable(ctx, cart_ids::access(ctx, "input.cartId", id))?,
            None => None,
        };
        let credentials = Credentials { email: input.email, password: input.password };
        let signed_in = auth::sign_in(&app.database, &app.auth, credentials, Audience::Storefront).await;
        let (signed_in, user_errors) = outcome(ctx, signed_in)?;
        // The customer is signed in whatever becomes of the cart: a fault there leaves the guest's cart as it was.
        let merged = match (&signed_in, guest) {
            (Some(signed_in), Some(guest)) => errors::optional(ctx, merge(ctx, guest, signed_in.account.id).await),
            (None, _) | (_, None) => None,
        };
        let (cart, warnings) = merged.map_or((None, Vec::new()), |(cart, warnings)| (Some(cart), warnings));
        let customer_access_token = signed_in.map(|signed_in| signed_in.tokens.into());
        Some(CustomerAccessTokenCreatePayload { customer_access_token, cart, user_errors, warnings })
    }
}

async fn merge(
    ctx: &Context<'_>,
    guest: CartAccess,
    account_id: AccountId,
) -> Result<Option<(Cart, Vec<CartWarning>)>, Error> {
    let app = ctx.app();
    let tx = tx::begin(&app.database).await?;
    let Some(merged) = cart::merge_guest(&tx, &app.sources, &guest, account_id).await? else { return Ok(None) };
    let snapshot = cart::snapshot(&*tx, app.sources.now(), merged.cart_id).await?;
    tx.commit().await?;
    Ok(snapshot.map(|snapshot| (Cart::new(snapshot), CartWarning::list(ctx, merged.cart_id, &merged.warnings))))
}
