//! Staff add, change and remove blogs.

use entity::{
    content::{article, blog},
    ids::BlogId,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect,
};
use serde_json::json;

use super::{
    errors::{Refusal, Rule, refuse_any},
    events::{Subject, record},
    handles::{self, Scope},
    model::{article_path, blog_path},
    patch::{Names, Target},
    save_redirect::{self, Moved},
};
use crate::domain::{
    catalog::{checks::Checks, handle},
    shared::{Author, Error, Failure},
};

/// Adds a blog.
///
/// # Errors
/// Everything that is wrong with it, together; a handle that is taken.
pub async fn create_blog(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    names: Names,
) -> Result<BlogId, Failure<Refusal>> {
    check(&names, true)?;
    let now = author.sources.now();
    let mut row = blog::Model {
        id: author.sources.id(),
        handle: String::new(),
        title: String::new(),
        seo_title: None,
        seo_description: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    apply(&mut row, &names);
    row.handle = handles::of_new(tx, Scope::Blogs, names.handle.as_deref(), &row.title).await?;
    let insert = blog::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx).await.map_err(handles::unless_taken)?;
    tell(tx, author, &row, "blog.created").await?;
    Ok(row.id)
}

/// Changes a blog. A redirect that a changed handle leaves covers the blog's articles too.
///
/// # Errors
/// Everything that is wrong with the changes, together; `NotFound`, `VersionConflict`.
pub async fn update_blog(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target<BlogId>,
    names: Names,
) -> Result<BlogId, Failure<Refusal>> {
    check(&names, false)?;
    let before = lock(tx, target).await?;
    let mut after = before.clone();
    apply(&mut after, &names);
    if let Some(wanted) = names.handle.as_deref().map(handle::of_title)
        && wanted != before.handle
    {
        handles::ensure_free(tx, Scope::Blogs, &wanted).await?;
        after.handle = wanted;
    }
    if after == before {
        return Ok(target.id);
    }
    after.version += 1;
    after.updated_at = author.sources.now();
    let update = blog::Entity::update_many().set(after.clone().into_active_model().reset_all());
    let update = update.filter(blog::Column::Id.eq(after.id)).filter(blog::Column::Version.eq(before.version));
    if update.exec(tx).await.map_err(handles::unless_taken)?.rows_affected != 1 {
        return Err(Error::VersionConflict { current: before.version }.into());
    }
    if names.redirect_new_handle && after.handle != before.handle {
        save_redirect::leave(tx, author, moved(tx, &before, &after).await?).await?;
    }
    tell(tx, author, &after, "blog.updated").await?;
    Ok(target.id)
}

/// Removes a blog that has no articles.
///
/// # Errors
/// A refusal when it has articles; `NotFound`, `VersionConflict`.
pub async fn delete_blog(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target<BlogId>,
) -> Result<BlogId, Failure<Refusal>> {
    let mut row = lock(tx, target).await?;
    let articles = article::Entity::find().filter(article::Column::BlogId.eq(target.id)).count(tx).await?;
    if articles > 0 {
        return Err(Failure::refuse(Refusal::rule("id", Rule::BlogNotEmpty(articles))));
    }
    blog::Entity::delete_by_id(target.id).exec(tx).await?;
    row.version += 1;
    tell(tx, author, &row, "blog.deleted").await?;
    Ok(target.id)
}

/// The addresses of a blog and of its articles, before and after.
async fn moved(
    tx: &DatabaseTransaction,
    before: &blog::Model,
    after: &blog::Model,
) -> Result<Vec<Moved>, Failure<Refusal>> {
    let articles: Vec<String> = article::Entity::find()
        .select_only()
        .column(article::Column::Handle)
        .filter(article::Column::BlogId.eq(before.id))
        .into_tuple()
        .all(tx)
        .await?;
    let own = Moved { from: blog_path(&before.handle), to: blog_path(&after.handle) };
    let of_article = |handle: String| Moved {
        from: article_path(&before.handle, &handle),
        to: article_path(&after.handle, &handle),
    };
    Ok(std::iter::once(own).chain(articles.into_iter().map(of_article)).collect())
}

fn check(names: &Names, new: bool) -> Result<(), Failure<Refusal>> {
    let mut checks = Checks::default();
    names.check(&mut checks, new);
    refuse_any(checks, Vec::new())
}

fn apply(row: &mut blog::Model, names: &Names) {
    if let Some(title) = &names.title {
        title.trim().clone_into(&mut row.title);
    }
    names.seo(&mut row.seo_title, &mut row.seo_description);
}

/// Locks the blog and checks the version that the caller has seen.
async fn lock(tx: &DatabaseTransaction, target: Target<BlogId>) -> Result<blog::Model, Failure<Refusal>> {
    let found = blog::Entity::find_by_id(target.id).lock_exclusive().one(tx).await?;
    Ok(target.met("blog", found, |row| row.version)?)
}

async fn tell(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    row: &blog::Model,
    kind: &'static str,
) -> Result<(), Failure<Refusal>> {
    let subject = Subject { kind: "blog", id: row.id.0 };
    Ok(record(tx, author, subject, kind, json!({ "handle": row.handle, "version": row.version })).await?)
}
