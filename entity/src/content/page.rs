//! Pages of text.

use sea_orm::entity::prelude::*;

use crate::ids::PageId;

/// One page.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "page")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PageId,
    /// Unique, URL-safe name.
    pub handle: String,
    /// Title.
    pub title: String,
    /// Sanitised HTML.
    pub body_html: String,
    /// The same as plain text.
    pub body: String,
    /// Title for search engines.
    pub seo_title: Option<String>,
    /// Description for search engines.
    pub seo_description: Option<String>,
    /// Title folded for sorting.
    pub title_key: String,
    /// Folded words of title and text, between blanks, for word search.
    pub search_words: String,
    /// When shoppers begin to see it; `None` hides it.
    pub published_at: Option<DateTimeUtc>,
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
