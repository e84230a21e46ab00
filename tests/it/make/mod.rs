//! Builders that show only what matters to the case.

pub mod catalog;
pub mod people;
