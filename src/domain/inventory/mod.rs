//! Stock of each variant at each location: what is there, what of it is held for orders, and a movement for each change.

mod adjust;
mod errors;
mod levels;
mod location;

pub use adjust::{Adjustment, Count, adjust, set};
pub use entity::inventory::{location::Model as Location, stock_level::Model as Level, stock_movement::MovementReason};
pub use errors::{Code, Reason, Refusal};
pub use levels::{NewLevel, UNITS_MOST, held, levels_of, open};
pub use location::{
    LocationPatch, add_location, create_first_location, default_location, edit_location, locations, locations_by_ids,
};
