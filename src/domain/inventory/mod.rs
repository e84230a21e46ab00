//! Stock by location: what is there, what is held, what can be sold.

mod availability;

pub use availability::available;
