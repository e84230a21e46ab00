//! Products: what a shop sells, with its words and its publication.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::ProductId;

/// Whether staff still work on a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProductStatus {
    /// Not ready: staff only.
    Draft,
    /// On sale where published.
    Active,
    /// Kept for the books: staff only.
    Archived,
}

/// One product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "product")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductId,
    /// Unique, URL-safe name.
    pub handle: String,
    /// Title.
    pub title: String,
    /// Sanitised HTML.
    pub description_html: String,
    /// The same as plain text.
    pub description: String,
    /// Maker or brand.
    pub vendor: String,
    /// Kind of product, such as `Laptop`; empty when unset.
    pub product_type: String,
    /// Whether it sells gift cards: each unit that is paid becomes a card of its price.
    #[serde(default)]
    pub is_gift_card: bool,
    /// Draft, active or archived.
    pub status: ProductStatus,
    /// When shoppers began to see it; `None` hides it.
    pub published_at: Option<DateTimeUtc>,
    /// Title for search engines.
    pub seo_title: Option<String>,
    /// Description for search engines.
    pub seo_description: Option<String>,
    /// Title folded for sorting and comparison.
    pub title_key: String,
    /// Vendor folded for sorting.
    pub vendor_key: String,
    /// Type folded for sorting.
    pub type_key: String,
    /// Folded words of title, vendor, type, tags and SKUs between spaces, for word search.
    pub search_words: String,
    /// Lowest variant price in the shop's currency, minor units, for sorting.
    pub min_price_minor: i64,
    /// Units sold so far, for BEST_SELLING.
    pub units_sold: i64,
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
