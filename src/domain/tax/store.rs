//! The queries of taxes. Whoever changes classes, zones or settings holds the lock of the shop's row, so that what one
//! change looks at stays while it decides.

use std::collections::HashSet;

use entity::{
    catalog::variant,
    ids::{TaxClassId, TaxZoneId},
    tax::{tax_class, tax_rate, tax_settings, tax_zone},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::{domain::shared::Error, platform::batch::padded};

const SETTINGS: i32 = 1;

/// Every class, by name.
///
/// # Errors
/// The database's.
pub async fn classes(db: &impl ConnectionTrait) -> Result<Vec<tax_class::Model>, Error> {
    let mut rows = tax_class::Entity::find().all(db).await?;
    // Sorted here, because the two databases compare texts differently.
    rows.sort_by(|one, other| (&one.name_key, one.id).cmp(&(&other.name_key, other.id)));
    Ok(rows)
}

/// One class.
///
/// # Errors
/// The database's.
pub async fn class(db: &impl ConnectionTrait, id: TaxClassId) -> Result<Option<tax_class::Model>, Error> {
    Ok(tax_class::Entity::find_by_id(id).one(db).await?)
}

/// Some classes, in one statement.
///
/// # Errors
/// The database's.
pub async fn classes_by_ids(db: &impl ConnectionTrait, ids: &[TaxClassId]) -> Result<Vec<tax_class::Model>, Error> {
    let some = tax_class::Entity::find().filter(tax_class::Column::Id.is_in(padded(ids.iter().copied())));
    Ok(some.all(db).await?)
}

/// Those of some classes that exist. They cannot be removed before the transaction ends.
///
/// # Errors
/// The database's.
pub async fn existing_classes(tx: &DatabaseTransaction, ids: &[TaxClassId]) -> Result<HashSet<TaxClassId>, Error> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let some = tax_class::Entity::find().filter(tax_class::Column::Id.is_in(padded(ids.iter().copied())));
    Ok(some.order_by_asc(tax_class::Column::Id).lock_shared().all(tx).await?.into_iter().map(|row| row.id).collect())
}

/// Every zone, by name.
///
/// # Errors
/// The database's.
pub async fn zones(db: &impl ConnectionTrait) -> Result<Vec<tax_zone::Model>, Error> {
    let mut rows = tax_zone::Entity::find().all(db).await?;
    rows.sort_by(|one, other| (&one.name_key, one.id).cmp(&(&other.name_key, other.id)));
    Ok(rows)
}

/// One zone.
///
/// # Errors
/// The database's.
pub async fn zone(db: &impl ConnectionTrait, id: TaxZoneId) -> Result<Option<tax_zone::Model>, Error> {
    Ok(tax_zone::Entity::find_by_id(id).one(db).await?)
}

/// The rates of some zones in their order, in one statement.
///
/// # Errors
/// The database's.
pub async fn rates_of(db: &impl ConnectionTrait, zones: &[TaxZoneId]) -> Result<Vec<tax_rate::Model>, Error> {
    let rates = tax_rate::Entity::find().filter(tax_rate::Column::TaxZoneId.is_in(padded(zones.iter().copied())));
    Ok(rates.order_by_asc(tax_rate::Column::TaxZoneId).order_by_asc(tax_rate::Column::Position).all(db).await?)
}

/// Every rate, in the order of its zone.
pub(super) async fn all_rates(db: &impl ConnectionTrait) -> Result<Vec<tax_rate::Model>, Error> {
    Ok(tax_rate::Entity::find().order_by_asc(tax_rate::Column::Position).all(db).await?)
}

/// The settings.
///
/// # Errors
/// The database's; a fault when the row is missing.
pub async fn settings(db: &impl ConnectionTrait) -> Result<tax_settings::Model, Error> {
    let found = tax_settings::Entity::find_by_id(SETTINGS).one(db).await?;
    found.ok_or_else(|| Error::fault("the row of the tax settings is missing"))
}

/// Saves the settings.
pub(super) async fn save_settings(tx: &DatabaseTransaction, row: tax_settings::Model) -> Result<(), Error> {
    let update = tax_settings::Entity::update_many().set(row.into_active_model().reset_all());
    update.filter(tax_settings::Column::Id.eq(SETTINGS)).exec(tx).await?;
    Ok(())
}

/// How many classes there are.
pub(super) async fn count_classes(tx: &DatabaseTransaction) -> Result<u64, Error> {
    Ok(tax_class::Entity::find().count(tx).await?)
}

/// How many zones there are.
pub(super) async fn count_zones(tx: &DatabaseTransaction) -> Result<u64, Error> {
    Ok(tax_zone::Entity::find().count(tx).await?)
}

/// Whether another class has a name.
pub(super) async fn class_named(tx: &DatabaseTransaction, key: &str, but: TaxClassId) -> Result<bool, Error> {
    let named = tax_class::Entity::find().filter(tax_class::Column::NameKey.eq(key));
    Ok(named.filter(tax_class::Column::Id.ne(but)).one(tx).await?.is_some())
}

/// Whether another zone has a name.
pub(super) async fn zone_named(tx: &DatabaseTransaction, key: &str, but: TaxZoneId) -> Result<bool, Error> {
    let named = tax_zone::Entity::find().filter(tax_zone::Column::NameKey.eq(key));
    Ok(named.filter(tax_zone::Column::Id.ne(but)).one(tx).await?.is_some())
}

/// A class, locked against variants that are about to be of it.
pub(super) async fn lock_class(tx: &DatabaseTransaction, id: TaxClassId) -> Result<Option<tax_class::Model>, Error> {
    Ok(tax_class::Entity::find_by_id(id).lock_exclusive().one(tx).await?)
}

/// How many variants are of a class.
pub(super) async fn count_variants(tx: &DatabaseTransaction, id: TaxClassId) -> Result<u64, Error> {
    Ok(variant::Entity::find().filter(variant::Column::TaxClassId.eq(id)).count(tx).await?)
}

/// A zone in which delivery is taxed as a class.
pub(super) async fn zone_delivering_as(
    tx: &DatabaseTransaction,
    id: TaxClassId,
) -> Result<Option<tax_zone::Model>, Error> {
    let zones = tax_zone::Entity::find().filter(tax_zone::Column::ShippingClassId.eq(id));
    Ok(zones.order_by_asc(tax_zone::Column::Id).one(tx).await?)
}

/// Adds or overwrites a class.
pub(super) async fn save_class(tx: &DatabaseTransaction, row: &tax_class::Model, new: bool) -> Result<(), Error> {
    let row = row.clone().into_active_model().reset_all();
    if new {
        tax_class::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        row.update(tx).await?;
    }
    Ok(())
}

/// Removes a class, with the rates for it.
pub(super) async fn delete_class(tx: &DatabaseTransaction, id: TaxClassId) -> Result<(), Error> {
    tax_class::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Adds or overwrites a zone.
pub(super) async fn save_zone(tx: &DatabaseTransaction, row: &tax_zone::Model, new: bool) -> Result<(), Error> {
    let row = row.clone().into_active_model().reset_all();
    if new {
        tax_zone::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        row.update(tx).await?;
    }
    Ok(())
}

/// Replaces the rates of a zone.
pub(super) async fn save_rates(
    tx: &DatabaseTransaction,
    zone: TaxZoneId,
    rates: Vec<tax_rate::Model>,
) -> Result<(), Error> {
    tax_rate::Entity::delete_many().filter(tax_rate::Column::TaxZoneId.eq(zone)).exec(tx).await?;
    if !rates.is_empty() {
        let rows = rates.into_iter().map(|row| row.into_active_model().reset_all());
        tax_rate::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Removes a zone with its rates.
pub(super) async fn delete_zone(tx: &DatabaseTransaction, id: TaxZoneId) -> Result<(), Error> {
    tax_zone::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
