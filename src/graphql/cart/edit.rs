//! The one way in which mutations change carts: lock, open, change and read back in one transaction.

use async_graphql::{Context, ID};

use super::{ids, payloads::Changed};
use crate::{
    domain::{
        cart::{self, CartStatus, Edit, EditableCart, Refusal},
        checkout,
        shared::Failure,
    },
    graphql::context::ContextExt,
    platform::tx::{self, WriteTx},
};

/// Which cart, and the version that the caller read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Addressed<'a> {
    pub(super) id: &'a ID,
    pub(super) expected_version: Option<i32>,
}

/// Changes the caller's cart.
pub(super) async fn edit<E>(ctx: &Context<'_>, addressed: Addressed<'_>, edit: Result<Edit, E>) -> Changed
where
    Failure<Refusal>: From<E>,
{
    apply(ctx, addressed, edit?).await
}

/// Changes the caller's cart, where nothing of the change had to be checked before.
pub(super) async fn apply(ctx: &Context<'_>, addressed: Addressed<'_>, edit: Edit) -> Changed {
    let (tx, cart) = open(ctx, addressed).await?;
    let edited = cart::edit(&tx, &ctx.app().sources, &cart, edit).await?;
    tx.commit().await?;
    Ok(edited)
}

/// Begins a transaction, locks the caller's cart in it and opens it for an edit.
pub(super) async fn open(
    ctx: &Context<'_>,
    addressed: Addressed<'_>,
) -> Result<(WriteTx, EditableCart), Failure<Refusal>> {
    let not_found = || Failure::refuse(Refusal::cart_not_found());
    let access = ids::access(ctx, "cartId", addressed.id)?.ok_or_else(not_found)?;
    let tx = tx::begin(&ctx.app().database).await?;
    let mut locked = cart::lock_for(&tx, &access).await?.ok_or_else(not_found)?;
    // A payment of the cart pends: the edit cancels its order and frees the stock, all in this transaction, so that an
    // edit that is refused leaves the order as it was.
    if locked.cart().status == CartStatus::Locked
        && checkout::release_cart(&tx, &ctx.app().sources, locked.cart().id).await?
    {
        locked = cart::lock_for(&tx, &access).await?.ok_or_else(not_found)?;
    }
    let cart = cart::open_for_edit(locked, addressed.expected_version)?;
    Ok((tx, cart))
}
