//! The integration tests: one binary, one running shop a test.

mod catalog;
mod make;
mod shop;
mod support;
