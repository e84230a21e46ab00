//! A running shop for one test, over a database of its own, and how to talk to it.

mod answer;
mod database;
mod process;
mod shop;

pub use answer::Answer;
pub use database::on_postgres;
pub use process::Process;
pub use shop::{Caller, TestShop};
