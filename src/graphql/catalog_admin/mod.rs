//! The catalog as staff change it.

mod collections;
pub mod inputs;
mod media;
mod products;
mod swatches;
mod user_errors;
mod variants;

use async_graphql::MergedObject;

pub use swatches::SwatchQuery;

/// Changes of the catalog.
#[derive(Debug, Default, MergedObject)]
pub struct CatalogAdminMutation(
    products::ProductMutation,
    variants::VariantMutation,
    media::MediaMutation,
    collections::CollectionMutation,
    swatches::SwatchMutation,
);
