//! A running shop for one test, over a database of its own, and how to talk to it: in the process, or over HTTP.

mod answer;
mod database;
mod events;
mod process;
mod redis;
mod server;
mod shop;
mod socket;

pub use answer::Answer;
pub use database::{Backend, TestDatabase, on_postgres};
pub use events::Events;
pub use process::Process;
pub use redis::{PrivateRedis, redis_url};
pub use server::{Reply, Server, Visitor};
pub use shop::{Caller, TestShop};
pub use socket::{Heard, Socket};
