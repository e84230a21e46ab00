//! Reading price lists.

use async_graphql::{Context, ID, Object};

use super::types::PriceList;
use crate::{
    domain::{
        price_list,
        shared::{Error, Page, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        global_id::decode,
        pagination::{Arguments, Connection, connection},
    },
};

async fn list(ctx: &Context<'_>, arguments: Arguments) -> Result<Connection<PriceList>, Error> {
    ctx.require(Permission::ReadProducts)?;
    let request = arguments.check()?;
    let all = price_list::all(ctx.app().database.reader()).await?;
    connection(ctx, Page::from_slice(&request, all)?, PriceList)
}

async fn one(ctx: &Context<'_>, id: &ID) -> Result<Option<PriceList>, Error> {
    ctx.require(Permission::ReadProducts)?;
    PriceList::load(ctx, decode("id", id)?).await
}

/// Reads of price lists.
#[derive(Debug, Default)]
pub struct PriceListQuery;

#[Object]
impl PriceListQuery {
    /// A price list; null when there is none with this id. Needs READ_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::reads_products")]
    async fn price_list(&self, ctx: &Context<'_>, #[graphql(desc = "The list's id.")] id: ID) -> Option<PriceList> {
        errors::optional(ctx, one(ctx, &id).await)
    }

    /// The price lists of the shop, those of the highest priority first. Needs READ_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::reads_products")]
    async fn price_lists(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Connection<PriceList>> {
        errors::nullable(ctx, list(ctx, Arguments { first, last, after, before }).await)
    }
}
