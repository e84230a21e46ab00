//! Choosing how a cart is delivered, and what a choice is for once its address is gone.
//!
//! A choice is kept as it was made. Whether it fits is decided by the quote, so that one that fits no more is told and not
//! silently replaced.

use std::sync::Arc;

use entity::{
    cart::cart::{DeliveryChoice, DeliveryChoices},
    ids::{CartAddressId, CartId},
};
use pricing::{AddressKey, DeliveryGroup, DeliveryProblem};
use uuid::Uuid;

use super::{ProblemKind, Reason, Refusal};
use crate::domain::shared::Error;

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

/// The choices of a cart after these, for the groups and the addresses that it has now.
pub(super) fn choose(
    cart: CartId,
    present: &DeliveryChoices,
    addresses: &[CartAddressId],
    groups: &[DeliveryGroup],
    wanted: Vec<OptionChoice>,
) -> Result<DeliveryChoices, Vec<Refusal>> {
    let mut refusals = Vec::new();
    // A choice whose address is gone counts for all groups; from now on those that are chosen for have their own.
    let mut chosen = present.0.clone();
    for (index, choice) in wanted.into_iter().enumerate() {
        let group = groups.iter().find(|group| Some(group_name(cart, group)) == choice.group);
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

/// The choices as the pricing engine reads them. One whose address is gone is for every group without its own, so that an
/// address that is put in the place of another keeps what was chosen for that.
pub(super) fn for_engine(choices: &DeliveryChoices, addresses: &[CartAddressId]) -> Vec<pricing::DeliveryChoice> {
    let of = |choice: &DeliveryChoice| pricing::DeliveryChoice {
        group: choice.address.filter(|address| addresses.contains(address)).map(|address| AddressKey(address.0.as_u128())),
        handle: Arc::from(choice.handle.as_str()),
    };
    choices.0.iter().map(of).collect()
}

/// The problem of a cart that a group's problem is. What checkout asks for, an address and a choice, is none yet.
pub(super) fn problem_of(problem: &DeliveryProblem) -> Option<ProblemKind> {
    match problem {
        DeliveryProblem::AddressMissing | DeliveryProblem::NotChosen => None,
        DeliveryProblem::NotDelivered => Some(ProblemKind::NotDelivered),
        DeliveryProblem::NoRate => Some(ProblemKind::NoDeliveryRate),
        DeliveryProblem::ChosenUnknown(_) => Some(ProblemKind::DeliveryOptionGone),
        DeliveryProblem::ChosenNotInZone(_) => Some(ProblemKind::DeliveryOptionNotForAddress),
        DeliveryProblem::ChosenNotForWeight(_) => Some(ProblemKind::DeliveryOptionNotForWeight),
        DeliveryProblem::ChosenNotForPrice(_) => Some(ProblemKind::DeliveryOptionNotForPrice),
        DeliveryProblem::ChosenNotInCurrency(_) => Some(ProblemKind::DeliveryOptionNotInCurrency),
    }
}
