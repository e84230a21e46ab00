//! What several of the content's inputs share, and how it becomes the domain's patches.

use crate::{
    domain::{
        content::{Names, Publication},
        shared::Error,
    },
    graphql::{
        catalog_admin::inputs::{SeoInput, seo},
        scalars::DateTime,
    },
};

/// Title, handle and what search engines are told.
pub fn names(title: Option<String>, handle: Option<String>, told: Option<SeoInput>, redirect: Option<bool>) -> Names {
    let (seo_title, seo_description) = seo(told);
    Names { title, handle, seo_title, seo_description, redirect_new_handle: redirect.unwrap_or(false) }
}

/// When shoppers see something.
///
/// # Errors
/// `BadInput` for something that is both hidden and published from a moment on.
pub fn publication(is_published: Option<bool>, publish_date: Option<DateTime>) -> Result<Publication, Error> {
    match (is_published, publish_date) {
        (None, None) => Ok(Publication::Unchanged),
        (None | Some(true), Some(moment)) => Ok(Publication::From(moment.0)),
        (Some(true), None) => Ok(Publication::Published),
        (Some(false), None) => Ok(Publication::Hidden),
        (Some(false), Some(_)) => {
            Err(Error::bad_input("input.publishDate", "give a date only for what is to be published"))
        }
    }
}
