//! What only old clients ask of the catalog.

use async_graphql::{Context, Object};

use crate::graphql::{
    catalog::{self, Collection, Product},
    errors,
};

/// Root fields for old clients.
#[derive(Debug, Default)]
pub struct CatalogOddities;

/// Root fields for old clients.
#[Object]
impl CatalogOddities {
    /// A product by its handle; null when there is none that the viewer may see.
    #[graphql(deprecation = "Use `product(handle:)`.")]
    async fn product_by_handle(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its unique name in URLs.")] handle: String,
    ) -> Option<Product> {
        errors::optional(ctx, catalog::named_product(ctx, handle).await)
    }

    /// A collection by its handle; null when there is none that the viewer may see.
    #[graphql(deprecation = "Use `collection(handle:)`.")]
    async fn collection_by_handle(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its unique name in URLs.")] handle: String,
    ) -> Option<Collection> {
        errors::optional(ctx, catalog::named_collection(ctx, handle).await)
    }
}

/// Members of `ProductOption` for old clients.
#[derive(Clone, Debug)]
pub struct ProductOptionOddities {
    values: Vec<String>,
}

impl ProductOptionOddities {
    /// Of an option with these values.
    #[must_use]
    pub fn new(values: Vec<String>) -> Self {
        Self { values }
    }
}

/// Members of `ProductOption` for old clients.
#[Object]
impl ProductOptionOddities {
    /// The names of its values, in the order of the variants that have them.
    #[graphql(deprecation = "Use `optionValues`.")]
    async fn values(&self) -> &[String] {
        &self.values
    }
}
