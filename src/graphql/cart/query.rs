//! Reading carts.

use async_graphql::{Context, ID, Object};

use super::{Cart, ids};
use crate::{
    domain::{cart, shared::Error},
    graphql::{context::ContextExt, errors},
};

/// Reads of carts.
#[derive(Debug, Default)]
pub struct CartQuery;

#[Object]
impl CartQuery {
    /// The cart with this id. Null when there is none, when it was ordered and paid, or when it was merged into another at
    /// sign-in.
    async fn cart(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The cart's whole id, with its secret; any authority before `/Cart/` is accepted.")] id: ID,
    ) -> Option<Cart> {
        errors::optional(ctx, read(ctx, &id).await)
    }
}

async fn read(ctx: &Context<'_>, id: &ID) -> Result<Option<Cart>, Error> {
    let Some(access) = ids::access(ctx, "id", id)? else { return Ok(None) };
    let app = ctx.app();
    let found = cart::open(app.database.reader(), app.sources.now(), &access).await?;
    ctx.request().budget.charge(1)?;
    Ok(found.map(Cart::new))
}
