//! Delivery in the API: zones, rates and pick-up locations as staff see and change them. Reading needs READ_SETTINGS, changing
//! MANAGE_SETTINGS. What buyers are offered stands in a cart's delivery groups.

mod inputs;
pub mod loaders;
mod pickups;
mod queries;
mod rates;
mod settings;
mod types;
mod user_errors;
mod zones;

use async_graphql::MergedObject;

pub use loaders::DeliveryLoader;
pub use queries::DeliveryQuery;
pub use types::{DeliveryRate, DeliveryZone, PickupLocation};

/// Changes of how the shop delivers.
#[derive(Debug, Default, MergedObject)]
pub struct DeliveryMutation(
    zones::ZoneMutation,
    rates::RateMutation,
    pickups::PickupMutation,
    settings::SettingsMutation,
);
