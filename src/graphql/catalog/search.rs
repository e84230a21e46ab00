//! What a search finds.

use async_graphql::Union;

use super::Product;
use crate::graphql::content::{Article, Page};

/// Something that a search found: always a product until there are pages and blogs.
#[derive(Clone, Debug, Union)]
pub enum SearchResultItem {
    /// A product.
    Product(Product),
    /// A page.
    Page(Box<Page>),
    /// An article.
    Article(Box<Article>),
}
