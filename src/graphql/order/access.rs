//! Who may open an order: its customer, whoever has its token, staff with READ_ORDERS. For everybody else it is not there.

use async_graphql::{Context, ID, dataloader::DataLoader};
use entity::ids::OrderId;

use super::{OrderLoader, loaders::OrderOf};
use crate::{
    domain::{
        order::{self, Order},
        shared::{Error, Permission, Viewer},
    },
    graphql::{context::ContextExt, global_id},
    platform::hold,
};

/// The order with this id, if the caller may open it. A foreign one reads exactly like a missing one.
///
/// # Errors
/// `BadInput` naming `argument`; the database's.
pub async fn open(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<Option<Order>, Error> {
    let id: OrderId = global_id::decode(argument, id)?;
    let found = order::order(ctx.app().database.reader(), id).await?;
    Ok(found.filter(|order| may_open(ctx, order)))
}

/// As [`open`], many of a level in one statement.
///
/// # Errors
/// The database's.
pub async fn load(ctx: &Context<'_>, id: OrderId) -> Result<Option<Order>, Error> {
    let found = ctx.data_unchecked::<DataLoader<OrderLoader>>().load_one(OrderOf(id)).await?;
    Ok(found.filter(|order| may_open(ctx, order)).map(|order| (*order).clone()))
}

/// As [`open`], for a mutation: a missing or foreign order is NOT_FOUND.
///
/// # Errors
/// `NotFound`, `BadInput`, the database's.
pub async fn open_existing(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<Order, Error> {
    let order = open(ctx, argument, id).await?.ok_or(Error::NotFound("order"))?;
    hold::note_order(order.id.0);
    Ok(order)
}

/// Whether the caller may open an order.
pub fn may_open(ctx: &Context<'_>, order: &Order) -> bool {
    let request = ctx.request();
    let token = request.order_access_token.as_deref();
    let by_token = token.is_some_and(|token| order::token_opens(&ctx.app().capability_keys, order.id, token));
    by_token
        || match request.viewer {
            Viewer::Guest => false,
            Viewer::Customer(customer) => order.account_id == Some(customer.account_id),
            Viewer::Staff(_) => request.viewer.may(Permission::ReadOrders),
        }
}
