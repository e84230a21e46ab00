//! Reading content. Until its engine exists, every field says that there is nothing.

use async_graphql::{Context, Object};

use super::{
    Blog, Page,
    menu::{Menu, UrlRedirect},
    predictive::{PredictiveSearchLimitScope, PredictiveSearchResult, PredictiveSearchType},
};
use crate::graphql::{
    catalog, errors,
    pagination::{Arguments, Connection, connection_of_list},
};

/// Results of a predictive search when no limit is given, and the most that can be asked for.
const PREDICTIVE_LIMIT: i32 = 10;

/// Reads of content.
#[derive(Debug, Default)]
pub struct ContentQuery;

/// A list of nothing, whose arguments are still checked.
fn nothing<T: async_graphql::OutputType>(
    ctx: &Context<'_>,
    arguments: Arguments,
) -> async_graphql::Result<Connection<T>> {
    connection_of_list(ctx, arguments, Vec::new(), |item| item)
}

#[Object]
impl ContentQuery {
    /// A blog by its handle. There are none yet: always null.
    async fn blog(&self, #[graphql(desc = "Its unique name in URLs.")] handle: Option<String>) -> Option<Blog> {
        let _ = handle;
        None
    }

    /// The blogs. There are none yet: always empty.
    async fn blogs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Blog>> {
        nothing(ctx, Arguments { first, last, after, before })
    }

    /// A menu by its handle. There are none yet: always null.
    async fn menu(&self, #[graphql(desc = "Its unique name, such as `main-menu`.")] handle: String) -> Option<Menu> {
        let _ = handle;
        None
    }

    /// A page by its handle. There are none yet: always null.
    async fn page(&self, #[graphql(desc = "Its unique name in URLs.")] handle: Option<String>) -> Option<Page> {
        let _ = handle;
        None
    }

    /// A page by its handle. There are none yet: always null.
    #[graphql(deprecation = "Use `page(handle:)`.")]
    async fn page_by_handle(&self, #[graphql(desc = "Its unique name in URLs.")] handle: String) -> Option<Page> {
        let _ = handle;
        None
    }

    /// The pages. There are none yet: always empty.
    async fn pages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
    ) -> async_graphql::Result<Connection<Page>> {
        nothing(ctx, Arguments::first(first))
    }

    /// Addresses that moved. There are none yet: always empty.
    async fn url_redirects(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Words of the path.")] query: Option<String>,
    ) -> async_graphql::Result<Connection<UrlRedirect>> {
        let _ = query;
        nothing(ctx, Arguments::first(first))
    }

    /// What a search box shows while somebody types: products whose words begin like those typed. Other kinds of results are
    /// empty until their engines exist.
    async fn predictive_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was typed.")] query: String,
        #[graphql(desc = "Most results, 1 to 10; 10 when left out.")] limit: Option<i32>,
        #[graphql(desc = "What the limit counts; ALL when left out. With products alone both mean the same.")]
        limit_scope: Option<PredictiveSearchLimitScope>,
        #[graphql(desc = "Only these kinds; all when left out.")] types: Option<Vec<PredictiveSearchType>>,
    ) -> Option<PredictiveSearchResult> {
        let _ = limit_scope;
        if types.is_some_and(|types| !types.contains(&PredictiveSearchType::Product)) {
            return Some(PredictiveSearchResult::default());
        }
        let limit = limit.unwrap_or(PREDICTIVE_LIMIT).min(PREDICTIVE_LIMIT);
        let products = errors::nullable(ctx, catalog::matching(ctx, query, limit).await)?;
        Some(PredictiveSearchResult { products, ..Default::default() })
    }
}
