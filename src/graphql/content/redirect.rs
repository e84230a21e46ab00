//! Addresses that moved.

use async_graphql::{ID, SimpleObject};
use entity::content::url_redirect;

use crate::graphql::global_id;

/// An address that moved.
#[derive(Clone, Debug, SimpleObject)]
pub struct UrlRedirect {
    /// The redirect's id.
    id: ID,
    /// The old path. Case, percent-encoding and a slash at the end make no difference.
    path: String,
    /// Where it leads now: a path of the shop, or an absolute address.
    target: String,
}

impl From<url_redirect::Model> for UrlRedirect {
    fn from(row: url_redirect::Model) -> Self {
        Self { id: global_id::encode(row.id), path: row.path, target: row.target }
    }
}
