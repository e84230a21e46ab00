//! The integration tests: one binary, one running shop a test.

mod shop;
mod support;
