//! Builders: rows for a test, of which it names only what matters to it.

pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod gift_card;
pub mod people;
pub mod purchase;
