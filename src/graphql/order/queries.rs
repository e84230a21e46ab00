//! Reading orders.

use async_graphql::{Context, ID, Object};
use entity::ids::AccountId;

use super::{Order, access, inputs::OrderFilterInput};
use crate::{
    domain::{
        order,
        shared::{Error, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        pagination::{Arguments, Connection, connection},
    },
};

/// Reads of orders.
#[derive(Debug, Default)]
pub struct OrderQuery;

#[Object]
impl OrderQuery {
    /// An order: the viewer's own, one whose access token is sent along, or any for staff with READ_ORDERS. Null for every
    /// other, as for one that does not exist.
    async fn order(&self, ctx: &Context<'_>, #[graphql(desc = "The order's id.")] id: ID) -> Option<Order> {
        errors::optional(ctx, access::open(ctx, "id", &id).await).map(Order)
    }

    /// The orders of the shop, newest first. Needs READ_ORDERS.
    #[graphql(visible = "crate::graphql::guards::reads_orders")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "An order number, or the beginning of an e-mail address.")] query: Option<String>,
        #[graphql(desc = "Which orders.")] filter: Option<OrderFilterInput>,
    ) -> Option<Connection<Order>> {
        let arguments = Arguments { first, last, after, before };
        let found = async {
            ctx.require(Permission::ReadOrders)?;
            let request = arguments.check()?;
            let filter = filter.unwrap_or_default().with_text(query);
            let page = order::list(ctx.app().database.reader(), &filter, &request).await?;
            connection(ctx, page, Order)
        };
        errors::nullable(ctx, found.await)
    }
}

/// The paid orders of a customer, newest first.
///
/// # Errors
/// `BadInput`, `TooComplex`, the database's.
pub async fn orders_of_customer(
    ctx: &Context<'_>,
    account_id: AccountId,
    arguments: Arguments,
) -> Result<Connection<Order>, Error> {
    let request = arguments.check()?;
    let page = order::orders_of_customer(ctx.app().database.reader(), account_id, &request).await?;
    connection(ctx, page, Order)
}
