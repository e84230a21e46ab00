//! Carts, their lines and their addresses by an id of their own. The id of a part carries the cart's secret, as the cart's
//! own id does: who has it has the cart.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    Context, ContextSelectionSet, ID, OutputType, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry,
};
use entity::ids::{CartAddressId, CartLineId};

use super::{Cart, CartLine, ids, loaders};
use crate::{
    domain::shared::Error,
    graphql::{
        address::{AddressOwner, MailingAddress},
        global_id::{self, GlobalId},
    },
};

/// The cart with this id.
///
/// # Errors
/// `BadInput` naming `argument`; the database's.
pub async fn cart(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<Option<Cart>, Error> {
    match ids::access(ctx, argument, id)? {
        Some(access) => Ok(loaders::load(ctx, access).await?.map(Cart::shared)),
        None => Ok(None),
    }
}

/// The line with this id.
///
/// # Errors
/// `BadInput` naming `argument`; the database's.
pub async fn line(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<Option<CartLine>, Error> {
    let line_id: CartLineId = global_id::decode(argument, id)?;
    let Some(access) = ids::access_of_part(ctx, id) else { return Ok(None) };
    let Some(snapshot) = loaders::load(ctx, access).await? else { return Ok(None) };
    Ok(CartLine::all(&snapshot).into_iter().find(|line| line.line_id() == line_id))
}

/// The delivery address with this id, as an address of its own.
///
/// # Errors
/// The database's.
pub async fn address(ctx: &Context<'_>, address_id: CartAddressId, id: &ID) -> Result<Option<MailingAddress>, Error> {
    let Some(access) = ids::access_of_part(ctx, id) else { return Ok(None) };
    let Some(snapshot) = loaders::load(ctx, access).await? else { return Ok(None) };
    let found = snapshot.addresses.iter().find(|row| row.id == address_id);
    let tail = GlobalId::parse(id).and_then(|parsed| parsed.query_value("cart")).unwrap_or_default();
    let made = |address| MailingAddress::new(AddressOwner::Cart(address_id, tail.to_owned()), address);
    Ok(found.map(|row| made(row.address.clone())))
}

impl Cart {
    fn shared(snapshot: Arc<crate::domain::cart::CartSnapshot>) -> Self {
        Self(snapshot)
    }
}

/// The id of a line: an `ID` like any other. The interface `BaseCartLine` implements `Node`, which the library cannot say
/// of an interface; it is said where the type of the interface's `id` is registered.
#[derive(Debug)]
pub struct LineId(ID);

impl From<ID> for LineId {
    fn from(id: ID) -> Self {
        Self(id)
    }
}

impl OutputType for LineId {
    fn type_name() -> Cow<'static, str> {
        <ID as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.add_implements("BaseCartLine", "Node");
        <ID as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        OutputType::resolve(&self.0, ctx, field).await
    }
}
