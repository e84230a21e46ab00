//! Staff add, change and remove articles.

use entity::{
    content::{article, blog},
    ids::{ArticleId, BlogId},
    text_list::TextList,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use serde_json::json;

use super::{
    errors::{Refusal, refuse_any},
    events::{Subject, record},
    handles::{self, Scope},
    model::article_path,
    patch::{self, ArticlePatch, Target, search_words},
    save_redirect::{self, Moved},
};
use crate::domain::{
    catalog::{Reason, checks::Checks, handle, html, non_blank},
    shared::{Author, Error, Failure, fold},
};

/// Adds an article to a blog.
///
/// # Errors
/// Everything that is wrong with it, together; a blog that is not there, a handle that is taken.
pub async fn create_article(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    blog: BlogId,
    patch: ArticlePatch,
) -> Result<ArticleId, Failure<Refusal>> {
    check(&patch, true)?;
    let blog = lock_blog(tx, blog).await?;
    let now = author.sources.now();
    let mut row = article::Model {
        id: author.sources.id(),
        blog_id: blog.id,
        handle: String::new(),
        title: String::new(),
        author_name: None,
        body_html: String::new(),
        body: String::new(),
        summary_html: String::new(),
        summary: String::new(),
        tags: TextList::default(),
        image_url: None,
        image_alt: None,
        image_width: None,
        image_height: None,
        seo_title: None,
        seo_description: None,
        title_key: String::new(),
        search_words: String::new(),
        published_at: Some(now),
        listed_at: now,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    apply(&mut row, &patch, author);
    row.handle = handles::of_new(tx, Scope::Articles(blog.id), patch.names.handle.as_deref(), &row.title).await?;
    let insert = article::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx).await.map_err(handles::unless_taken)?;
    tell(tx, author, &row, "article.created").await?;
    Ok(row.id)
}

/// Changes an article; `blog` moves it to another blog.
///
/// # Errors
/// Everything that is wrong with the changes, together; `NotFound`, `VersionConflict`.
pub async fn update_article(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target<ArticleId>,
    blog: Option<BlogId>,
    patch: ArticlePatch,
) -> Result<ArticleId, Failure<Refusal>> {
    check(&patch, false)?;
    let new_blog = match blog {
        Some(blog) => Some(lock_blog(tx, blog).await?),
        None => None,
    };
    let before = lock(tx, target).await?;
    let mut after = before.clone();
    apply(&mut after, &patch, author);
    after.blog_id = new_blog.as_ref().map_or(before.blog_id, |blog| blog.id);
    after.handle = patch.names.handle.as_deref().map_or_else(|| before.handle.clone(), handle::of_title);
    let has_moved = after.handle != before.handle || after.blog_id != before.blog_id;
    if has_moved {
        handles::ensure_free(tx, Scope::Articles(after.blog_id), &after.handle).await?;
    }
    if after == before {
        return Ok(target.id);
    }
    after.version += 1;
    after.updated_at = author.sources.now();
    let update = article::Entity::update_many().set(after.clone().into_active_model().reset_all());
    let update = update.filter(article::Column::Id.eq(after.id)).filter(article::Column::Version.eq(before.version));
    if update.exec(tx).await.map_err(handles::unless_taken)?.rows_affected != 1 {
        return Err(Error::VersionConflict { current: before.version }.into());
    }
    if patch.names.redirect_new_handle && has_moved {
        let old_blog = blog::Entity::find_by_id(before.blog_id).one(tx).await?;
        let old = old_blog.map_or_else(String::new, |blog| blog.handle);
        let new = new_blog.map_or_else(|| old.clone(), |blog| blog.handle);
        let moved = Moved { from: article_path(&old, &before.handle), to: article_path(&new, &after.handle) };
        save_redirect::leave(tx, author, vec![moved]).await?;
    }
    tell(tx, author, &after, "article.updated").await?;
    Ok(target.id)
}

/// Removes an article.
///
/// # Errors
/// `NotFound`, `VersionConflict`.
pub async fn delete_article(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target<ArticleId>,
) -> Result<ArticleId, Failure<Refusal>> {
    let mut row = lock(tx, target).await?;
    article::Entity::delete_by_id(target.id).exec(tx).await?;
    row.version += 1;
    tell(tx, author, &row, "article.deleted").await?;
    Ok(target.id)
}

fn check(patch: &ArticlePatch, new: bool) -> Result<(), Failure<Refusal>> {
    let (mut checks, mut rules) = (Checks::default(), Vec::new());
    patch.check(&mut checks, &mut rules, new);
    refuse_any(checks, rules)
}

fn apply(row: &mut article::Model, patch: &ArticlePatch, author: Author<'_>) {
    if let Some(title) = &patch.names.title {
        title.trim().clone_into(&mut row.title);
        row.title_key = fold(&row.title);
    }
    if let Some(given) = &patch.body_html {
        row.body_html = html::sanitize(given);
        row.body = html::plain_text(&row.body_html);
    }
    if let Some(given) = &patch.summary_html {
        row.summary_html = html::sanitize(given);
        row.summary = html::plain_text(&row.summary_html);
    }
    if let Some(name) = &patch.author_name {
        row.author_name = name.as_deref().and_then(non_blank);
    }
    if let Some(tags) = &patch.tags {
        row.tags = TextList(tags.iter().map(|tag| tag.trim().to_owned()).collect());
    }
    if let Some(image) = &patch.image {
        row.image_url = image.as_ref().map(|image| image.url.clone());
        row.image_alt = image.as_ref().and_then(patch::alt);
        row.image_width = image.as_ref().and_then(|image| image.width);
        row.image_height = image.as_ref().and_then(|image| image.height);
    }
    row.published_at = patch.publication.applied(row.published_at, author.sources.now());
    row.listed_at = row.published_at.unwrap_or(row.created_at);
    patch.names.seo(&mut row.seo_title, &mut row.seo_description);
    let tags = row.tags.0.iter().map(String::as_str);
    let texts = [row.title.as_str(), row.author_name.as_deref().unwrap_or(""), &row.summary, &row.body];
    row.search_words = search_words(texts.into_iter().chain(tags));
}

/// The blog that gets an article. It is locked, so that nobody removes it meanwhile.
async fn lock_blog(tx: &DatabaseTransaction, id: BlogId) -> Result<blog::Model, Failure<Refusal>> {
    let found = blog::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    found.ok_or_else(|| Failure::refuse(Refusal::form("blogId", Reason::Unknown("blog"))))
}

async fn lock(tx: &DatabaseTransaction, target: Target<ArticleId>) -> Result<article::Model, Failure<Refusal>> {
    let found = article::Entity::find_by_id(target.id).lock_exclusive().one(tx).await?;
    Ok(target.met("article", found, |row| row.version)?)
}

async fn tell(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    row: &article::Model,
    kind: &'static str,
) -> Result<(), Failure<Refusal>> {
    let subject = Subject { kind: "article", id: row.id.0 };
    let details = json!({ "handle": row.handle, "blog_id": row.blog_id, "version": row.version });
    Ok(record(tx, author, subject, kind, details).await?)
}
