//! Adding, changing and removing pages.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::ids::PageId;

use super::{
    inputs::{names, publication},
    user_errors::{ContentUserError, halves},
};
use crate::{
    domain::{
        content::{self, PagePatch, Refusal, Target},
        shared::{Error, Permission},
    },
    graphql::{
        catalog_admin::inputs::{SeoInput, html},
        content::Page,
        errors,
        global_id::{decode, encode},
        scalars::{DateTime, Html},
        transaction::{author, begin, finish},
    },
};

/// A page to be added.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct PageCreateInput {
    /// Its title, at most 255 characters.
    title: String,
    /// Its unique name in URLs; left out, it is made of the title, with `-1`, `-2` … where that is taken.
    handle: Option<String>,
    /// Its text. Scripts, styles, frames and event attributes are left out.
    body: Option<Html>,
    /// Whether shoppers see it; true when left out.
    is_published: Option<bool>,
    /// From when on shoppers see it; now when left out.
    publish_date: Option<DateTime>,
    /// What search engines are told.
    seo: Option<SeoInput>,
}

/// Changes of a page. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct PageUpdateInput {
    /// The page.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// Its title.
    title: Option<String>,
    /// Its unique name in URLs.
    handle: Option<String>,
    /// Whether a new handle leaves a redirect at the old address; false when left out.
    redirect_new_handle: Option<bool>,
    /// Its text. Scripts, styles, frames and event attributes are left out.
    body: Option<Html>,
    /// Whether shoppers see it.
    is_published: Option<bool>,
    /// From when on shoppers see it.
    publish_date: Option<DateTime>,
    /// What search engines are told.
    seo: Option<SeoInput>,
}

/// Which page.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct PageDeleteInput {
    /// The page.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
}

/// What adding a page led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct PageCreatePayload {
    /// The page as it is now; null when refused.
    page: Option<Page>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

/// What changing a page led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct PageUpdatePayload {
    /// The page as it is now; null when refused.
    page: Option<Page>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

/// What removing a page led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct PageDeletePayload {
    /// The id of the page that is no more; null when refused.
    deleted_page_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

type Shown = (Option<Page>, Vec<ContentUserError>);

async fn shown(ctx: &Context<'_>, outcome: Result<PageId, Vec<Refusal>>) -> Result<Shown, Error> {
    let (id, user_errors) = halves(outcome);
    let page = match id {
        Some(id) => Page::load(ctx, id).await?,
        None => None,
    };
    Ok((page, user_errors))
}

async fn create(ctx: &Context<'_>, input: PageCreateInput) -> Result<PageCreatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let patch = PagePatch {
        names: names(Some(input.title), input.handle, input.seo, None),
        body_html: html(input.body),
        publication: publication(input.is_published, input.publish_date)?,
    };
    let tx = begin(ctx).await?;
    let done = content::create_page(&tx, author, patch).await;
    let (page, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(PageCreatePayload { page, user_errors })
}

async fn update(ctx: &Context<'_>, input: PageUpdateInput) -> Result<PageUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let target = Target { id: decode("input.id", &input.id)?, expected_version: input.expected_version };
    let patch = PagePatch {
        names: names(input.title, input.handle, input.seo, input.redirect_new_handle),
        body_html: html(input.body),
        publication: publication(input.is_published, input.publish_date)?,
    };
    let tx = begin(ctx).await?;
    let done = content::update_page(&tx, author, target, patch).await;
    let (page, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(PageUpdatePayload { page, user_errors })
}

async fn delete(ctx: &Context<'_>, input: &PageDeleteInput) -> Result<PageDeletePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let target = Target { id: decode("input.id", &input.id)?, expected_version: input.expected_version };
    let tx = begin(ctx).await?;
    let done = content::delete_page(&tx, author, target).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(PageDeletePayload { deleted_page_id: id.map(encode), user_errors })
}

/// Changes of pages.
#[derive(Debug, Default)]
pub struct PageMutation;

#[Object]
impl PageMutation {
    /// Adds a page. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn page_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page.")] input: PageCreateInput,
    ) -> Option<PageCreatePayload> {
        errors::nullable(ctx, create(ctx, input).await)
    }

    /// Changes a page. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn page_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: PageUpdateInput,
    ) -> Option<PageUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }

    /// Removes a page. Links of menus that lead to it are no longer shown. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn page_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which page.")] input: PageDeleteInput,
    ) -> Option<PageDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }
}
