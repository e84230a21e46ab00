//! Carts and wish lists: opened by whoever has the signed id, edited under a row lock, merged at sign-in without loss.
//!
//! An edit is [`lock_for`], [`open_for_edit`], [`edit`] in one transaction. Checkout reads a [`CartSnapshot`] and moves
//! the status with [`set_status`].

mod access;
mod add_lines;
mod checks;
mod clone_cart;
mod create_cart;
mod delete_abandoned;
mod delivery_addresses;
mod delivery_options;
mod edit;
mod edit_details;
mod errors;
mod gift_cards;
mod lock;
mod merge_guest;
mod model;
mod problems;
mod remove_lines;
mod shelf;
mod snapshot;
mod store;
mod update_lines;
mod warnings;

pub use access::{CartAccess, capability};
pub use add_lines::NewLine;
pub use checks::refuse_nul;
pub use clone_cart::clone_cart;
pub use create_cart::{NewCart, create_cart};
pub use delete_abandoned::delete_abandoned;
pub use delivery_addresses::{AddressChange, AddressList, AddressSource, Completeness, NewAddress};
pub use delivery_options::{OptionChoice, group_name};
pub use edit::{Edit, Edited, edit};
pub use edit_details::{BuyerIdentity, Change, CustomerChange};
pub use entity::cart::cart::{CartKind, CartStatus, Coordinates, DeliveryPreference, Preferences};
pub use errors::{Reason, Refusal};
pub use gift_cards::MOST_GIFT_CARDS;
pub use lock::{EditableCart, LockedCart, delete, lock, lock_for, open_for_edit, set_status};
pub use merge_guest::{MergeResult, merge_guest};
pub use model::{MOST_LINES, MOST_LINES_IN_ONE_CALL, MOST_OF_A_LINE};
pub use problems::{Problem, ProblemKind};
pub use snapshot::{CartSnapshot, SnapshotLine, Terms, open, open_all, open_on, snapshot, snapshot_on, snapshots};
pub use store::carts_of;
pub use update_lines::LineUpdate;
pub use warnings::{Target, Warning, WarningKind};
