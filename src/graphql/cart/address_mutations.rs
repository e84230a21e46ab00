//! Changing the delivery addresses of carts.

use async_graphql::{Context, ID, Object};

use super::{
    address_inputs::{CartSelectableAddressInput, CartSelectableAddressUpdateInput},
    edit::{Addressed, edit},
    payloads::{
        CartDeliveryAddressesAddPayload, CartDeliveryAddressesRemovePayload, CartDeliveryAddressesReplacePayload,
        CartDeliveryAddressesUpdatePayload,
    },
};
use crate::{
    domain::{
        cart::{AddressList, Edit},
        shared::Error,
    },
    graphql::global_id,
};

/// Changing the delivery addresses of carts.
#[derive(Debug, Default)]
pub struct CartAddressMutation;

#[Object]
impl CartAddressMutation {
    /// Adds delivery addresses to a cart. One that the cart has already is not added again, and a warning says so.
    async fn cart_delivery_addresses_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "The addresses; a cart holds at most 20.")] addresses: Vec<CartSelectableAddressInput>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartDeliveryAddressesAddPayload> {
        let addresses = CartSelectableAddressInput::check_all(ctx, addresses).await;
        let addresses = addresses.map(|addresses| Edit::AddAddresses(addresses, AddressList::Argument));
        let addressed = Addressed { id: &cart_id, expected_version };
        CartDeliveryAddressesAddPayload::of(ctx, edit(ctx, addressed, addresses).await)
    }

    /// Changes delivery addresses of a cart.
    async fn cart_delivery_addresses_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "The changes.")] addresses: Vec<CartSelectableAddressUpdateInput>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartDeliveryAddressesUpdatePayload> {
        let changes = CartSelectableAddressUpdateInput::check_all(ctx, addresses).await.map(Edit::UpdateAddresses);
        let addressed = Addressed { id: &cart_id, expected_version };
        CartDeliveryAddressesUpdatePayload::of(ctx, edit(ctx, addressed, changes).await)
    }

    /// Takes delivery addresses out of a cart.
    async fn cart_delivery_addresses_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "Ids of the delivery addresses.")] address_ids: Vec<ID>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartDeliveryAddressesRemovePayload> {
        let ids = address_ids.iter().enumerate();
        let ids: Result<_, Error> =
            ids.map(|(index, id)| global_id::decode(&format!("addressIds.{index}"), id)).collect();
        let addressed = Addressed { id: &cart_id, expected_version };
        CartDeliveryAddressesRemovePayload::of(ctx, edit(ctx, addressed, ids.map(Edit::RemoveAddresses)).await)
    }

    /// Puts delivery addresses in place of all that a cart has; an empty list removes them.
    async fn cart_delivery_addresses_replace(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "All addresses, at most 20.")] addresses: Vec<CartSelectableAddressInput>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartDeliveryAddressesReplacePayload> {
        let addresses = CartSelectableAddressInput::check_all(ctx, addresses).await.map(Edit::ReplaceAddresses);
        let addressed = Addressed { id: &cart_id, expected_version };
        CartDeliveryAddressesReplacePayload::of(ctx, edit(ctx, addressed, addresses).await)
    }
}
