//! The shop itself: its name, and its currency and country, which stay once it has products.

mod store;

pub use entity::shop::shop::Model as Shop;
pub use store::{NewShop, create_if_absent, get, lock, replace, save};
