//! The integration tests: one binary, one running shop a test.

mod make;
mod people;
mod shop;
mod support;
