//! Staff add, change and remove pages.

use entity::{content::page, ids::PageId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use serde_json::json;

use super::{
    errors::{Refusal, refuse_any},
    events::{Subject, record},
    handles::{self, Scope},
    model::page_path,
    patch::{PagePatch, Target, search_words},
    save_redirect::{self, Moved},
};
use crate::domain::{
    catalog::{checks::Checks, handle, html},
    shared::{Author, Error, Failure, fold},
};

/// Adds a page.
///
/// # Errors
/// Everything that is wrong with it, together; a handle that is taken.
pub async fn create_page(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    patch: PagePatch,
) -> Result<PageId, Failure<Refusal>> {
    check(&patch, true)?;
    let now = author.sources.now();
    let mut row = page::Model {
        id: author.sources.id(),
        handle: String::new(),
        title: String::new(),
        body_html: String::new(),
        body: String::new(),
        seo_title: None,
        seo_description: None,
        title_key: String::new(),
        search_words: String::new(),
        published_at: Some(now),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    apply(&mut row, &patch, author);
    row.handle = handles::of_new(tx, Scope::Pages, patch.names.handle.as_deref(), &row.title).await?;
    let insert = page::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx).await.map_err(handles::unless_taken)?;
    tell(tx, author, &row, "page.created").await?;
    Ok(row.id)
}

/// Changes a page.
///
/// # Errors
/// Everything that is wrong with the changes, together; `NotFound`, `VersionConflict`.
pub async fn update_page(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target<PageId>,
    patch: PagePatch,
) -> Result<PageId, Failure<Refusal>> {
    check(&patch, false)?;
    let before = lock(tx, target).await?;
    let mut after = before.clone();
    apply(&mut after, &patch, author);
    if let Some(wanted) = patch.names.handle.as_deref().map(handle::of_title)
        && wanted != before.handle
    {
        handles::ensure_free(tx, Scope::Pages, &wanted).await?;
        after.handle = wanted;
    }
    if after == before {
        return Ok(target.id);
    }
    after.version += 1;
    after.updated_at = author.sources.now();
    let update = page::Entity::update_many().set(after.clone().into_active_model().reset_all());
    let update = update.filter(page::Column::Id.eq(after.id)).filter(page::Column::Version.eq(before.version));
    if update.exec(tx).await.map_err(handles::unless_taken)?.rows_affected != 1 {
        return Err(Error::VersionConflict { current: before.version }.into());
    }
    if patch.names.redirect_new_handle && after.handle != before.handle {
        let moved = Moved { from: page_path(&before.handle), to: page_path(&after.handle) };
        save_redirect::leave(tx, author, vec![moved]).await?;
    }
    tell(tx, author, &after, "page.updated").await?;
    Ok(target.id)
}

/// Removes a page. Links of menus that lead to it are no longer shown.
///
/// # Errors
/// `NotFound`, `VersionConflict`.
pub async fn delete_page(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target<PageId>,
) -> Result<PageId, Failure<Refusal>> {
    let mut row = lock(tx, target).await?;
    page::Entity::delete_by_id(target.id).exec(tx).await?;
    row.version += 1;
    tell(tx, author, &row, "page.deleted").await?;
    Ok(target.id)
}

fn check(patch: &PagePatch, new: bool) -> Result<(), Failure<Refusal>> {
    let mut checks = Checks::default();
    patch.check(&mut checks, new);
    refuse_any(checks, Vec::new())
}

fn apply(row: &mut page::Model, patch: &PagePatch, author: Author<'_>) {
    if let Some(title) = &patch.names.title {
        title.trim().clone_into(&mut row.title);
        row.title_key = fold(&row.title);
    }
    if let Some(given) = &patch.body_html {
        row.body_html = html::sanitize(given);
        row.body = html::plain_text(&row.body_html);
    }
    row.published_at = patch.publication.applied(row.published_at, author.sources.now());
    patch.names.seo(&mut row.seo_title, &mut row.seo_description);
    row.search_words = search_words([row.title.as_str(), &row.body]);
}

async fn lock(tx: &DatabaseTransaction, target: Target<PageId>) -> Result<page::Model, Failure<Refusal>> {
    let found = page::Entity::find_by_id(target.id).lock_exclusive().one(tx).await?;
    Ok(target.met("page", found, |row| row.version)?)
}

async fn tell(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    row: &page::Model,
    kind: &'static str,
) -> Result<(), Failure<Refusal>> {
    let subject = Subject { kind: "page", id: row.id.0 };
    Ok(record(tx, author, subject, kind, json!({ "handle": row.handle, "version": row.version })).await?)
}
