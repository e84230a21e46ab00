//! Staff add, rename and remove classes of goods.

use entity::{ids::TaxClassId, tax::tax_class};
use sea_orm::DatabaseTransaction;
use serde_json::{Value, json};

use super::{
    checks,
    errors::{Reason, Refusal, refuse_any},
    events::{Change, Subject, record},
    store,
};
use crate::domain::{
    shared::{Author, Error, Failure, fold},
    shop,
};

/// Most classes of a shop.
const CLASSES_MOST: usize = 100;

/// Adds a class.
///
/// # Errors
/// A name that is empty, too long or taken; too many classes.
pub async fn create_class(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    name: &str,
) -> Result<tax_class::Model, Failure<Refusal>> {
    check(name)?;
    shop::lock(tx).await?;
    if store::count_classes(tx).await? >= CLASSES_MOST as u64 {
        return Err(Failure::refuse(Refusal::new("name", Reason::TooMany(CLASSES_MOST))));
    }
    let (id, now) = (author.sources.id(), author.sources.now());
    let row =
        tax_class::Model { id, name: name.trim().to_owned(), name_key: fold(name), created_at: now, updated_at: now };
    save(tx, author, None, row).await
}

/// Renames a class.
///
/// # Errors
/// As [`create_class`]; `NotFound`.
pub async fn update_class(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: TaxClassId,
    name: Option<&str>,
) -> Result<tax_class::Model, Failure<Refusal>> {
    check(name.unwrap_or("unchanged"))?;
    shop::lock(tx).await?;
    let before = find(tx, id).await?;
    let Some(name) = name.map(str::trim).filter(|name| *name != before.name) else { return Ok(before) };
    let after = tax_class::Model {
        name: name.to_owned(),
        name_key: fold(name),
        updated_at: author.sources.now(),
        ..before.clone()
    };
    save(tx, author, Some(before), after).await
}

/// Removes a class that no variant is of, with its rates.
///
/// # Errors
/// Variants of the class; delivery that is taxed as the class; `NotFound`.
pub async fn delete_class(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: TaxClassId,
) -> Result<TaxClassId, Failure<Refusal>> {
    shop::lock(tx).await?;
    let row = find(tx, id).await?;
    let variants = store::count_variants(tx, id).await?;
    if variants > 0 {
        return Err(Failure::refuse(Refusal::new("id", Reason::VariantsInClass(variants))));
    }
    if let Some(zone) = store::zone_delivering_as(tx, id).await? {
        return Err(Failure::refuse(Refusal::new("id", Reason::DeliveryOfClass(zone.name))));
    }
    store::delete_class(tx, id).await?;
    let change = Change { before: told(&row), after: Value::Null };
    record(tx, author, subject(id), "tax_class.deleted", change).await?;
    Ok(id)
}

fn check(name: &str) -> Result<(), Failure<Refusal>> {
    let mut refusals = Vec::new();
    checks::name(&mut refusals, "name", name);
    refuse_any(refusals)
}

async fn find(tx: &DatabaseTransaction, id: TaxClassId) -> Result<tax_class::Model, Failure<Refusal>> {
    Ok(store::lock_class(tx, id).await?.ok_or(Error::NotFound("tax class"))?)
}

async fn save(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    before: Option<tax_class::Model>,
    after: tax_class::Model,
) -> Result<tax_class::Model, Failure<Refusal>> {
    if store::class_named(tx, &after.name_key, after.id).await? {
        return Err(Failure::refuse(Refusal::new("name", Reason::NameTaken)));
    }
    store::save_class(tx, &after, before.is_none()).await?;
    let kind = if before.is_none() { "tax_class.created" } else { "tax_class.updated" };
    let change = Change { before: before.as_ref().map_or(Value::Null, told), after: told(&after) };
    record(tx, author, subject(after.id), kind, change).await?;
    Ok(after)
}

fn subject(id: TaxClassId) -> Subject {
    Subject { kind: "tax_class", id: id.0 }
}

fn told(row: &tax_class::Model) -> Value {
    json!({ "name": row.name })
}
