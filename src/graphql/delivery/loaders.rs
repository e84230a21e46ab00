//! The loader of delivery: one statement for all the zones, rates … that a level of the query asks about.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use entity::{
    delivery::{delivery_rate, delivery_zone, pickup_location},
    ids::{DeliveryRateId, DeliveryZoneId, LocationId, PickupLocationId},
};
use pricing::{DeliveryRateKey, LocationKey, OptionKind};
use uuid::Uuid;

use crate::{
    domain::{delivery, inventory, shared::Error},
    graphql::loaders::LoadError,
    platform::Database,
};

/// Loads zones, rates and pick-up locations. It keeps nothing: a mutation that runs between two fields is seen by the second.
#[derive(Debug)]
pub struct DeliveryLoader(pub Database);

/// The request's loader.
pub(super) fn loader<'a>(ctx: &Context<'a>) -> &'a DataLoader<DeliveryLoader> {
    ctx.data_unchecked::<DataLoader<DeliveryLoader>>()
}

/// What buyers should know of an option: a rate's description, or how to collect.
///
/// # Errors
/// The database's.
pub async fn description_of(ctx: &Context<'_>, kind: OptionKind) -> Result<Option<String>, Error> {
    Ok(match kind {
        OptionKind::Shipping(DeliveryRateKey(key)) => {
            let rate = loader(ctx).load_one(DeliveryRateId(Uuid::from_u128(key))).await?;
            rate.and_then(|rate| rate.description.clone())
        }
        OptionKind::Pickup(LocationKey(key)) => {
            let pickup = loader(ctx).load_one(PickupLocationId(Uuid::from_u128(key))).await?;
            pickup.and_then(|pickup| pickup.instructions.clone())
        }
    })
}

/// All rates of a zone, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RatesOf(pub DeliveryZoneId);

type Loaded<K, T> = Result<HashMap<K, T>, LoadError>;

impl Loader<DeliveryZoneId> for DeliveryLoader {
    type Value = Arc<delivery_zone::Model>;
    type Error = LoadError;

    async fn load(&self, ids: &[DeliveryZoneId]) -> Loaded<DeliveryZoneId, Self::Value> {
        let rows = delivery::zones_by_ids(self.0.reader(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

impl Loader<DeliveryRateId> for DeliveryLoader {
    type Value = Arc<delivery_rate::Model>;
    type Error = LoadError;

    async fn load(&self, ids: &[DeliveryRateId]) -> Loaded<DeliveryRateId, Self::Value> {
        let rows = delivery::rates_by_ids(self.0.reader(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

impl Loader<PickupLocationId> for DeliveryLoader {
    type Value = Arc<pickup_location::Model>;
    type Error = LoadError;

    async fn load(&self, ids: &[PickupLocationId]) -> Loaded<PickupLocationId, Self::Value> {
        let rows = delivery::pickups_by_ids(self.0.reader(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

impl Loader<LocationId> for DeliveryLoader {
    type Value = inventory::Location;
    type Error = LoadError;

    async fn load(&self, ids: &[LocationId]) -> Loaded<LocationId, Self::Value> {
        let rows = inventory::locations_by_ids(self.0.reader(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

impl Loader<RatesOf> for DeliveryLoader {
    type Value = Vec<Arc<delivery_rate::Model>>;
    type Error = LoadError;

    async fn load(&self, keys: &[RatesOf]) -> Loaded<RatesOf, Self::Value> {
        let zones: Vec<DeliveryZoneId> = keys.iter().map(|key| key.0).collect();
        let mut lists: HashMap<RatesOf, Self::Value> = HashMap::new();
        for row in delivery::rates_of(self.0.reader(), &zones).await? {
            lists.entry(RatesOf(row.zone_id)).or_default().push(Arc::new(row));
        }
        Ok(lists)
    }
}
