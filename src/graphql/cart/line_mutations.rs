//! Making carts and changing their lines.

use async_graphql::{Context, ID, Object};

use super::{
    edit::{Addressed, edit},
    ids,
    inputs::{CartCloneInput, CartInput, CartLineInput, CartLineUpdateInput},
    payloads::{
        CartClonePayload, CartCreatePayload, CartLinesAddPayload, CartLinesRemovePayload, CartLinesUpdatePayload,
        Changed,
    },
};
use crate::{
    domain::{
        cart::{self, Edit, Refusal},
        shared::{Error, Failure},
    },
    graphql::{context::ContextExt, global_id},
    platform::tx,
};

/// Making carts and changing their lines.
#[derive(Debug, Default)]
pub struct CartLineMutation;

#[Object]
impl CartLineMutation {
    /// Makes a cart, in the currency of its buyer's country. It is the customer's who is signed in, else a guest's. Of
    /// merchandise that is short, as much as there is goes in, and a warning says so.
    async fn cart_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the cart is made of; empty when left out.")] input: Option<CartInput>,
    ) -> Option<CartCreatePayload> {
        CartCreatePayload::of(ctx, create(ctx, input.unwrap_or_default()).await)
    }

    /// Puts merchandise into a cart. A variant with attributes that the cart holds already adds to that line. Of what is
    /// short, as much as there is goes in, and a warning says so. A cart holds at most 500 lines.
    async fn cart_lines_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "The merchandise, at most 250 lines in one call.")] lines: Vec<CartLineInput>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartLinesAddPayload> {
        let lines = CartLineInput::check_all("lines", lines).map(Edit::AddLines);
        CartLinesAddPayload::of(ctx, edit(ctx, Addressed { id: &cart_id, expected_version }, lines).await)
    }

    /// Changes lines of a cart; quantity 0 removes the line. Lines that become equal become one. Where stock is short the
    /// quantity is lowered, and a warning says so.
    async fn cart_lines_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "The changes, at most 250 in one call.")] lines: Vec<CartLineUpdateInput>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartLinesUpdatePayload> {
        let lines = CartLineUpdateInput::check_all(lines).map(Edit::UpdateLines);
        CartLinesUpdatePayload::of(ctx, edit(ctx, Addressed { id: &cart_id, expected_version }, lines).await)
    }

    /// Takes lines out of a cart.
    async fn cart_lines_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "Ids of the lines.")] line_ids: Vec<ID>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartLinesRemovePayload> {
        let ids = line_ids.iter().enumerate();
        let ids: Result<_, Error> = ids.map(|(index, id)| global_id::decode(&format!("lineIds.{index}"), id)).collect();
        let removal = ids.map(Edit::RemoveLines);
        CartLinesRemovePayload::of(ctx, edit(ctx, Addressed { id: &cart_id, expected_version }, removal).await)
    }

    /// Makes a new cart with the lines, note, attributes and discount codes of another. Who buys and where it is sent is
    /// not copied, so that a copy can be given away.
    async fn cart_clone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cart to copy.")] input: CartCloneInput,
    ) -> Option<CartClonePayload> {
        CartClonePayload::of(ctx, clone(ctx, &input.cart_id).await)
    }
}

async fn create(ctx: &Context<'_>, input: CartInput) -> Changed {
    let app = ctx.app();
    let new = input.check(ctx).await.map_err(below_input)?;
    let tx = tx::begin(&app.database).await?;
    let created = cart::create_cart(&tx, &app.sources, new).await.map_err(below_input)?;
    tx.commit().await?;
    Ok(created)
}

async fn clone(ctx: &Context<'_>, id: &ID) -> Changed {
    let app = ctx.app();
    let not_found = || Failure::refuse(Refusal::cart_not_found().below("input"));
    let access = ids::access(ctx, "input.cartId", id)?.ok_or_else(not_found)?;
    let tx = tx::begin(&app.database).await?;
    let account_id = ctx.viewer().customer_account();
    let copy = cart::clone_cart(&tx, &app.sources, &access, account_id).await.map_err(below_input)?;
    tx.commit().await?;
    Ok(copy)
}

/// Paths of refusals below the argument `input`.
pub(super) fn below_input(failure: Failure<Refusal>) -> Failure<Refusal> {
    match failure {
        Failure::Refused(reasons) => {
            Failure::Refused(reasons.into_iter().map(|reason| reason.below("input")).collect())
        }
        Failure::Error(error) => Failure::Error(error),
    }
}
