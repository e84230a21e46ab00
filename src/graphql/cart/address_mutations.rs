//! Changing the delivery addresses of carts.

use async_graphql::{Context, Object};

use super::{
    address_inputs::{
        CartDeliveryAddressesAddInput, CartDeliveryAddressesRemoveInput, CartDeliveryAddressesUpdateInput,
    },
    edit::{Addressed, edit},
    line_mutations::below_input,
    payloads::{
        CartDeliveryAddressesAddPayload, CartDeliveryAddressesRemovePayload, CartDeliveryAddressesUpdatePayload,
    },
};
use crate::domain::cart::Edit;

/// Changing the delivery addresses of carts.
#[derive(Debug, Default)]
pub struct CartAddressMutation;

#[Object]
impl CartAddressMutation {
    /// Adds delivery addresses to a cart. One that the cart has already is not added again, and a warning says so.
    async fn cart_delivery_addresses_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The addresses.")] mut input: CartDeliveryAddressesAddInput,
    ) -> Option<CartDeliveryAddressesAddPayload> {
        let addresses = Edit::AddAddresses(input.take());
        let addressed = Addressed { id: &input.cart_id, expected_version: input.expected_version };
        let changed = edit(ctx, addressed, Ok(addresses)).await.map_err(below_input);
        CartDeliveryAddressesAddPayload::of(ctx, changed)
    }

    /// Changes delivery addresses of a cart.
    async fn cart_delivery_addresses_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] mut input: CartDeliveryAddressesUpdateInput,
    ) -> Option<CartDeliveryAddressesUpdatePayload> {
        let changes = input.take().map(Edit::UpdateAddresses);
        let addressed = Addressed { id: &input.cart_id, expected_version: input.expected_version };
        CartDeliveryAddressesUpdatePayload::of(ctx, edit(ctx, addressed, changes).await.map_err(below_input))
    }

    /// Takes delivery addresses out of a cart.
    async fn cart_delivery_addresses_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The addresses.")] input: CartDeliveryAddressesRemoveInput,
    ) -> Option<CartDeliveryAddressesRemovePayload> {
        let ids = input.take().map(Edit::RemoveAddresses);
        let addressed = Addressed { id: &input.cart_id, expected_version: input.expected_version };
        CartDeliveryAddressesRemovePayload::of(ctx, edit(ctx, addressed, ids).await.map_err(below_input))
    }
}
