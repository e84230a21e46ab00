//! Blogs and their articles.

use async_graphql::{ComplexObject, Context, ID, SimpleObject};

use crate::graphql::{
    catalog::{Image, Seo},
    pagination::{Arguments, Connection, connection_of_list},
    scalars::{DateTime, Html},
};

/// A blog. There are none yet.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Blog {
    /// The blog's id.
    id: ID,
    /// Its unique name in URLs.
    handle: String,
    /// Its title.
    title: String,
    /// What search engines are told; null: use the blog's own.
    seo: Option<Seo>,
    #[graphql(skip)]
    articles: Vec<Article>,
}

#[ComplexObject]
impl Blog {
    /// The article of this blog with a handle; null when there is none.
    async fn article_by_handle(
        &self,
        #[graphql(desc = "Its unique name in URLs.")] handle: String,
    ) -> Option<&Article> {
        self.articles.iter().find(|article| article.handle == handle)
    }

    /// The articles, newest first.
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Article>> {
        let arguments = Arguments { first, last, after, before };
        connection_of_list(ctx, arguments, self.articles.clone(), |article| article)
    }
}

/// Who wrote an article.
#[derive(Clone, Debug, SimpleObject)]
pub struct ArticleAuthor {
    /// The author's name.
    name: String,
}

/// An article of a blog. There are none yet.
#[derive(Clone, Debug, SimpleObject)]
pub struct Article {
    /// The article's id.
    id: ID,
    /// Its unique name in URLs.
    handle: String,
    /// Its title.
    title: String,
    /// Its text.
    content_html: Html,
    /// Who wrote it; null when nobody is named.
    author_v2: Option<ArticleAuthor>,
    /// The blog it stands in.
    blog: Box<Blog>,
    /// Its picture; null when it has none.
    image: Option<Image>,
    /// When it was published.
    published_at: DateTime,
    /// What search engines are told; null: use the article's own.
    seo: Option<Seo>,
    /// Parameters to add to links; always null.
    tracking_parameters: Option<String>,
}
