//! The few words that every domain speaks.

pub mod address;
mod author;
pub mod card_number;
mod error;
mod fold;
mod page;
mod permission;
mod viewer;

pub use author::Author;
pub use error::{Error, Failure};
pub use fold::{fold, words};
pub use page::{Page, PageRequest, Range};
pub use permission::{Permission, permissions_of};
pub use viewer::{Customer, Staff, Viewer};
