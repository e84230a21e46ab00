//! What a buyer was told of the options that count, for an order to keep.

use std::collections::HashMap;

use entity::{
    ids::{DeliveryRateId, PickupLocationId},
    order::order::{Deliveries, Delivery},
};
use pricing::{DeliveryGroup, DeliveryOption, DeliveryRateKey, LocationKey, OptionKind};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{DeliveryRate, PickupLocation, store};
use crate::domain::shared::Error;

/// The options that count for some groups, with what is known of them now. At most two statements.
///
/// # Errors
/// The database's.
pub async fn told(db: &impl ConnectionTrait, groups: &[DeliveryGroup]) -> Result<Deliveries, Error> {
    let chosen: Vec<&DeliveryOption> = groups
        .iter()
        .filter_map(|group| group.options.iter().find(|option| Some(&option.handle) == group.chosen.as_ref()))
        .collect();
    let (mut rates, mut pickups) = (Vec::new(), Vec::new());
    for option in &chosen {
        match option.kind {
            OptionKind::Shipping(DeliveryRateKey(key)) => rates.push(DeliveryRateId(Uuid::from_u128(key))),
            OptionKind::Pickup(LocationKey(key)) => pickups.push(PickupLocationId(Uuid::from_u128(key))),
        }
    }
    let rates = if rates.is_empty() { Vec::new() } else { store::rates_by_ids(db, &rates).await? };
    let rates: HashMap<u128, DeliveryRate> = rates.into_iter().map(|rate| (rate.id.0.as_u128(), rate)).collect();
    let pickups = if pickups.is_empty() { Vec::new() } else { store::pickups_by_ids(db, &pickups).await? };
    let pickups: HashMap<u128, PickupLocation> =
        pickups.into_iter().map(|pickup| (pickup.id.0.as_u128(), pickup)).collect();
    let told = |option: &DeliveryOption| {
        let (description, pickup) = match option.kind {
            OptionKind::Shipping(DeliveryRateKey(key)) => {
                (rates.get(&key).and_then(|rate| rate.description.clone()), None)
            }
            OptionKind::Pickup(LocationKey(key)) => {
                let found = pickups.get(&key);
                let instructions = found.and_then(|pickup| pickup.instructions.clone());
                (instructions, found.map(|pickup| pickup.address.clone()))
            }
        };
        Delivery { handle: option.handle.to_string(), title: option.title.to_string(), description, pickup }
    };
    Ok(Deliveries(chosen.into_iter().map(told).collect()))
}
