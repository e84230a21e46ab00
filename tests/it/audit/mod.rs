//! The audit: a shop in order is clean, and whatever is broken is named.

pub mod busy_shop;
mod command;
mod corruptions;
