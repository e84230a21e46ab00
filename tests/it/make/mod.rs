//! Builders that show only what matters to the case.

pub mod people;
