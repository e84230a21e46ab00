//! The queries of delivery.

use entity::{
    delivery::{delivery_rate, delivery_settings, delivery_zone, pickup_location},
    ids::{DeliveryRateId, DeliveryZoneId, PickupLocationId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{DeliveryRate, DeliveryZone, PickupLocation, Unchosen};
use crate::{domain::shared::Error, platform::batch::padded};

/// The settings' one row.
pub(super) const SETTINGS_ID: i32 = 1;

/// All zones, oldest first.
///
/// # Errors
/// The database's.
pub async fn zones(db: &impl ConnectionTrait) -> Result<Vec<DeliveryZone>, Error> {
    Ok(delivery_zone::Entity::find().order_by_asc(delivery_zone::Column::Id).all(db).await?)
}

/// The zone with an id.
///
/// # Errors
/// The database's.
pub async fn zone(db: &impl ConnectionTrait, id: DeliveryZoneId) -> Result<Option<DeliveryZone>, Error> {
    Ok(delivery_zone::Entity::find_by_id(id).one(db).await?)
}

/// The zones with these ids.
///
/// # Errors
/// The database's.
pub async fn zones_by_ids(db: &impl ConnectionTrait, ids: &[DeliveryZoneId]) -> Result<Vec<DeliveryZone>, Error> {
    let filter = delivery_zone::Column::Id.is_in(padded(ids.iter().copied()));
    Ok(delivery_zone::Entity::find().filter(filter).all(db).await?)
}

/// The rates of zones, oldest first.
///
/// # Errors
/// The database's.
pub async fn rates_of(db: &impl ConnectionTrait, zones: &[DeliveryZoneId]) -> Result<Vec<DeliveryRate>, Error> {
    let filter = delivery_rate::Column::ZoneId.is_in(padded(zones.iter().copied()));
    Ok(delivery_rate::Entity::find().filter(filter).order_by_asc(delivery_rate::Column::Id).all(db).await?)
}

/// The rates with these ids.
///
/// # Errors
/// The database's.
pub async fn rates_by_ids(db: &impl ConnectionTrait, ids: &[DeliveryRateId]) -> Result<Vec<DeliveryRate>, Error> {
    let filter = delivery_rate::Column::Id.is_in(padded(ids.iter().copied()));
    Ok(delivery_rate::Entity::find().filter(filter).all(db).await?)
}

/// All zones with their rates, oldest first, in one statement.
pub(super) async fn zones_with_rates(
    db: &impl ConnectionTrait,
) -> Result<Vec<(DeliveryZone, Vec<DeliveryRate>)>, Error> {
    let rates = delivery_zone::Entity::belongs_to(delivery_rate::Entity)
        .from(delivery_zone::Column::Id)
        .to(delivery_rate::Column::ZoneId)
        .into();
    let rows = delivery_zone::Entity::find()
        .join(sea_orm::JoinType::LeftJoin, rates)
        .select_also(delivery_rate::Entity)
        .order_by_asc(delivery_zone::Column::Id)
        .order_by_asc(delivery_rate::Column::Id)
        .all(db)
        .await?;
    let mut zones: Vec<(DeliveryZone, Vec<DeliveryRate>)> = Vec::new();
    for (zone, rate) in rows {
        match zones.last_mut() {
            Some((last, rates)) if last.id == zone.id => rates.extend(rate),
            Some(_) | None => zones.push((zone, rate.into_iter().collect())),
        }
    }
    Ok(zones)
}

/// All pick-up locations, oldest first.
///
/// # Errors
/// The database's.
pub async fn pickups(db: &impl ConnectionTrait) -> Result<Vec<PickupLocation>, Error> {
    let query = pickup_location::Entity::find().order_by_asc(pickup_location::Column::CreatedAt);
    Ok(query.order_by_asc(pickup_location::Column::Id).all(db).await?)
}

/// The pick-up locations with these ids.
///
/// # Errors
/// The database's.
pub async fn pickups_by_ids(db: &impl ConnectionTrait, ids: &[PickupLocationId]) -> Result<Vec<PickupLocation>, Error> {
    let filter = pickup_location::Column::Id.is_in(padded(ids.iter().copied()));
    Ok(pickup_location::Entity::find().filter(filter).all(db).await?)
}

/// What counts while a buyer has chosen nothing.
///
/// # Errors
/// The database's.
pub async fn settings(db: &impl ConnectionTrait) -> Result<Unchosen, Error> {
    let row = delivery_settings::Entity::find_by_id(SETTINGS_ID).one(db).await?;
    Ok(row.map(|row| row.unchosen).unwrap_or_default())
}

/// Every handle of a rate or a pick-up.
pub(super) async fn handles(tx: &DatabaseTransaction) -> Result<Vec<String>, Error> {
    let rates = delivery_rate::Entity::find().select_only().column(delivery_rate::Column::Handle);
    let mut handles: Vec<String> = rates.into_tuple().all(tx).await?;
    let pickups = pickup_location::Entity::find().select_only().column(pickup_location::Column::Handle);
    let pickups: Vec<String> = pickups.into_tuple().all(tx).await?;
    handles.extend(pickups);
    Ok(handles)
}
