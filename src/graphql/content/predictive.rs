//! What a search box shows while somebody types. It finds products; collections, pages, articles and suggested queries
//! come with the search engine.

use async_graphql::{Enum, SimpleObject};

use super::{Article, Page};
use crate::graphql::catalog::{Collection, Product};

/// What a search box shows while somebody types.
#[derive(Clone, Debug, Default, SimpleObject)]
pub struct PredictiveSearchResult {
    /// Products, the most fitting first.
    pub products: Vec<Product>,
    /// Collections; always empty until there is a search engine.
    pub collections: Vec<Collection>,
    /// Pages; always empty until there are pages.
    pub pages: Vec<Page>,
    /// Articles; always empty until there are blogs.
    pub articles: Vec<Article>,
    /// Suggested searches; always empty until there is a search engine.
    pub queries: Vec<SearchQuerySuggestion>,
}

/// A suggested search.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchQuerySuggestion {
    /// The search.
    text: String,
    /// The search with what was typed marked in HTML.
    styled_text: String,
    /// Parameters to add to links; always null.
    tracking_parameters: Option<String>,
}

/// What the limit of a predictive search counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PredictiveSearchLimitScope {
    /// All results together.
    All,
    /// The results of each kind.
    Each,
}

/// Kinds of results of a predictive search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PredictiveSearchType {
    /// Articles.
    Article,
    /// Collections.
    Collection,
    /// Pages.
    Page,
    /// Products.
    Product,
    /// Suggested searches.
    Query,
}
