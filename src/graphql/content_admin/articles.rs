//! Adding, changing and removing articles.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::ids::ArticleId;

use super::{
    inputs::{names, publication},
    user_errors::{ContentUserError, halves},
};
use crate::{
    domain::{
        content::{self, ArticlePatch, Refusal, Target},
        shared::{Error, Permission},
    },
    graphql::{
        catalog_admin::inputs::{ProductImageInput, SeoInput, change_of, html, image},
        content::Article,
        errors,
        global_id::{decode, encode},
        scalars::{DateTime, Html},
        transaction::{author, begin, finish},
    },
};

/// Who wrote an article.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ArticleAuthorInput {
    /// The author's name, at most 255 characters.
    name: String,
}

/// An article to be added.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ArticleCreateInput {
    /// The blog it stands in.
    blog_id: ID,
    /// Its title, at most 255 characters.
    title: String,
    /// Its name in URLs, unique in the blog; left out, it is made of the title, with `-1`, `-2` … where that is taken.
    handle: Option<String>,
    /// Its text. Scripts, styles, frames and event attributes are left out.
    body: Option<Html>,
    /// A shorter text for lists. Scripts, styles, frames and event attributes are left out.
    summary: Option<Html>,
    /// Who wrote it.
    author: Option<ArticleAuthorInput>,
    /// Its tags.
    tags: Option<Vec<String>>,
    /// Its picture.
    image: Option<ProductImageInput>,
    /// Whether shoppers see it; true when left out.
    is_published: Option<bool>,
    /// From when on shoppers see it; now when left out.
    publish_date: Option<DateTime>,
    /// What search engines are told.
    seo: Option<SeoInput>,
}

/// Changes of an article. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ArticleUpdateInput {
    /// The article.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// The blog it moves to.
    blog_id: Option<ID>,
    /// Its title.
    title: Option<String>,
    /// Its name in URLs, unique in the blog.
    handle: Option<String>,
    /// Whether a new handle or blog leaves a redirect at the old address; false when left out.
    redirect_new_handle: Option<bool>,
    /// Its text. Scripts, styles, frames and event attributes are left out.
    body: Option<Html>,
    /// A shorter text for lists. Scripts, styles, frames and event attributes are left out.
    summary: Option<Html>,
    /// Who wrote it; null names nobody.
    author: MaybeUndefined<ArticleAuthorInput>,
    /// Its tags, all of them.
    tags: Option<Vec<String>>,
    /// Its picture; null takes it away.
    image: MaybeUndefined<ProductImageInput>,
    /// Whether shoppers see it.
    is_published: Option<bool>,
    /// From when on shoppers see it.
    publish_date: Option<DateTime>,
    /// What search engines are told.
    seo: Option<SeoInput>,
}

/// Which article.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ArticleDeleteInput {
    /// The article.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
}

/// What adding an article led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ArticleCreatePayload {
    /// The article as it is now; null when refused.
    article: Option<Article>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

/// What changing an article led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ArticleUpdatePayload {
    /// The article as it is now; null when refused.
    article: Option<Article>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

/// What removing an article led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ArticleDeletePayload {
    /// The id of the article that is no more; null when refused.
    deleted_article_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

type Shown = (Option<Article>, Vec<ContentUserError>);

async fn shown(ctx: &Context<'_>, outcome: Result<ArticleId, Vec<Refusal>>) -> Result<Shown, Error> {
    let (id, user_errors) = halves(outcome);
    let article = match id {
        Some(id) => Article::load(ctx, id).await?,
        None => None,
    };
    Ok((article, user_errors))
}

async fn create(ctx: &Context<'_>, input: ArticleCreateInput) -> Result<ArticleCreatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let blog = decode("input.blogId", &input.blog_id)?;
    let patch = ArticlePatch {
        names: names(Some(input.title), input.handle, input.seo, None),
        body_html: html(input.body),
        summary_html: html(input.summary),
        author_name: Some(input.author.map(|author| author.name)),
        tags: input.tags,
        image: Some(input.image.map(image)),
        publication: publication(input.is_published, input.publish_date)?,
    };
    let tx = begin(ctx).await?;
    let done = content::create_article(&tx, author, blog, patch).await;
    let (article, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(ArticleCreatePayload { article, user_errors })
}

async fn update(ctx: &Context<'_>, input: ArticleUpdateInput) -> Result<ArticleUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let target = Target { id: decode("input.id", &input.id)?, expected_version: input.expected_version };
    let blog = input.blog_id.map(|id| decode("input.blogId", &id)).transpose()?;
    let patch = ArticlePatch {
        names: names(input.title, input.handle, input.seo, input.redirect_new_handle),
        body_html: html(input.body),
        summary_html: html(input.summary),
        author_name: change_of(input.author).map(|author| author.map(|author| author.name)),
        tags: input.tags,
        image: change_of(input.image).map(|picture| picture.map(image)),
        publication: publication(input.is_published, input.publish_date)?,
    };
    let tx = begin(ctx).await?;
    let done = content::update_article(&tx, author, target, blog, patch).await;
    let (article, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(ArticleUpdatePayload { article, user_errors })
}

async fn delete(ctx: &Context<'_>, input: &ArticleDeleteInput) -> Result<ArticleDeletePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let target = Target { id: decode("input.id", &input.id)?, expected_version: input.expected_version };
    let tx = begin(ctx).await?;
    let done = content::delete_article(&tx, author, target).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(ArticleDeletePayload { deleted_article_id: id.map(encode), user_errors })
}

/// Changes of articles.
#[derive(Debug, Default)]
pub struct ArticleMutation;

#[Object]
impl ArticleMutation {
    /// Adds an article to a blog. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn article_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The article.")] input: ArticleCreateInput,
    ) -> Option<ArticleCreatePayload> {
        errors::nullable(ctx, create(ctx, input).await)
    }

    /// Changes an article. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn article_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: ArticleUpdateInput,
    ) -> Option<ArticleUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }

    /// Removes an article. Links of menus that lead to it are no longer shown. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn article_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which article.")] input: ArticleDeleteInput,
    ) -> Option<ArticleDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }
}
