//! Staff add, change and remove collections.

use entity::{catalog::collection, ids::CollectionId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};
use serde_json::json;

use super::{
    checks::{Checks, HTML_MOST, TITLE_MOST},
    errors::{Reason, Refusal, refuse_any},
    handle, html,
    patch::{ImageDraft, check_handle, check_seo, non_blank},
    unique_handle::{self, Table},
};
use crate::{
    domain::shared::{Author, Error, Failure, fold},
    platform::outbox::{self, Fact},
};

/// Changes of a collection; what is `None` stays. A new one wants a title and is published unless told otherwise.
#[derive(Clone, Debug, Default)]
pub struct CollectionPatch {
    /// Title.
    pub title: Option<String>,
    /// Handle.
    pub handle: Option<String>,
    /// Description; it is sanitised.
    pub description_html: Option<String>,
    /// Picture; `Some(None)` takes it away.
    pub image: Option<Option<ImageDraft>>,
    /// Whether shoppers see it.
    pub published: Option<bool>,
    /// Title for search engines; `Some(None)` takes it away.
    pub seo_title: Option<Option<String>>,
    /// Description for search engines; `Some(None)` takes it away.
    pub seo_description: Option<Option<String>>,
}

/// Which collection is changed, and which of its versions the caller has seen.
#[derive(Clone, Copy, Debug)]
pub struct CollectionTarget {
    /// The collection.
    pub id: CollectionId,
    /// Its version as read; `None` overwrites what others changed meanwhile.
    pub expected_version: Option<i32>,
}

/// Adds a collection.
///
/// # Errors
/// Everything that is wrong with it, together; a handle that is taken.
pub async fn create_collection(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    patch: CollectionPatch,
) -> Result<CollectionId, Failure<Refusal>> {
    check(&patch, true)?;
    let now = author.sources.now();
    let mut row = collection::Model {
        id: author.sources.id(),
        handle: String::new(),
        title: String::new(),
        description_html: String::new(),
        description: String::new(),
        image_url: None,
        image_alt: None,
        image_width: None,
        image_height: None,
        seo_title: None,
        seo_description: None,
        title_key: String::new(),
        published_at: patch.published.unwrap_or(true).then_some(now),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    apply(&mut row, &patch, author);
    row.handle = match patch.handle.as_deref().map(handle::of_title) {
        Some(chosen) => chosen,
        None => {
            let base = handle::of_title(&row.title);
            let base = if base.is_empty() { "collection" } else { &base };
            unique_handle::first_free(tx, Table::Collection, base).await?
        }
    };
    let insert = collection::Entity::insert(row.clone().into_active_model().reset_all());
    let insert = insert.on_conflict(OnConflict::column(collection::Column::Handle).do_nothing().to_owned());
    if insert.exec_without_returning(tx).await? == 0 {
        return Err(Failure::refuse(Refusal::new("handle", Reason::HandleTaken)));
    }
    record(tx, author, &row, "collection.created").await?;
    Ok(row.id)
}

/// Changes a collection.
///
/// # Errors
/// Everything that is wrong with the changes, together; `NotFound`, `VersionConflict`.
pub async fn update_collection(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: CollectionTarget,
    patch: CollectionPatch,
) -> Result<CollectionId, Failure<Refusal>> {
    check(&patch, false)?;
    let before = lock(tx, target).await?;
    let mut after = before.clone();
    apply(&mut after, &patch, author);
    if let Some(wanted) = patch.handle.as_deref().map(handle::of_title)
        && wanted != before.handle
    {
        if unique_handle::is_taken(tx, Table::Collection, &wanted).await? {
            return Err(Failure::refuse(Refusal::new("handle", Reason::HandleTaken)));
        }
        after.handle = wanted;
    }
    if after == before {
        return Ok(target.id);
    }
    match save(tx, author, after).await {
        Err(error) if unique_handle::was_taken_meanwhile(&error) => {
            Err(Failure::refuse(Refusal::new("handle", Reason::HandleTaken)))
        }
        done => Ok(done.map(|()| target.id)?),
    }
}

/// Removes a collection; its products stay.
///
/// # Errors
/// `NotFound`, `VersionConflict`.
pub async fn delete_collection(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: CollectionTarget,
) -> Result<CollectionId, Failure<Refusal>> {
    let mut row = lock(tx, target).await?;
    collection::Entity::delete_by_id(target.id).exec(tx).await?;
    row.version += 1;
    record(tx, author, &row, "collection.deleted").await?;
    Ok(target.id)
}

fn check(patch: &CollectionPatch, new: bool) -> Result<(), Failure<Refusal>> {
    let mut checks = Checks::default();
    match &patch.title {
        Some(title) => checks.required("title", title, TITLE_MOST),
        None if new => checks.refuse("title", Reason::Blank),
        None => {}
    }
    if let Some(given) = &patch.handle {
        check_handle(&mut checks, given);
    }
    checks.text("descriptionHtml", patch.description_html.as_deref().unwrap_or(""), HTML_MOST);
    if let Some(Some(image)) = &patch.image {
        image.check(&mut checks, "image");
    }
    check_seo(&mut checks, patch.seo_title.as_ref(), patch.seo_description.as_ref());
    refuse_any(checks.refusals)
}

fn apply(row: &mut collection::Model, patch: &CollectionPatch, author: Author<'_>) {
    if let Some(title) = &patch.title {
        title.trim().clone_into(&mut row.title);
        row.title_key = fold(&row.title);
    }
    if let Some(given) = &patch.description_html {
        row.description_html = html::sanitize(given);
        row.description = html::plain_text(&row.description_html);
    }
    if let Some(image) = &patch.image {
        row.image_url = image.as_ref().map(|image| image.url.clone());
        row.image_alt = image.as_ref().and_then(|image| image.alt.as_deref().and_then(non_blank));
        row.image_width = image.as_ref().and_then(|image| image.width);
        row.image_height = image.as_ref().and_then(|image| image.height);
    }
    match patch.published {
        Some(true) => row.published_at = row.published_at.or_else(|| Some(author.sources.now())),
        Some(false) => row.published_at = None,
        None => {}
    }
    if let Some(title) = &patch.seo_title {
        row.seo_title = title.as_deref().and_then(non_blank);
    }
    if let Some(description) = &patch.seo_description {
        row.seo_description = description.as_deref().and_then(non_blank);
    }
}

/// Locks the collection and checks the version that the caller has seen.
pub(super) async fn lock(
    tx: &DatabaseTransaction,
    target: CollectionTarget,
) -> Result<collection::Model, Failure<Refusal>> {
    let found = collection::Entity::find_by_id(target.id).lock_exclusive().one(tx).await?;
    let row = found.ok_or(Error::NotFound("collection"))?;
    match target.expected_version {
        Some(expected) if expected != row.version => Err(Error::VersionConflict { current: row.version }.into()),
        Some(_) | None => Ok(row),
    }
}

/// Saves a locked collection under its next version.
pub(super) async fn save(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    mut row: collection::Model,
) -> Result<(), DbErr> {
    row.version += 1;
    row.updated_at = author.sources.now();
    let update = collection::Entity::update_many().set(row.clone().into_active_model().reset_all());
    let update = update.filter(collection::Column::Id.eq(row.id));
    match update.filter(collection::Column::Version.eq(row.version - 1)).exec(tx).await?.rows_affected {
        1 => record(tx, author, &row, "collection.updated").await,
        _ => Err(DbErr::RecordNotUpdated),
    }
}

async fn record(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    row: &collection::Model,
    kind: &'static str,
) -> Result<(), DbErr> {
    let data = json!({
        "collection_id": row.id, "handle": row.handle, "version": row.version, "account_id": author.account_id,
    });
    let fact = Fact { kind, subject_type: "collection", subject_id: row.id.0, data };
    outbox::record(tx, author.sources, fact).await
}
