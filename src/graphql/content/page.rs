//! The pages of text that a shop has beside its products.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{content::page, ids::PageId};

use super::loaders::{loader, sight};
use crate::{
    domain::{catalog::shortened, content, shared::Error},
    graphql::{
        catalog::Seo,
        context::ContextExt,
        global_id,
        scalars::{DateTime, Html, Url},
    },
};

/// Longest summary, in characters.
const SUMMARY: usize = 150;

/// A page of text, such as "About us".
#[derive(Clone, Debug)]
pub struct Page(Arc<page::Model>);

impl Page {
    /// A page that the viewer may see.
    #[must_use]
    pub fn shown(row: impl Into<Arc<page::Model>>) -> Self {
        Self(row.into())
    }

    /// The page with an id, if the viewer may see it.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: PageId) -> Result<Option<Self>, Error> {
        let found = loader(ctx).load_one(id).await?;
        Ok(found.filter(|row| sight(ctx).sees_page(row)).map(Self))
    }

    /// The page's row.
    #[must_use]
    pub fn row(&self) -> &page::Model {
        &self.0
    }
}

/// A page of text, such as "About us".
#[Object]
impl Page {
    /// The page's id.
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

    /// Its text, as sanitised HTML.
    async fn body(&self) -> Html {
        Html(self.0.body_html.clone())
    }

    /// The beginning of its text, without HTML, at most 150 characters.
    async fn body_summary(&self) -> String {
        shortened(&self.0.body, SUMMARY)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    /// When shoppers began to see it, or will; null while it is not published. A page that is not, or not yet, is seen by
    /// staff only.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime)
    }

    /// Whether shoppers see it now.
    async fn is_published(&self, ctx: &Context<'_>) -> bool {
        content::Sight::Published(ctx.app().sources.now()).sees_page(&self.0)
    }

    /// Where this server shows it to people. A front end of its own takes the path.
    async fn online_store_url(&self, ctx: &Context<'_>) -> Option<Url> {
        Some(Url(ctx.app().absolute_url(&content::page_path(&self.0.handle))))
    }

    /// What search engines are told.
    async fn seo(&self) -> Option<Seo> {
        Some(Seo { title: self.0.seo_title.clone(), description: self.0.seo_description.clone() })
    }

    /// What a link should carry to know where its visitor came from. Always null: visits are not tracked.
    async fn tracking_parameters(&self) -> Option<String> {
        None
    }

    /// Grows by one with every change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
