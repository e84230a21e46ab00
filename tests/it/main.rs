//! The integration tests: one binary, one running shop a test.

mod cart;
mod catalog;
mod catalog_write;
mod checkout;
mod import;
mod inventory;
mod live;
mod make;
mod people;
mod shop;
mod story;
mod support;
