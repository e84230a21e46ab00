//! Stock and locations in the API, for staff.

mod adjust;
mod locations;
mod types;

use async_graphql::MergedObject;

pub use locations::InventoryQuery;
pub use types::Location;

/// Changes of stock and locations.
#[derive(Debug, Default, MergedObject)]
pub struct InventoryMutation(adjust::AdjustMutation, locations::LocationMutation);
