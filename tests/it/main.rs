//! The integration tests: one binary, one running shop a test.

mod cart;
mod catalog;
mod make;
mod people;
mod shop;
mod support;
