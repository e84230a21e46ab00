//! Carts: what goes in, what is refused, what is adjusted, who may open them, and how they merge at sign-in.

mod access;
mod addresses;
mod buyer;
mod customers;
mod details;
mod limits;
mod lines;
mod locked;
mod merge;
mod races;
mod statements;
mod stock;
