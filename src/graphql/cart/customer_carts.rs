//! The carts of a customer.

use async_graphql::Context;
use entity::ids::AccountId;

use super::{Cart, CartKind};
use crate::{
    domain::{
        cart,
        shared::{Error, Page},
    },
    graphql::{
        context::ContextExt,
        pagination::{Arguments, Connection, connection},
    },
};

/// A page of a customer's carts, newest first, in a constant number of statements.
///
/// # Errors
/// `BadInput` naming the argument; `TooComplex`; the database's.
pub async fn customer_carts(
    ctx: &Context<'_>,
    account_id: AccountId,
    arguments: Arguments,
    kind: Option<CartKind>,
) -> Result<Connection<Cart>, Error> {
    let app = ctx.app();
    let db = app.database.reader();
    let page = cart::carts_of(db, account_id, kind.map(Into::into), &arguments.check()?).await?;
    let ids: Vec<_> = page.items.iter().map(|(_, id)| *id).collect();
    let mut snapshots = cart::snapshots(db, app.sources.now(), &ids).await?;
    let mut cart_of = |id| {
        let place = snapshots.iter().position(|snapshot| snapshot.cart.id == id);
        place.map(|place| Cart::new(snapshots.swap_remove(place)))
    };
    let Page { items, has_next, has_previous, total } = page;
    let items = items.into_iter().filter_map(|(cursor, id)| cart_of(id).map(|cart| (cursor, cart))).collect();
    connection(ctx, Page { items, has_next, has_previous, total }, |cart| cart)
}
