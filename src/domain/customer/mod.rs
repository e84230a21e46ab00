//! Customers: what is known about them, how they change it, and how staff find them. Signing in is `auth`'s.

mod address_errors;
mod address_store;
mod addresses;
mod list;
mod store;
mod update;

pub use address_errors::{AddressRefusal, AddressRefusalCode};
pub use address_store::{addresses, addresses_of};
pub use addresses::{change_address, create_address, delete_address};
pub use list::list;
pub use store::{find, find_all, find_locked};
pub use update::{ProfileChange, update};
