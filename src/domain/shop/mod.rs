//! The shop itself: its name, currency, country and time zone, set before the first order.

mod store;

pub use entity::shop::shop::Model as Shop;
pub use store::{NewShop, create_if_absent, get, lock, replace, save};
