//! Blogs.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{content::blog, ids::BlogId};

use super::{
    Article,
    loaders::{self, ArticleNamed, ArticlesOf, loader},
};
use crate::{
    domain::{
        catalog::search_query::storable,
        content::{
            self,
            list::{self, ArticleList, Part},
        },
        shared::Error,
    },
    graphql::{
        catalog::Seo,
        context::ContextExt,
        errors, global_id,
        pagination::{Arguments, Connection, connection},
        scalars::Url,
    },
};

/// A blog. Everybody sees it; its articles are published one by one.
#[derive(Clone, Debug)]
pub struct Blog(Arc<blog::Model>);

impl Blog {
    /// A blog.
    #[must_use]
    pub fn shown(row: impl Into<Arc<blog::Model>>) -> Self {
        Self(row.into())
    }

    /// The blog with an id.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: BlogId) -> Result<Option<Self>, Error> {
        Ok(loader(ctx).load_one(id).await?.map(Self))
    }

    /// The blog's row.
    #[must_use]
    pub fn row(&self) -> &blog::Model {
        &self.0
    }
}

/// A blog. Everybody sees it; its articles are published one by one.
#[Object]
impl Blog {
    /// The blog's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// Its unique name in URLs.
    async fn handle(&self) -> &str {
        &self.0.handle
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What search engines are told.
    async fn seo(&self) -> Option<Seo> {
        Some(Seo { title: self.0.seo_title.clone(), description: self.0.seo_description.clone() })
    }

    /// The article of this blog with a handle; null when there is none that the viewer may see.
    async fn article_by_handle(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its name in URLs, unique in the blog.")] handle: String,
    ) -> Option<Article> {
        let found = async {
            storable("handle", &handle)?;
            let key = ArticleNamed { blog: self.0.id, handle };
            Ok(loader(ctx).load_one(key).await?.map(Article::shown))
        };
        errors::optional(ctx, found.await)
    }

    /// Its articles that the viewer may see, newest first.
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
            let page = Arguments { first, last, after, before }.check()?;
            let part = Part { reverse: reverse.unwrap_or(false), page };
            let key = ArticlesOf { blog: self.0.id, list: ArticleList::new(&part)? };
            let rows = loaders::list_of(ctx, key).await?;
            connection(ctx, list::page_of_articles(&part, rows.to_vec()), Article::shown)
        };
        errors::required(ctx, page.await)
    }

    /// Where this server shows it to people. A front end of its own takes the path.
    async fn online_store_url(&self, ctx: &Context<'_>) -> Option<Url> {
        Some(Url(ctx.app().absolute_url(&content::blog_path(&self.0.handle))))
    }

    /// Grows by one with every change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
