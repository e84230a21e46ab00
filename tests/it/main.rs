//! The integration tests: one binary, one running shop a test.

mod architecture;
mod audit;
mod backup;
mod cart;
mod catalog;
mod catalog_write;
mod checkout;
mod errors;
mod examples;
mod home_page;
mod import;
mod inventory;
mod live;
mod make;
mod migrations;
mod people;
mod schema;
mod shop;
mod story;
mod support;
mod transport;
