//! The integration tests: one binary, one running shop a test.

mod catalog;
mod errors;
mod home_page;
mod live;
mod make;
mod people;
mod schema;
mod shop;
mod story;
mod support;
mod transport;
