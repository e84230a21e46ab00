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

/// Orders of products. Ascending, unless said otherwise; `reverse` turns them round. Equals are ordered by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::domain::catalog::sort::ProductSort")]
pub enum ProductSortKeys {
    /// Most units sold first.
    BestSelling,
    /// When they were made.
    CreatedAt,
    /// Their ids, which grow with time.
    Id,
    /// The shop's own price of their cheapest variant, whatever price lists make of it for a country.
    Price,
    /// Their type, ignoring case and accents.
    ProductType,
    /// Those whose title has the words of `query` first, then by title.
    Relevance,
    /// Their title, ignoring case and accents.
    Title,
    /// When they last changed.
    UpdatedAt,
    /// Their vendor, ignoring case and accents.
    Vendor,
}

/// Orders of a collection's products. Ascending, unless said otherwise; `reverse` turns them round. Equals are ordered by
/// id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::domain::catalog::sort::MemberSort")]
pub enum ProductCollectionSortKeys {
    /// Most units sold first.
    BestSelling,
    /// The collection's own order: the merchant's.
    CollectionDefault,
    /// When they were made.
    Created,
    /// Their ids, which grow with time.
    Id,
    /// The order that the merchant gave.
    Manual,
    /// The shop's own price of their cheapest variant, whatever price lists make of it for a country.
    Price,
    /// The collection's own order, there being no words.
    Relevance,
    /// Their title, ignoring case and accents.
    Title,
}

/// Orders of collections. Ascending; `reverse` turns them round. Equals are ordered by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::domain::catalog::sort::CollectionSort")]
pub enum CollectionSortKeys {
    /// Their ids, which grow with time.
    Id,
    /// Their title, there being no words.
    Relevance,
    /// Their title, ignoring case and accents.
    Title,
    /// When they last changed.
    UpdatedAt,
}

/// Orders of what a search found. `reverse` turns them round. Equals are ordered by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SearchSortKeys {
    /// The shop's own price of their cheapest variant, lowest first, whatever price lists make of it for a country.
    Price,
    /// Those whose title has the words first, then by title.
    Relevance,
}

/// Kinds of things that can be searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SearchType {
    /// Articles of a blog.
    Article,
    /// Pages.
    Page,
    /// Products.
    Product,
}

/// What becomes of products that cannot be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::domain::catalog::list::Unavailable")]
pub enum SearchUnavailableProductsType {
    /// They are where the order puts them.
    Show,
    /// They are left out.
    Hide,
    /// They come after all others.
    Last,
}

/// Whether the last word of a search may be the beginning of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SearchPrefixQueryType {
    /// The last word matches beginnings, as it may still be typed; the others match whole words.
    Last,
    /// All match whole words.
    None,
}
