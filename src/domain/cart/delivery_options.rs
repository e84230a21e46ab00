//! Choosing how a cart is delivered, and what a choice is for once its address is gone.
//!
//! A choice is kept as it was made. Whether it fits is decided by the quote, so that one that fits no more is told and not
//! silently replaced.

use std::sync::Arc;

use entity::{
    cart::{
        cart::{self, DeliveryChoice, DeliveryChoices},
        cart_address,
    },
    ids::{CartAddressId, CartId},
};
use pricing::{AddressKey, DeliveryGroup, DeliveryProblem};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{EditableCart, ProblemKind, Reason, Refusal, edit::Outcome, snapshot::snapshot};
use crate::{
    domain::shared::{Error, Failure},
    platform::Sources,
};

/// The argument that choices stand in.
const LIST: &str = "selectedDeliveryOptions";

/// The choice of one delivery group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionChoice {
    /// The group: its address, or the cart while it has none. `None` is no group's name.
    pub group: Option<Uuid>,
    /// The option's handle.
    pub handle: String,
}

/// What a delivery group is called: as its address, or as its cart while it has none.
#[must_use]
pub fn group_name(cart: CartId, group: &DeliveryGroup) -> Uuid {
    group.address.map_or(cart.0, |AddressKey(key)| Uuid::from_u128(key))
}

/// Chooses options that the cart's groups have now. A group that is not named keeps its choice.
pub(super) async fn choose(
    tx: &DatabaseTransaction,
    sources: &Sources,
    cart: &EditableCart,
    wanted: Vec<OptionChoice>,
) -> Result<Outcome, Failure<Refusal>> {
    let now = snapshot(tx, sources.now(), cart.cart().id).await?;
    let now = now.ok_or_else(|| Error::fault("a locked cart is not there"))?;
    let addresses: Vec<CartAddressId> = now.addresses.iter().map(|row| row.id).collect();
    let groups = &now.quote.engine().delivery_groups;
    let chosen = chosen_of(cart.cart(), &addresses, groups, wanted).map_err(Failure::Refused)?;
    Ok(Outcome::column(cart::Column::DeliveryChoices, chosen))
}

/// The choices of a cart after these, for the groups and the addresses that it has now.
fn chosen_of(
    cart: &cart::Model,
    addresses: &[CartAddressId],
    groups: &[DeliveryGroup],
    wanted: Vec<OptionChoice>,
) -> Result<DeliveryChoices, Vec<Refusal>> {
    let mut refusals = Vec::new();
    // A choice whose address is gone counts for all groups; from now on those that are chosen for have their own.
    let mut chosen = cart.delivery_choices.0.clone();
    for (index, choice) in wanted.into_iter().enumerate() {
        let group = groups.iter().find(|group| Some(group_name(cart.id, group)) == choice.group);
        let Some(group) = group else {
            refusals.push(Refusal::at(Reason::DeliveryGroupNotFound, LIST, index, "deliveryGroupId"));
            continue;
        };
        if !group.options.iter().any(|option| *option.handle == *choice.handle) {
            refusals.push(Refusal::at(Reason::DeliveryOptionNotFound, LIST, index, "deliveryOptionHandle"));
            continue;
        }
        let address = group.address.map(|AddressKey(key)| CartAddressId(Uuid::from_u128(key)));
        chosen.retain(|other| other.address.is_some_and(|of| Some(of) != address && addresses.contains(&of)));
        chosen.push(DeliveryChoice { address, handle: choice.handle });
    }
    if refusals.is_empty() { Ok(DeliveryChoices(chosen)) } else { Err(refusals) }
}

/// The choices as the pricing engine reads them. The selected address's is for what goes to the destination, which a checkout
/// may replace; those of other addresses rest. One whose address is gone is for every group without its own, so that an
/// address that is put in the place of another keeps what was chosen for that.
pub(super) fn for_engine(
    choices: &DeliveryChoices,
    addresses: &[cart_address::Model],
    destination: Option<Uuid>,
) -> Vec<pricing::DeliveryChoice> {
    let of = |choice: &DeliveryChoice| {
        let address = choice.address.and_then(|id| addresses.iter().find(|row| row.id == id));
        let group = match address {
            Some(address) if !address.selected => return None,
            Some(_) => destination.map(|id| AddressKey(id.as_u128())),
            None => None,
        };
        Some(pricing::DeliveryChoice { group, handle: Arc::from(choice.handle.as_str()) })
    };
    choices.0.iter().filter_map(of).collect()
}

/// The problem of a cart that a group's problem is, with the handle of the option that it is about. What checkout asks for, an
/// address and a choice, is none yet.
pub(super) fn problem_of(problem: &DeliveryProblem) -> Option<(ProblemKind, Option<&str>)> {
    match problem {
        DeliveryProblem::AddressMissing => None,
        DeliveryProblem::NotChosen => Some((ProblemKind::DeliveryOptionRequired, None)),
        DeliveryProblem::NotDelivered => Some((ProblemKind::NotDelivered, None)),
        DeliveryProblem::NoRate => Some((ProblemKind::NoDeliveryRate, None)),
        DeliveryProblem::ChosenUnknown(handle) => Some((ProblemKind::DeliveryOptionGone, Some(handle))),
        DeliveryProblem::ChosenNotInZone(handle) => Some((ProblemKind::DeliveryOptionNotForAddress, Some(handle))),
        DeliveryProblem::ChosenNotForWeight(handle) => Some((ProblemKind::DeliveryOptionNotForWeight, Some(handle))),
        DeliveryProblem::ChosenNotForPrice(handle) => Some((ProblemKind::DeliveryOptionNotForPrice, Some(handle))),
        DeliveryProblem::ChosenNotInCurrency(handle) => Some((ProblemKind::DeliveryOptionNotInCurrency, Some(handle))),
    }
}
