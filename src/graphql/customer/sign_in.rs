//! `customerAccessTokenCreate`: a customer signs in.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::{CustomerUserError, outcome, tokens::CustomerAccessToken};
use crate::{
    domain::auth::{self, Audience, Credentials},
    graphql::context::ContextExt,
};

/// What a customer signs in with.
#[derive(InputObject)]
pub struct CustomerAccessTokenCreateInput {
    /// E-mail address.
    email: String,
    /// Password.
    #[graphql(secret)]
    password: String,
}

/// What signing in led to.
#[derive(SimpleObject)]
pub struct CustomerAccessTokenCreatePayload {
    /// The tokens; null when refused.
    customer_access_token: Option<CustomerAccessToken>,
    /// Why it was refused.
    user_errors: Vec<CustomerUserError>,
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
        let credentials = Credentials { email: input.email, password: input.password };
        let signed_in = auth::sign_in(&app.database, &app.auth, credentials, Audience::Storefront).await;
        let (signed_in, user_errors) = outcome(ctx, signed_in)?;
        let customer_access_token = signed_in.map(|signed_in| signed_in.tokens.into());
        Some(CustomerAccessTokenCreatePayload { customer_access_token, user_errors })
    }
}
