//! Ids of carts in the API: `gid://cartwright/Cart/<uuid>.<code>`. The code makes the id a capability.

use async_graphql::{Context, ID};
use entity::ids::{CartId, CartLineId};
use uuid::Uuid;

use crate::{
    domain::{
        cart::{self, CartAccess},
        shared::Error,
    },
    graphql::{
        context::ContextExt,
        global_id::{GlobalId, NodeId},
    },
    platform::keys::KeyRing,
};

/// The id as the API shows it.
pub fn encode(keys: &KeyRing, id: CartId) -> ID {
    ID(format!("gid://cartwright/{}/{}", CartId::KIND, cart::capability(keys, id)))
}

/// The id of a line as the API shows it. It carries the cart's tail, so that it can be looked up by itself.
pub fn encode_line(keys: &KeyRing, cart: CartId, id: CartLineId) -> ID {
    ID(format!("gid://cartwright/{}/{id}?cart={}", CartLineId::KIND, cart::capability(keys, cart)))
}

/// What the cart's tail in the id of a part of it opens. `None`: there is none, or its code is wrong.
pub fn access_of_part(ctx: &Context<'_>, id: &ID) -> Option<CartAccess> {
    let tail = GlobalId::parse(id)?.query_value("cart")?;
    let (uuid, code) = tail.split_once('.')?;
    CartAccess::verify(&ctx.app().capability_keys, ctx.viewer(), Uuid::try_parse(uuid).ok()?, code)
}

/// What the id opens. `None`: its code is wrong, which must read like a cart that is not there.
///
/// # Errors
/// `BadInput` naming `argument`: malformed, or of another type.
pub fn access(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<Option<CartAccess>, Error> {
    let tail = GlobalId::parse(id).filter(|parsed| parsed.kind == CartId::KIND).map(|parsed| parsed.tail);
    let (uuid, code) = tail.map(|tail| tail.split_once('.').unwrap_or((tail, ""))).unwrap_or_default();
    let uuid = Uuid::try_parse(uuid)
        .map_err(|_| Error::bad_input(argument, "must be the id of a cart: gid://cartwright/Cart/…"))?;
    Ok(CartAccess::verify(&ctx.app().capability_keys, ctx.viewer(), uuid, code))
}
