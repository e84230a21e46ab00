//! Products to show beside another.

use async_graphql::{Context, Enum, ID, Object};
use entity::ids::ProductId;
use futures::future::try_join_all;

use super::{Product, loaders::sight, queries};
use crate::{
    domain::{
        catalog::recommend::{self, Intent},
        shared::Error,
    },
    graphql::{context::ContextExt, errors},
};

/// Why products belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::domain::catalog::recommend::Intent")]
pub enum ProductRecommendationIntent {
    /// One completes the other. Nobody can say so yet: there are none.
    Complementary,
    /// They are alike.
    Related,
}

/// Reads of recommendations.
#[derive(Debug, Default)]
pub struct RecommendationQuery;

async fn recommended(
    ctx: &Context<'_>,
    id: Option<ID>,
    handle: Option<String>,
    intent: Intent,
) -> Result<Option<Vec<Product>>, Error> {
    let Some(product) = queries::named(ctx, "productId", id, "productHandle", handle).await? else { return Ok(None) };
    let db = ctx.app().database.reader();
    let ids: Vec<ProductId> = recommend::recommended(db, sight(ctx), product.row(), intent).await?;
    ctx.request().budget.charge(ids.len())?;
    let products = try_join_all(ids.into_iter().map(|id| Product::load(ctx, id))).await?;
    Ok(Some(products.into_iter().flatten().collect()))
}

#[Object]
impl RecommendationQuery {
    /// At most ten products to show beside another, never itself; null when there is no such product that the viewer may
    /// see. Each collection that both are in counts 4, the same type 3, each tag of both 2, the same vendor 1. Of the 250
    /// with most points, those that can be bought come first, then those with more points, then those sold more often,
    /// then the older ones. What shares nothing is not recommended.
    async fn product_recommendations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product.")] product_id: Option<ID>,
        #[graphql(desc = "The product's unique name in URLs, instead of its id.")] product_handle: Option<String>,
        #[graphql(desc = "Why they belong together; default `RELATED`.")] intent: Option<ProductRecommendationIntent>,
    ) -> Option<Vec<Product>> {
        let intent = intent.map_or(Intent::Related, Intent::from);
        errors::optional(ctx, recommended(ctx, product_id, product_handle, intent).await)
    }
}
