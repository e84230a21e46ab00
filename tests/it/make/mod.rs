//! Builders: rows for a test, of which it names only what matters to it.

pub mod catalog;
pub mod checkout;
pub mod people;
