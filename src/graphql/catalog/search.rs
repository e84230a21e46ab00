//! What a search finds.

use async_graphql::Union;

use super::Product;

/// Something that a search found: so far always a product.
#[derive(Clone, Debug, Union)]
pub enum SearchResultItem {
    /// A product.
    Product(Product),
}
