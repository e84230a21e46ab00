//! Adding, changing and removing blogs.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::ids::BlogId;

use super::{
    inputs::names,
    user_errors::{ContentUserError, halves},
};
use crate::{
    domain::{
        content::{self, Refusal, Target},
        shared::{Error, Permission},
    },
    graphql::{
        catalog_admin::inputs::SeoInput,
        content::Blog,
        errors,
        global_id::{decode, encode},
        transaction::{author, begin, finish},
    },
};

/// A blog to be added.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct BlogCreateInput {
    /// Its title, at most 255 characters.
    title: String,
    /// Its unique name in URLs; left out, it is made of the title, with `-1`, `-2` … where that is taken.
    handle: Option<String>,
    /// What search engines are told.
    seo: Option<SeoInput>,
}

/// Changes of a blog. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct BlogUpdateInput {
    /// The blog.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// Its title.
    title: Option<String>,
    /// Its unique name in URLs.
    handle: Option<String>,
    /// Whether a new handle leaves redirects at the old addresses of the blog and of its articles; false when left out.
    redirect_new_handle: Option<bool>,
    /// What search engines are told.
    seo: Option<SeoInput>,
}

/// Which blog.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct BlogDeleteInput {
    /// The blog.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
}

/// What adding a blog led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct BlogCreatePayload {
    /// The blog as it is now; null when refused.
    blog: Option<Blog>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

/// What changing a blog led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct BlogUpdatePayload {
    /// The blog as it is now; null when refused.
    blog: Option<Blog>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

/// What removing a blog led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct BlogDeletePayload {
    /// The id of the blog that is no more; null when refused.
    deleted_blog_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

type Shown = (Option<Blog>, Vec<ContentUserError>);

async fn shown(ctx: &Context<'_>, outcome: Result<BlogId, Vec<Refusal>>) -> Result<Shown, Error> {
    let (id, user_errors) = halves(outcome);
    let blog = match id {
        Some(id) => Blog::load(ctx, id).await?,
        None => None,
    };
    Ok((blog, user_errors))
}

async fn create(ctx: &Context<'_>, input: BlogCreateInput) -> Result<BlogCreatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let names = names(Some(input.title), input.handle, input.seo, None);
    let tx = begin(ctx).await?;
    let done = content::create_blog(&tx, author, names).await;
    let (blog, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(BlogCreatePayload { blog, user_errors })
}

async fn update(ctx: &Context<'_>, input: BlogUpdateInput) -> Result<BlogUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let target = Target { id: decode("input.id", &input.id)?, expected_version: input.expected_version };
    let names = names(input.title, input.handle, input.seo, input.redirect_new_handle);
    let tx = begin(ctx).await?;
    let done = content::update_blog(&tx, author, target, names).await;
    let (blog, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(BlogUpdatePayload { blog, user_errors })
}

async fn delete(ctx: &Context<'_>, input: &BlogDeleteInput) -> Result<BlogDeletePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let target = Target { id: decode("input.id", &input.id)?, expected_version: input.expected_version };
    let tx = begin(ctx).await?;
    let done = content::delete_blog(&tx, author, target).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(BlogDeletePayload { deleted_blog_id: id.map(encode), user_errors })
}

/// Changes of blogs.
#[derive(Debug, Default)]
pub struct BlogMutation;

#[Object]
impl BlogMutation {
    /// Adds a blog. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn blog_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The blog.")] input: BlogCreateInput,
    ) -> Option<BlogCreatePayload> {
        errors::nullable(ctx, create(ctx, input).await)
    }

    /// Changes a blog. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn blog_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: BlogUpdateInput,
    ) -> Option<BlogUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }

    /// Removes a blog that has no articles; one that has is refused with NOT_EMPTY. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn blog_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which blog.")] input: BlogDeleteInput,
    ) -> Option<BlogDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }
}
