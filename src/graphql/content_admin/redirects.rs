//! Adding, changing and removing redirects.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::ids::UrlRedirectId;

use super::user_errors::{ContentUserError, halves};
use crate::{
    domain::{
        content::{self, Refusal, store},
        shared::{Error, Permission},
    },
    graphql::{
        content::UrlRedirect,
        context::ContextExt,
        errors,
        global_id::{decode, encode},
        transaction::{author, begin, finish},
    },
};

/// A redirect to be added.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct UrlRedirectCreateInput {
    /// The old path, such as `/pages/old`. Case, percent-encoding and a slash at the end make no difference.
    path: String,
    /// Where it leads: a path of the shop, or an address that begins with `http(s)://`.
    target: String,
}

/// Changes of a redirect. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct UrlRedirectUpdateInput {
    /// The redirect.
    id: ID,
    /// The old path.
    path: Option<String>,
    /// Where it leads.
    target: Option<String>,
}

/// Which redirect.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct UrlRedirectDeleteInput {
    /// The redirect.
    id: ID,
}

/// What adding a redirect led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct UrlRedirectCreatePayload {
    /// The redirect as it is now; null when refused.
    url_redirect: Option<UrlRedirect>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

/// What changing a redirect led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct UrlRedirectUpdatePayload {
    /// The redirect as it is now; null when refused.
    url_redirect: Option<UrlRedirect>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

/// What removing a redirect led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct UrlRedirectDeletePayload {
    /// The id of the redirect that is no more; null when refused.
    deleted_url_redirect_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

type Shown = (Option<UrlRedirect>, Vec<ContentUserError>);

async fn shown(ctx: &Context<'_>, outcome: Result<UrlRedirectId, Vec<Refusal>>) -> Result<Shown, Error> {
    let (id, user_errors) = halves(outcome);
    let redirect = match id {
        Some(id) => store::redirect(ctx.app().database.reader(), id).await?.map(UrlRedirect::from),
        None => None,
    };
    Ok((redirect, user_errors))
}

async fn create(ctx: &Context<'_>, input: &UrlRedirectCreateInput) -> Result<UrlRedirectCreatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let tx = begin(ctx).await?;
    let done = content::create_redirect(&tx, author, &input.path, &input.target).await;
    let (url_redirect, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(UrlRedirectCreatePayload { url_redirect, user_errors })
}

async fn update(ctx: &Context<'_>, input: &UrlRedirectUpdateInput) -> Result<UrlRedirectUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let id = decode("input.id", &input.id)?;
    let tx = begin(ctx).await?;
    let done = content::update_redirect(&tx, author, id, input.path.as_deref(), input.target.as_deref()).await;
    let (url_redirect, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(UrlRedirectUpdatePayload { url_redirect, user_errors })
}

async fn delete(ctx: &Context<'_>, input: &UrlRedirectDeleteInput) -> Result<UrlRedirectDeletePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let id = decode("input.id", &input.id)?;
    let tx = begin(ctx).await?;
    let done = content::delete_redirect(&tx, author, id).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(UrlRedirectDeletePayload { deleted_url_redirect_id: id.map(encode), user_errors })
}

/// Changes of redirects.
#[derive(Debug, Default)]
pub struct RedirectMutation;

#[Object]
impl RedirectMutation {
    /// Adds a redirect. One that leads to its own path, at once or by others, is refused with LOOP. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn url_redirect_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The redirect.")] input: UrlRedirectCreateInput,
    ) -> Option<UrlRedirectCreatePayload> {
        errors::nullable(ctx, create(ctx, &input).await)
    }

    /// Changes a redirect. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn url_redirect_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: UrlRedirectUpdateInput,
    ) -> Option<UrlRedirectUpdatePayload> {
        errors::nullable(ctx, update(ctx, &input).await)
    }

    /// Removes a redirect. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn url_redirect_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which redirect.")] input: UrlRedirectDeleteInput,
    ) -> Option<UrlRedirectDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }
}
