//! Articles of blogs.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{content::article, ids::ArticleId};

use super::{
    Blog,
    loaders::{loader, sight},
};
use crate::{
    domain::{catalog::shortened, content, shared::Error},
    graphql::{
        catalog::{Image, Seo},
        context::ContextExt,
        errors, global_id,
        scalars::{DateTime, Html},
    },
};

/// Who wrote an article.
#[derive(Clone, Debug, SimpleObject)]
pub struct ArticleAuthor {
    /// The author's name.
    name: String,
}

/// An article of a blog.
#[derive(Clone, Debug)]
pub struct Article(Arc<article::Model>);

impl Article {
    /// An article that the viewer may see.
    #[must_use]
    pub fn shown(row: impl Into<Arc<article::Model>>) -> Self {
        Self(row.into())
    }

    /// The article with an id, if the viewer may see it.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: ArticleId) -> Result<Option<Self>, Error> {
        let found = loader(ctx).load_one(id).await?;
        Ok(found.filter(|row| sight(ctx).sees_article(row)).map(Self))
    }

    /// The article's row.
    #[must_use]
    pub fn row(&self) -> &article::Model {
        &self.0
    }
}

fn cut(text: &str, truncate_at: Option<i32>) -> Result<String, Error> {
    match truncate_at.map(usize::try_from) {
        None => Ok(text.to_owned()),
        Some(Ok(most)) => Ok(shortened(text, most)),
        Some(Err(_)) => Err(Error::bad_input("truncateAt", "must not be negative")),
    }
}

/// An article of a blog.
#[Object]
impl Article {
    /// The article's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// Its name in URLs, unique in its blog.
    async fn handle(&self) -> &str {
        &self.0.handle
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Its text, as sanitised HTML.
    async fn content_html(&self) -> Html {
        Html(self.0.body_html.clone())
    }

    /// Its text, as plain text.
    async fn content(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Cut the text to this many characters, the last of them `…`.")] truncate_at: Option<i32>,
    ) -> async_graphql::Result<String> {
        errors::required(ctx, cut(&self.0.body, truncate_at))
    }

    /// Its summary, as sanitised HTML; null when it has none.
    async fn excerpt_html(&self) -> Option<Html> {
        (!self.0.summary_html.is_empty()).then(|| Html(self.0.summary_html.clone()))
    }

    /// Its summary, as plain text; null when it has none.
    async fn excerpt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Cut the text to this many characters, the last of them `…`.")] truncate_at: Option<i32>,
    ) -> Option<String> {
        if self.0.summary.is_empty() {
            return None;
        }
        errors::nullable(ctx, cut(&self.0.summary, truncate_at))
    }

    /// Who wrote it; null when nobody is named.
    async fn author_v2(&self) -> Option<ArticleAuthor> {
        self.0.author_name.clone().map(|name| ArticleAuthor { name })
    }

    /// The blog it stands in.
    async fn blog(&self, ctx: &Context<'_>) -> async_graphql::Result<Blog> {
        let blog =
            async { Blog::load(ctx, self.0.blog_id).await?.ok_or_else(|| Error::fault("an article without its blog")) };
        errors::required(ctx, blog.await)
    }

    /// Its picture; null when it has none.
    async fn image(&self) -> Option<Image> {
        let row = &self.0;
        let id = ID(format!("gid://cartwright/ArticleImage/{}", row.id));
        let size = (row.image_width, row.image_height);
        row.image_url.clone().map(|url| Image::new(id, url, row.image_alt.clone(), size))
    }

    /// Its tags.
    async fn tags(&self) -> &[String] {
        &self.0.tags.0
    }

    /// When shoppers began to see it, or will. While it is not published, which only staff see, when it was made.
    async fn published_at(&self) -> DateTime {
        self.0.listed_at.into()
    }

    /// Whether shoppers see it now.
    async fn is_published(&self, ctx: &Context<'_>) -> bool {
        content::Sight::Published(ctx.app().sources.now()).sees_article(&self.0)
    }

    /// What search engines are told.
    async fn seo(&self) -> Option<Seo> {
        Some(Seo { title: self.0.seo_title.clone(), description: self.0.seo_description.clone() })
    }

    /// What a link should carry to know where its visitor came from. Always null: visits are not tracked.
    async fn tracking_parameters(&self) -> Option<String> {
        None
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    /// Grows by one with every change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
