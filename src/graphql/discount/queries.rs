//! Reading discounts.

use async_graphql::{Context, ID, Object};

use super::types::{Discount, DiscountMethod, DiscountStatus};
use crate::{
    domain::{
        discount::list::{self, Filter},
        shared::{Error, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        global_id::decode,
        pagination::{Arguments, Connection, connection},
    },
};

/// Which discounts are asked for.
struct Asked {
    arguments: Arguments,
    reverse: bool,
    query: Option<String>,
    status: Option<DiscountStatus>,
    method: Option<DiscountMethod>,
}

async fn one(ctx: &Context<'_>, id: &ID) -> Result<Option<Discount>, Error> {
    ctx.require(Permission::ReadDiscounts)?;
    Discount::load_visible(ctx, decode("id", id)?).await
}

async fn some(ctx: &Context<'_>, asked: Asked) -> Result<Connection<Discount>, Error> {
    ctx.require(Permission::ReadDiscounts)?;
    let page = asked.arguments.check()?;
    let mut filter = Filter::parse("query", asked.query.as_deref().unwrap_or_default())?;
    filter.status = asked.status.map(Into::into);
    filter.method = asked.method.map(Into::into);
    let app = ctx.app();
    let found = list::discounts(app.database.reader(), app.sources.now(), &filter, asked.reverse, &page).await?;
    connection(ctx, found, Discount::shown)
}

/// Reads of discounts.
#[derive(Debug, Default)]
pub struct DiscountQuery;

#[Object]
impl DiscountQuery {
    /// A discount by its id; null when there is none. Needs READ_DISCOUNTS.
    #[graphql(visible = "crate::graphql::guards::reads_discounts")]
    async fn discount(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Option<Discount> {
        errors::optional(ctx, one(ctx, &id).await)
    }

    /// The discounts, the oldest first. Needs READ_DISCOUNTS.
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    #[graphql(visible = "crate::graphql::guards::reads_discounts")]
    async fn discounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "The newest first; default false.")] reverse: Option<bool>,
        #[graphql(desc = "A part of the title, or the beginning of a code; case and accents make no difference.")]
        query: Option<String>,
        #[graphql(desc = "Only those that stand there now.")] status: Option<DiscountStatus>,
        #[graphql(desc = "Only those that come into a cart so.")] method: Option<DiscountMethod>,
    ) -> Option<Connection<Discount>> {
        let arguments = Arguments { first, last, after, before };
        let asked = Asked { arguments, reverse: reverse.unwrap_or(false), query, status, method };
        errors::nullable(ctx, some(ctx, asked).await)
    }
}
