//! Customers: what is known about them, how they change it, and how staff find them. Signing in is `auth`'s.

mod list;
mod store;
mod update;

pub use list::list;
pub use store::{find, find_all};
pub use update::{ProfileChange, update};
