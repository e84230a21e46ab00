//! The few words that every domain speaks.

pub mod address;
pub mod area;
mod author;
pub mod card_number;
mod countries;
mod error;
mod fold;
mod page;
mod permission;
pub mod postal;
pub mod tax_table;
mod totals;
mod viewer;

pub use author::Author;
pub use countries::{country_name, is_country};
pub use error::{Error, Failure};
pub use fold::{fold, words};
pub use page::{Page, PageRequest, Range};
pub use permission::{Permission, permissions_of};
pub use totals::{Amounts, TotalRow};
pub use viewer::{Customer, Staff, Viewer};
