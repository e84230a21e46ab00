//! Price lists as staff read and change them. What they make of prices, `catalog` shows.

mod lists;
mod loaders;
mod prices;
mod queries;
mod types;
mod user_errors;

use async_graphql::MergedObject;

pub use loaders::PriceListLoader;
pub use queries::PriceListQuery;
pub use types::{PriceList, PriceListPrice};

/// Changes of price lists.
#[derive(Debug, Default, MergedObject)]
pub struct PriceListMutation(lists::ListMutation, prices::PriceMutation);
