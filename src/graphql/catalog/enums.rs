//! The catalog's enums.

use async_graphql::Enum;

/// Whether staff still work on a product. Shoppers see `ACTIVE` products that are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::domain::catalog::ProductStatus")]
pub enum ProductStatus {
    /// Not ready: staff only.
    Draft,
    /// On sale where published.
    Active,
    /// Kept for the books: staff only.
    Archived,
}
