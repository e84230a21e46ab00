//! Stock: how much is where, what is held for orders, and every change on record.

mod adjust;
mod availability;
mod errors;
mod levels;
mod location;
mod put_back;
mod reserve;

pub use adjust::{Adjustment, Count, adjust, set};
pub use availability::available;
pub use entity::inventory::{location::Model as Location, stock_level::Model as Level, stock_movement::MovementReason};
pub use errors::{Code, Reason, Refusal};
pub use levels::{NewLevel, UNITS_MOST, held, levels_of, open};
pub use location::{
    LocationPatch, add_location, create_first_location, default_location, edit_location, locations, locations_by_ids,
};
pub use put_back::{PutBack, locations_of, put_back};
pub use reserve::{Hold, Shortage, consume, lock, release, reserve, restock};
