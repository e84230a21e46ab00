//! The pages of text that a shop has beside its products.

use async_graphql::{ID, SimpleObject};

use crate::graphql::{
    catalog::Seo,
    scalars::{DateTime, Html},
};

/// A page of text, such as "About us". There are none yet.
#[derive(Clone, Debug, SimpleObject)]
pub struct Page {
    /// The page's id.
    id: ID,
    /// Its unique name in URLs.
    handle: String,
    /// Its title.
    title: String,
    /// Its text.
    body: Html,
    /// The beginning of its text, without HTML.
    body_summary: String,
    /// When it was made.
    created_at: DateTime,
    /// When it last changed.
    updated_at: DateTime,
    /// What search engines are told; null: use the page's own.
    seo: Option<Seo>,
    /// Parameters to add to links; always null.
    tracking_parameters: Option<String>,
}
