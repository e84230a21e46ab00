//! A running shop for one test, over a database of its own, and how to talk to it.

mod answer;
mod database;
mod shop;

pub use answer::Answer;
pub use shop::{Caller, TestShop};
