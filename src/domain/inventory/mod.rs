//! Stock: how much is where, what is held for orders, and every change on record.

mod availability;
mod reserve;

pub use availability::available;
pub use reserve::{Hold, Shortage, consume, release, reserve, restock};
