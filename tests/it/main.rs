//! The integration tests: one binary, one running shop a test.

mod catalog;
mod live;
mod make;
mod people;
mod shop;
mod story;
mod support;
