//! The integration tests: one binary, one running shop a test.

mod catalog;
mod checkout;
mod make;
mod people;
mod shop;
mod support;
