//! Collections: groups of products in an order of the merchant.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::CollectionId;

/// One collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "collection")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CollectionId,
    /// Unique, URL-safe name.
    pub handle: String,
    /// Title.
    pub title: String,
    /// Sanitised HTML.
    pub description_html: String,
    /// The same as plain text.
    pub description: String,
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
    /// When shoppers began to see it; `None` hides it.
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
