//! What a search box shows while somebody types.

use async_graphql::{Context, Enum, SimpleObject};

use super::{Article, Page, loaders::sight};
use crate::{
    domain::{
        catalog::{
            self, hits,
            search_query::{Prefix, SearchQuery},
        },
        content::{self, Suggestion},
        shared::Error,
    },
    graphql::{
        catalog::{Collection, Product, matching},
        context::ContextExt,
    },
};

/// Results when no limit is given, and the most that can be asked for.
const LIMIT: i32 = 10;

/// What a search box shows while somebody types.
#[derive(Clone, Debug, Default, SimpleObject)]
pub struct PredictiveSearchResult {
    /// Products, the most fitting first.
    pub products: Vec<Product>,
    /// Collections whose title has the words, by title.
    pub collections: Vec<Collection>,
    /// Pages, those whose title has the words first.
    pub pages: Vec<Page>,
    /// Articles, those whose title has the words first.
    pub articles: Vec<Article>,
    /// Suggested searches: types, vendors and titles of products that were found and have all the words.
    pub queries: Vec<SearchQuerySuggestion>,
}

/// A suggested search.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchQuerySuggestion {
    /// The search.
    text: String,
    /// The search as HTML: what was typed in `<mark>`, the rest in `<span>`, all of it escaped.
    styled_text: String,
    /// Parameters to add to links; always null.
    tracking_parameters: Option<String>,
}

impl From<Suggestion> for SearchQuerySuggestion {
    fn from(suggestion: Suggestion) -> Self {
        Self { text: suggestion.text, styled_text: suggestion.styled, tracking_parameters: None }
    }
}

/// What the limit of a predictive search counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PredictiveSearchLimitScope {
    /// All results together. The kinds take turns until the limit is reached.
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

/// What is asked of a predictive search.
pub struct Asked {
    /// What was typed.
    pub query: String,
    /// Most results.
    pub limit: Option<i32>,
    /// What the limit counts.
    pub scope: Option<PredictiveSearchLimitScope>,
    /// The kinds.
    pub types: Option<Vec<PredictiveSearchType>>,
}

/// Finds what fits.
///
/// # Errors
/// `BadInput` for a limit out of range and for a text that no database can hold; the database's.
pub async fn find(ctx: &Context<'_>, asked: Asked) -> Result<PredictiveSearchResult, Error> {
    let limit = asked.limit.unwrap_or(LIMIT);
    if !(1..=LIMIT).contains(&limit) {
        return Err(Error::bad_input("limit", format!("must be from 1 to {LIMIT}")));
    }
    let most = u64::try_from(limit).unwrap_or_default();
    let wants = |kind| asked.types.as_ref().is_none_or(|types| types.contains(&kind));
    let of = |kind| if wants(kind) { most } else { 0 };
    let query = SearchQuery::parse("query", &asked.query, Prefix::All)?;
    let (db, seen) = (ctx.app().database.reader(), sight(ctx));
    let catalog_seen = catalog::Sight::of(ctx.viewer(), ctx.app().sources.now());
    let (suggests, finds) = (wants(PredictiveSearchType::Query), wants(PredictiveSearchType::Product));
    // Suggestions are made of as many products as can be found, whatever the limit.
    let found = match (suggests, finds) {
        (true, _) => matching(ctx, asked.query.clone(), LIMIT).await?,
        (false, true) => matching(ctx, asked.query.clone(), limit).await?,
        (false, false) => Vec::new(),
    };
    let rows: Vec<&catalog::Product> = found.iter().map(Product::row).collect();
    let most_queries = if suggests { usize::try_from(limit).unwrap_or_default() } else { 0 };
    let queries = content::suggestions(&asked.query, &rows, most_queries);
    let collections = hits::collections(db, catalog_seen, &query.words, of(PredictiveSearchType::Collection)).await?;
    let pages = content::search::pages(db, seen, &query, of(PredictiveSearchType::Page)).await?;
    let articles = content::search::articles(db, seen, &query, of(PredictiveSearchType::Article)).await?;
    ctx.request().budget.charge(collections.len() + pages.len() + articles.len() + queries.len())?;
    let mut products = found;
    products.truncate(usize::try_from(of(PredictiveSearchType::Product)).unwrap_or_default());
    let mut result = PredictiveSearchResult {
        products,
        collections: collections.into_iter().map(Collection::shown).collect(),
        pages: pages.into_iter().map(Page::shown).collect(),
        articles: articles.into_iter().map(Article::shown).collect(),
        queries: queries.into_iter().map(SearchQuerySuggestion::from).collect(),
    };
    match asked.scope {
        Some(PredictiveSearchLimitScope::Each) => {}
        None | Some(PredictiveSearchLimitScope::All) => share(&mut result, usize::try_from(limit).unwrap_or_default()),
    }
    Ok(result)
}

/// Keeps `limit` results: the kinds take turns, each giving its best first.
fn share(result: &mut PredictiveSearchResult, limit: usize) {
    let has = [
        result.products.len(),
        result.collections.len(),
        result.pages.len(),
        result.articles.len(),
        result.queries.len(),
    ];
    let kept = turns(has, limit);
    result.products.truncate(kept[0]);
    result.collections.truncate(kept[1]);
    result.pages.truncate(kept[2]);
    result.articles.truncate(kept[3]);
    result.queries.truncate(kept[4]);
}

/// How many each may give, of what each has, when they take turns until `limit` is reached.
fn turns(has: [usize; 5], limit: usize) -> [usize; 5] {
    let mut gives = [0; 5];
    let mut left = limit;
    while left > 0 && gives != has {
        for (given, has) in gives.iter_mut().zip(has) {
            if *given < has && left > 0 {
                *given += 1;
                left -= 1;
            }
        }
    }
    gives
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_take_turns() {
        assert_eq!(turns([9, 0, 1, 9, 2], 7), [2, 0, 1, 2, 2]);
        assert_eq!(turns([1, 0, 1, 0, 0], 10), [1, 0, 1, 0, 0]);
        assert_eq!(turns([9, 9, 9, 9, 9], 2), [1, 1, 0, 0, 0]);
    }
}
