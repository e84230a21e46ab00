//! What the mutations of delivery addresses take.

use async_graphql::{ID, InputObject};
use entity::ids::CartAddressId;

use crate::{
    domain::{
        cart::{AddressChange, NewAddress},
        shared::Error,
    },
    graphql::{address::MailingAddressInput, global_id},
};

/// A delivery address to add.
#[derive(Clone, Debug, InputObject)]
pub struct CartSelectableAddressInput {
    /// The address.
    address: MailingAddressInput,
    /// Whether the cart is to be sent there; true for the cart's first address, else false, when left out.
    selected: Option<bool>,
}

/// Delivery addresses to add.
#[derive(Clone, Debug, InputObject)]
pub struct CartDeliveryAddressesAddInput {
    /// Id of the cart.
    pub(super) cart_id: ID,
    /// The addresses; a cart holds at most 20.
    pub(super) addresses: Vec<CartSelectableAddressInput>,
    /// The version that you read: VERSION_CONFLICT when the cart changed since.
    pub(super) expected_version: Option<i32>,
}

impl CartDeliveryAddressesAddInput {
    pub(super) fn take(&mut self) -> Vec<NewAddress> {
        let inputs = std::mem::take(&mut self.addresses);
        let taken = inputs.into_iter();
        taken.map(|input| NewAddress { address: input.address.into(), selected: input.selected }).collect()
    }
}

/// A change of one delivery address. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct CartSelectableAddressUpdateInput {
    /// Id of the delivery address.
    id: ID,
    /// Another address in its place.
    address: Option<MailingAddressInput>,
    /// Whether the cart is to be sent there. Selecting one deselects the others.
    selected: Option<bool>,
}

/// Delivery addresses to change.
#[derive(Clone, Debug, InputObject)]
pub struct CartDeliveryAddressesUpdateInput {
    /// Id of the cart.
    pub(super) cart_id: ID,
    /// The changes.
    pub(super) addresses: Vec<CartSelectableAddressUpdateInput>,
    /// The version that you read: VERSION_CONFLICT when the cart changed since.
    pub(super) expected_version: Option<i32>,
}

impl CartDeliveryAddressesUpdateInput {
    pub(super) fn take(&mut self) -> Result<Vec<AddressChange>, Error> {
        let inputs = std::mem::take(&mut self.addresses);
        let changes = inputs.into_iter().enumerate().map(|(index, input)| {
            Ok(AddressChange {
                id: global_id::decode(&format!("input.addresses.{index}.id"), &input.id)?,
                address: input.address.map(Into::into),
                selected: input.selected,
            })
        });
        changes.collect()
    }
}

/// Delivery addresses to take out.
#[derive(Clone, Debug, InputObject)]
pub struct CartDeliveryAddressesRemoveInput {
    /// Id of the cart.
    pub(super) cart_id: ID,
    /// Ids of the delivery addresses.
    pub(super) address_ids: Vec<ID>,
    /// The version that you read: VERSION_CONFLICT when the cart changed since.
    pub(super) expected_version: Option<i32>,
}

impl CartDeliveryAddressesRemoveInput {
    pub(super) fn take(&self) -> Result<Vec<CartAddressId>, Error> {
        let ids = self.address_ids.iter().enumerate();
        ids.map(|(index, id)| global_id::decode(&format!("input.addressIds.{index}"), id)).collect()
    }
}
