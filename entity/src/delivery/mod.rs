//! Tables of delivery.

pub mod delivery_rate;
pub mod delivery_settings;
pub mod delivery_zone;
pub mod pickup_location;
