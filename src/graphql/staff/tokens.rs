//! Staff sign in, renew and sign out. Their tokens open nothing of a customer's.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use crate::{
    domain::{
        auth::{self, Audience, Credentials, Refusal, TokenPair},
        shared::{Failure, Viewer},
    },
    graphql::{
        context::ContextExt,
        customer::{CustomerUserError, outcome},
        scalars::DateTime,
    },
};

/// The tokens of a staff member's sign-in.
#[derive(SimpleObject)]
pub struct StaffAccessToken {
    /// Send it as `Authorization: Bearer …`. Do not read it: its form may change.
    access_token: String,
    /// Exchange it once with `staffAccessTokenRenew`. Keep it secret: a second use ends the sign-in.
    refresh_token: String,
    /// When the access token ends. The refresh token lives longer, and anew with each renewal.
    expires_at: DateTime,
}

impl From<TokenPair> for StaffAccessToken {
    fn from(tokens: TokenPair) -> Self {
        Self {
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            expires_at: tokens.expires_at.into(),
        }
    }
}

/// What a staff member signs in with.
#[derive(InputObject)]
pub struct StaffAccessTokenCreateInput {
    /// E-mail address.
    email: String,
    /// Password.
    #[graphql(secret)]
    password: String,
}

/// What a staff sign-in is prolonged with.
#[derive(InputObject)]
pub struct StaffAccessTokenRenewInput {
    /// The newest refresh token of the sign-in.
    #[graphql(secret)]
    refresh_token: String,
}

/// Which staff sign-in is to end.
#[derive(InputObject)]
pub struct StaffAccessTokenDeleteInput {
    /// A refresh token of the sign-in; left out, it is the one of the header `Authorization`.
    #[graphql(secret)]
    refresh_token: Option<String>,
}

/// What signing in led to.
#[derive(SimpleObject)]
pub struct StaffAccessTokenCreatePayload {
    /// The tokens; null when refused.
    staff_access_token: Option<StaffAccessToken>,
    /// Why it was refused.
    user_errors: Vec<CustomerUserError>,
}

/// What renewing led to.
#[derive(SimpleObject)]
pub struct StaffAccessTokenRenewPayload {
    /// The next tokens; null when refused.
    staff_access_token: Option<StaffAccessToken>,
    /// Why it was refused.
    user_errors: Vec<CustomerUserError>,
}

/// What signing out led to.
#[derive(SimpleObject)]
pub struct StaffAccessTokenDeletePayload {
    /// Whether the sign-in is over, now or since before.
    signed_out: bool,
    /// Why it was refused.
    user_errors: Vec<CustomerUserError>,
}

/// Changes of staff's tokens.
#[derive(Debug, Default)]
pub struct StaffMutation;

#[Object]
impl StaffMutation {
    /// Signs a staff member in. Somebody who is not staff is refused like a wrong password. Failures are counted
    /// together with those of `customerAccessTokenCreate`.
    async fn staff_access_token_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "E-mail address and password.")] input: StaffAccessTokenCreateInput,
    ) -> Option<StaffAccessTokenCreatePayload> {
        let app = ctx.app();
        let credentials = Credentials { email: input.email, password: input.password };
        let signed_in = auth::sign_in(&app.database, &app.auth, credentials, Audience::Staff).await;
        let (signed_in, user_errors) = outcome(ctx, signed_in)?;
        let staff_access_token = signed_in.map(|signed_in| signed_in.tokens.into());
        Some(StaffAccessTokenCreatePayload { staff_access_token, user_errors })
    }

    /// Exchanges a staff refresh token for the next tokens, once; using one again ends the sign-in.
    async fn staff_access_token_renew(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The refresh token.")] input: StaffAccessTokenRenewInput,
    ) -> Option<StaffAccessTokenRenewPayload> {
        let app = ctx.app();
        let renewed = auth::renew(&app.database, &app.auth, &input.refresh_token, Audience::Staff).await;
        let (tokens, user_errors) = outcome(ctx, renewed)?;
        Some(StaffAccessTokenRenewPayload { staff_access_token: tokens.map(Into::into), user_errors })
    }

    /// Signs the staff member out: every token of the sign-in ends.
    async fn staff_access_token_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which sign-in; left out, the caller's own.")] input: Option<StaffAccessTokenDeleteInput>,
    ) -> Option<StaffAccessTokenDeletePayload> {
        let refresh_token = input.and_then(|input| input.refresh_token);
        let (done, user_errors) = outcome(ctx, sign_out(ctx, refresh_token).await)?;
        Some(StaffAccessTokenDeletePayload { signed_out: done.is_some(), user_errors })
    }
}

async fn sign_out(ctx: &Context<'_>, refresh_token: Option<String>) -> Result<(), Failure<Refusal>> {
    let app = ctx.app();
    if let Some(token) = refresh_token {
        return auth::sign_out_by_refresh_token(&app.database, &app.auth, &token, Audience::Staff).await;
    }
    let Viewer::Staff(staff) = ctx.viewer() else { return Err(Failure::refuse(Refusal::TokenInvalid)) };
    Ok(auth::sign_out(&app.database, &app.auth, staff.session_id).await?)
}
