//! Delivery: zones with their rates, places to collect goods at, and what the pricing engine makes of them.
//!
//! A shop without a zone and without a pick-up has no rules: delivery costs nothing, and there is nothing to choose. Staff
//! change the rules through one use case a file; who does holds the lock of the shop's row, so that no two name one handle
//! or country. Carts are quoted by [`rules`]; what buyers are told beside title and cost comes by [`rates_by_ids`] and
//! [`pickups_by_ids`].

mod areas;
mod costs;
mod errors;
mod events;
mod handles;
mod rules;
mod save_pickup;
mod save_rate;
mod save_zone;
mod store;
mod told;
mod update_settings;

pub use costs::{BandDraft, CostDraft};
pub use entity::delivery::{
    delivery_rate::{Band, Cost, Model as DeliveryRate},
    delivery_settings::Unchosen,
    delivery_zone::Model as DeliveryZone,
    pickup_location::Model as PickupLocation,
};
pub use errors::{Code, Reason, Refusal};
pub use rules::rules;
pub use save_pickup::{PickupDraft, remove_pickup, set_pickup};
pub use save_rate::{RateDraft, RatePatch, create_rate, delete_rate, update_rate};
pub use save_zone::{ZonePatch, create_zone, delete_zone, update_zone};
pub use store::{pickups, pickups_by_ids, rates_by_ids, rates_of, settings as unchosen, zone, zones, zones_by_ids};
pub use told::told;
pub use update_settings::update_settings;
