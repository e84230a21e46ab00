//! Products, variants, prices, pictures, collections, and word search over them.

mod sellable;

pub use sellable::{Sellable, sellable};
