//! Stock: how much is where, what is held for orders, and every change on record.

mod reserve;

pub use reserve::{Hold, Shortage, consume, release, reserve, restock};
