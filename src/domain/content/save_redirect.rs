//! Staff add, change and remove redirects; a changed handle leaves one.
//!
//! Whoever writes redirects holds the lock of the shop's row, so that two that are written at once cannot lead in a circle.

use entity::{content::url_redirect, ids::UrlRedirectId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, Statement,
};
use serde_json::json;

use super::{
    errors::{Refusal, Rule, refuse_any},
    events::{Subject, record},
    patch::check_target,
    path,
};
use crate::{
    domain::{
        catalog::{
            checks::{Checks, URL_MOST},
            store::padded,
        },
        shared::{Author, Error, Failure},
        shop,
    },
    platform::outbox::{self, Fact},
};

/// Most redirects on the way from a path to where it leads.
const HOPS_MOST: i64 = 100;
/// Rows written by one statement.
const ROWS: usize = 100;

/// An address that changed because a handle did.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    /// The old path.
    pub from: String,
    /// The new path.
    pub to: String,
}

/// Adds a redirect.
///
/// # Errors
/// What is wrong with it; a path that has one already; one that leads to itself, at once or by others.
pub async fn create_redirect(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    old: &str,
    target: &str,
) -> Result<UrlRedirectId, Failure<Refusal>> {
    check(Some(old), Some(target))?;
    shop::lock(tx).await?;
    let row = row(author, old.trim(), target.trim());
    ensure_sound(tx, &row).await?;
    let insert = url_redirect::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx).await?;
    tell(tx, author, &row, "url_redirect.created").await?;
    Ok(row.id)
}

/// Changes a redirect; what is `None` stays.
///
/// # Errors
/// As [`create_redirect`]; `NotFound`.
pub async fn update_redirect(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: UrlRedirectId,
    old: Option<&str>,
    target: Option<&str>,
) -> Result<UrlRedirectId, Failure<Refusal>> {
    check(old, target)?;
    shop::lock(tx).await?;
    let before = find(tx, id).await?;
    let changed = row(author, old.unwrap_or(&before.path).trim(), target.unwrap_or(&before.target).trim());
    let after = url_redirect::Model { id, created_at: before.created_at, ..changed };
    if after.path == before.path && after.target == before.target {
        return Ok(id);
    }
    ensure_sound(tx, &after).await?;
    let update = url_redirect::Entity::update_many().set(after.clone().into_active_model().reset_all());
    update.filter(url_redirect::Column::Id.eq(id)).exec(tx).await?;
    tell(tx, author, &after, "url_redirect.updated").await?;
    Ok(id)
}

/// Removes a redirect.
///
/// # Errors
/// `NotFound`.
pub async fn delete_redirect(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: UrlRedirectId,
) -> Result<UrlRedirectId, Failure<Refusal>> {
    shop::lock(tx).await?;
    let row = find(tx, id).await?;
    url_redirect::Entity::delete_by_id(id).exec(tx).await?;
    tell(tx, author, &row, "url_redirect.deleted").await?;
    Ok(id)
}

/// Leads old addresses to new ones. What led away from a new address goes: something stands there now. So no circle can
/// come of it.
pub(super) async fn leave(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    moved: Vec<Moved>,
) -> Result<(), Failure<Refusal>> {
    shop::lock(tx).await?;
    for moved in moved.chunks(ROWS) {
        let keys: Vec<String> = moved.iter().flat_map(|moved| [path::key(&moved.from), path::key(&moved.to)]).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let standing = url_redirect::Column::PathKey.is_in(padded(&keys));
        let gone = url_redirect::Entity::find().filter(standing.clone()).all(tx).await?;
        url_redirect::Entity::delete_many().filter(standing).exec(tx).await?;
        let new: Vec<url_redirect::Model> = moved.iter().map(|moved| row(author, &moved.from, &moved.to)).collect();
        let rows = new.iter().map(|row| row.clone().into_active_model().reset_all());
        url_redirect::Entity::insert_many(rows).exec_without_returning(tx).await?;
        let gone = gone.iter().map(|row| fact(author, row, "url_redirect.deleted"));
        let facts = gone.chain(new.iter().map(|row| fact(author, row, "url_redirect.created"))).collect();
        outbox::record_many(tx, author.sources, facts).await?;
    }
    Ok(())
}

fn check(old: Option<&str>, target: Option<&str>) -> Result<(), Failure<Refusal>> {
    let (mut checks, mut rules) = (Checks::default(), Vec::new());
    if let Some(old) = old {
        let before = checks.refusals.len();
        checks.required_code("path", old, URL_MOST);
        if checks.refusals.len() == before && !path::is_path(old.trim()) {
            rules.push(Refusal::rule("path", Rule::NotAPath));
        }
    }
    if let Some(target) = target {
        check_target(&mut checks, &mut rules, "target", target.trim());
    }
    refuse_any(checks, rules)
}

fn row(author: Author<'_>, old: &str, target: &str) -> url_redirect::Model {
    let now = author.sources.now();
    url_redirect::Model {
        id: author.sources.id(),
        path: old.to_owned(),
        target: target.to_owned(),
        path_key: path::key(old),
        target_key: path::is_path(target).then(|| path::key(target)),
        created_at: now,
        updated_at: now,
    }
}

async fn find(tx: &DatabaseTransaction, id: UrlRedirectId) -> Result<url_redirect::Model, Failure<Refusal>> {
    let found = url_redirect::Entity::find_by_id(id).one(tx).await?;
    Ok(found.ok_or(Error::NotFound("redirect"))?)
}

/// Refuses a path that has another redirect, and a redirect that would lead in a circle.
async fn ensure_sound(tx: &DatabaseTransaction, row: &url_redirect::Model) -> Result<(), Failure<Refusal>> {
    let taken = url_redirect::Entity::find().filter(url_redirect::Column::PathKey.eq(&row.path_key));
    if taken.filter(url_redirect::Column::Id.ne(row.id)).one(tx).await?.is_some() {
        return Err(Failure::refuse(Refusal::rule("path", Rule::PathTaken)));
    }
    let Some(target) = &row.target_key else { return Ok(()) };
    if *target == row.path_key {
        return Err(Failure::refuse(Refusal::rule("target", Rule::LeadsToItself)));
    }
    // Where the target leads, hop by hop, without the redirect that is written.
    let sql = "WITH RECURSIVE way (place, hops) AS ( \
               SELECT CAST($1 AS TEXT), 0 UNION ALL \
               SELECT url_redirect.target_key, way.hops + 1 FROM way \
               JOIN url_redirect ON url_redirect.path_key = way.place \
               WHERE url_redirect.target_key IS NOT NULL AND url_redirect.id <> $2 AND way.hops < $3) \
               SELECT place FROM way WHERE place = $4 OR hops >= $3 LIMIT 1";
    let values = [target.as_str().into(), row.id.into(), HOPS_MOST.into(), row.path_key.as_str().into()];
    let way = Statement::from_sql_and_values(sea_orm::ConnectionTrait::get_database_backend(tx), sql, values);
    match sea_orm::ConnectionTrait::query_one_raw(tx, way).await? {
        Some(_) => Err(Failure::refuse(Refusal::rule("target", Rule::Loop))),
        None => Ok(()),
    }
}

fn fact(author: Author<'_>, row: &url_redirect::Model, kind: &'static str) -> Fact {
    let data = json!({
        "url_redirect_id": row.id, "path": row.path, "target": row.target, "account_id": author.account_id,
    });
    Fact { kind, subject_type: "url_redirect", subject_id: row.id.0, data }
}

async fn tell(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    row: &url_redirect::Model,
    kind: &'static str,
) -> Result<(), Failure<Refusal>> {
    let subject = Subject { kind: "url_redirect", id: row.id.0 };
    Ok(record(tx, author, subject, kind, json!({ "path": row.path, "target": row.target })).await?)
}
