//! A customer's tokens: renewing them, signing out.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::{CustomerUserError, outcome};
use crate::{
    domain::{
        auth::{self, Audience, Refusal, TokenPair},
        shared::Failure,
    },
    graphql::{context::ContextExt, scalars::DateTime},
};

/// The tokens of a customer's sign-in.
#[derive(SimpleObject)]
pub struct CustomerAccessToken {
    /// Send it as `Authorization: Bearer …`. Do not read it: its form may change.
    access_token: String,
    /// Exchange it once with `customerAccessTokenRenew`, before or after the access token ended. Keep it secret: a
    /// second use ends the sign-in.
    refresh_token: String,
    /// When the access token ends. The refresh token lives longer, and anew with each renewal.
    expires_at: DateTime,
}

impl From<TokenPair> for CustomerAccessToken {
    fn from(tokens: TokenPair) -> Self {
        Self {
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            expires_at: tokens.expires_at.into(),
        }
    }
}

/// What a sign-in is prolonged with.
#[derive(InputObject)]
pub struct CustomerAccessTokenRenewInput {
    /// The newest refresh token of the sign-in.
    #[graphql(secret)]
    refresh_token: String,
}

/// Which sign-in is to end.
#[derive(InputObject)]
pub struct CustomerAccessTokenDeleteInput {
    /// A refresh token of the sign-in; left out, it is the one of the header `Authorization`.
    #[graphql(secret)]
    refresh_token: Option<String>,
}

/// What renewing led to.
#[derive(SimpleObject)]
pub struct CustomerAccessTokenRenewPayload {
    /// The next tokens; null when refused.
    customer_access_token: Option<CustomerAccessToken>,
    /// Why it was refused.
    user_errors: Vec<CustomerUserError>,
}

/// What signing out led to.
#[derive(SimpleObject)]
pub struct CustomerAccessTokenDeletePayload {
    /// Whether the sign-in is over, now or since before.
    signed_out: bool,
    /// Why it was refused.
    user_errors: Vec<CustomerUserError>,
}

/// Changes of a customer's tokens.
#[derive(Debug, Default)]
pub struct TokenMutation;

#[Object]
impl TokenMutation {
    /// Exchanges a refresh token for the next tokens. Each is good for one exchange: using one again ends the sign-in
    /// and all its tokens, because somebody else may have it. Let only one tab of a browser renew at a time.
    async fn customer_access_token_renew(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The refresh token.")] input: CustomerAccessTokenRenewInput,
    ) -> Option<CustomerAccessTokenRenewPayload> {
        let app = ctx.app();
        let renewed = auth::renew(&app.database, &app.auth, &input.refresh_token, Audience::Storefront).await;
        let (tokens, user_errors) = outcome(ctx, renewed)?;
        Some(CustomerAccessTokenRenewPayload { customer_access_token: tokens.map(Into::into), user_errors })
    }

    /// Signs the customer out: every token of the sign-in ends.
    async fn customer_access_token_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which sign-in; left out, the caller's own.")] input: Option<CustomerAccessTokenDeleteInput>,
    ) -> Option<CustomerAccessTokenDeletePayload> {
        let refresh_token = input.and_then(|input| input.refresh_token);
        let (done, user_errors) = outcome(ctx, sign_out(ctx, refresh_token).await)?;
        Some(CustomerAccessTokenDeletePayload { signed_out: done.is_some(), user_errors })
    }
}

async fn sign_out(ctx: &Context<'_>, refresh_token: Option<String>) -> Result<(), Failure<Refusal>> {
    let app = ctx.app();
    if let Some(token) = refresh_token {
        return auth::sign_out_by_refresh_token(&app.database, &app.auth, &token, Audience::Storefront).await;
    }
    let customer = ctx.viewer().customer().ok_or(Failure::refuse(Refusal::TokenInvalid))?;
    Ok(auth::sign_out(&app.database, &app.auth, customer.session_id).await?)
}
