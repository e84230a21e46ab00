//! Reading content.

use async_graphql::{Context, ID, Object};
use entity::ids::{BlogId, PageId};

use super::{
    Article, Blog, Menu, Page, UrlRedirect,
    loaders::sight,
    predictive::{PredictiveSearchLimitScope, PredictiveSearchResult, PredictiveSearchType},
};
use crate::{
    domain::{
        catalog::search_query::storable,
        content::{
            list::{self, Part},
            redirect_query::Filter,
            store,
        },
        shared::Error,
    },
    graphql::{
        catalog::{self, Product},
        context::ContextExt,
        errors, global_id,
        pagination::{Arguments, Connection, connection},
    },
};

/// Results of a predictive search when no limit is given, and the most that can be asked for.
const PREDICTIVE_LIMIT: i32 = 10;

/// Reads of content.
#[derive(Debug, Default)]
pub struct ContentQuery;

/// How one object is named.
enum Name<Id> {
    Id(Id),
    Handle(String),
}

fn name<Id: global_id::NodeId>(handle: Option<String>, id: Option<ID>) -> Result<Name<Id>, Error> {
    match (id, handle) {
        (Some(_), Some(_)) => Err(Error::bad_input("id", "give either a handle or an id, not both")),
        (Some(id), None) => global_id::decode("id", &id).map(Name::Id),
        (None, Some(handle)) => storable("handle", &handle).map(|()| Name::Handle(handle)),
        (None, None) => Err(Error::bad_input("handle", "give a handle or an id")),
    }
}

fn part(arguments: Arguments, reverse: Option<bool>) -> Result<Part, Error> {
    Ok(Part { page: arguments.check()?, reverse: reverse.unwrap_or(false) })
}

async fn page(ctx: &Context<'_>, handle: Option<String>, id: Option<ID>) -> Result<Option<Page>, Error> {
    match name::<PageId>(handle, id)? {
        Name::Id(id) => Page::load(ctx, id).await,
        Name::Handle(handle) => {
            let found = store::page_by_handle(ctx.app().database.reader(), sight(ctx), &handle).await?;
            Ok(found.map(Page::shown))
        }
    }
}

async fn blog(ctx: &Context<'_>, handle: Option<String>, id: Option<ID>) -> Result<Option<Blog>, Error> {
    match name::<BlogId>(handle, id)? {
        Name::Id(id) => Blog::load(ctx, id).await,
        Name::Handle(handle) => {
            let found = store::blog_by_handle(ctx.app().database.reader(), &handle).await?;
            Ok(found.map(Blog::shown))
        }
    }
}

async fn menu(ctx: &Context<'_>, handle: String) -> Result<Option<Menu>, Error> {
    storable("handle", &handle)?;
    Ok(store::menu_by_handle(ctx.app().database.reader(), &handle).await?.map(Menu::shown))
}

#[Object]
impl ContentQuery {
    /// A blog by its handle or its id; null when there is none.
    async fn blog(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its unique name in URLs.")] handle: Option<String>,
        #[graphql(desc = "Its id, instead of the handle.")] id: Option<ID>,
    ) -> Option<Blog> {
        errors::optional(ctx, blog(ctx, handle, id).await)
    }

    /// The blogs, the oldest first.
    async fn blogs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "The newest first; default false.")] reverse: Option<bool>,
    ) -> async_graphql::Result<Connection<Blog>> {
        let page = async {
            let part = part(Arguments { first, last, after, before }, reverse)?;
            connection(ctx, list::blogs(ctx.app().database.reader(), &part).await?, Blog::shown)
        };
        errors::required(ctx, page.await)
    }

    /// An article by its id; null when there is none that the viewer may see. By its handle: `blog { articleByHandle }`.
    async fn article(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Option<Article> {
        let found = async { Article::load(ctx, global_id::decode("id", &id)?).await };
        errors::optional(ctx, found.await)
    }

    /// The articles of all blogs that the viewer may see, the newest first.
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "The oldest first; default false.")] reverse: Option<bool>,
    ) -> async_graphql::Result<Connection<Article>> {
        let page = async {
            let part = part(Arguments { first, last, after, before }, reverse)?;
            connection(ctx, list::articles(ctx.app().database.reader(), sight(ctx), &part).await?, Article::shown)
        };
        errors::required(ctx, page.await)
    }

    /// A menu by its handle; null when there is none.
    async fn menu(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its unique name, such as `main-menu`.")] handle: String,
    ) -> Option<Menu> {
        errors::optional(ctx, menu(ctx, handle).await)
    }

    /// A page by its handle or its id; null when there is none that the viewer may see.
    async fn page(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its unique name in URLs.")] handle: Option<String>,
        #[graphql(desc = "Its id, instead of the handle.")] id: Option<ID>,
    ) -> Option<Page> {
        errors::optional(ctx, page(ctx, handle, id).await)
    }

    /// A page by its handle; null when there is none that the viewer may see.
    #[graphql(deprecation = "Use `page(handle:)`.")]
    async fn page_by_handle(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its unique name in URLs.")] handle: String,
    ) -> Option<Page> {
        errors::optional(ctx, page(ctx, Some(handle), None).await)
    }

    /// The pages that the viewer may see, the oldest first.
    async fn pages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "The newest first; default false.")] reverse: Option<bool>,
    ) -> async_graphql::Result<Connection<Page>> {
        let page = async {
            let part = part(Arguments { first, last, after, before }, reverse)?;
            connection(ctx, list::pages(ctx.app().database.reader(), sight(ctx), &part).await?, Page::shown)
        };
        errors::required(ctx, page.await)
    }

    /// Addresses that moved, the oldest first.
    async fn url_redirects(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "The newest first; default false.")] reverse: Option<bool>,
        #[graphql(
            desc = "`path:/old` finds the redirect of a path, `path:/old*` those of a beginning, `target:/new` what \
                    leads somewhere; other words are parts of the old path. Quotes hold blanks, `OR` stands between \
                    alternatives. Left out: all."
        )]
        query: Option<String>,
    ) -> async_graphql::Result<Connection<UrlRedirect>> {
        let page = async {
            let part = part(Arguments { first, last, after, before }, reverse)?;
            let filter = Filter::parse("query", query.as_deref().unwrap_or_default())?;
            let found = list::redirects(ctx.app().database.reader(), filter.as_ref(), &part).await?;
            connection(ctx, found, UrlRedirect::from)
        };
        errors::required(ctx, page.await)
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

    /// Products to show beside another. There is no rule for them yet: always empty, or null for a product that does not
    /// exist.
    async fn product_recommendations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product.")] product_id: Option<ID>,
    ) -> Option<Vec<Product>> {
        let known = async {
            match product_id {
                None => Ok(None),
                Some(id) => catalog::visible(ctx, "productId", &id).await,
            }
        };
        errors::optional(ctx, known.await).map(|_| Vec::new())
    }
}
