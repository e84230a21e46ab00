//! Articles of blogs.

use sea_orm::entity::prelude::*;

use crate::{
    ids::{ArticleId, BlogId},
    text_list::TextList,
};

/// One article.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ArticleId,
    /// The blog it stands in.
    pub blog_id: BlogId,
    /// URL-safe name, unique in the blog.
    pub handle: String,
    /// Title.
    pub title: String,
    /// Who wrote it.
    pub author_name: Option<String>,
    /// Sanitised HTML.
    pub body_html: String,
    /// The same as plain text.
    pub body: String,
    /// A shorter text, sanitised HTML; may be empty.
    pub summary_html: String,
    /// The same as plain text.
    pub summary: String,
    /// Tags.
    #[sea_orm(column_type = "JsonBinary")]
    pub tags: TextList,
    /// Picture: absolute URL or path below the public URL.
    pub image_url: Option<String>,
    /// What the picture shows.
    pub image_alt: Option<String>,
    /// Pixels.
    pub image_width: Option<i32>,
    /// Pixels.
    pub image_height: Option<i32>,
    /// Title for search engines.
    pub seo_title: Option<String>,
    /// Description for search engines.
    pub seo_description: Option<String>,
    /// Title folded for sorting.
    pub title_key: String,
    /// Folded words of title, text, author and tags, between blanks, for word search.
    pub search_words: String,
    /// When shoppers begin to see it; `None` hides it.
    pub published_at: Option<DateTimeUtc>,
    /// Its place in lists: when it is published, or was made while it is not.
    pub listed_at: DateTimeUtc,
    /// Grows by one with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
