//! What a checkout asks of the delivery, and what an order keeps of it.

use entity::{address::Address, order::order::Deliveries};
use pricing::{DeliveryGroup, OptionKind};
use sea_orm::ConnectionTrait;

use super::{CheckoutRefusal, complete::Completion};
use crate::domain::{
    cart::CartSnapshot,
    delivery,
    shared::{Error, country_name},
    shop::Shop,
};

/// Most countries that a refusal names.
const NAMED_MOST: usize = 8;

/// How what is bought comes to its buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// There is nothing to deliver.
    Nothing,
    /// All of it is collected.
    Collected,
    /// Something is sent to an address.
    Sent,
}

impl Way {
    /// The way of a cart.
    pub(super) fn of(snapshot: &CartSnapshot) -> Self {
        let groups = &snapshot.quote.engine().delivery_groups;
        if !snapshot.lines.iter().any(|line| line.sellable.requires_shipping) {
            Self::Nothing
        } else if !groups.is_empty() && groups.iter().all(is_collected) {
            Self::Collected
        } else {
            Self::Sent
        }
    }
}

fn is_collected(group: &DeliveryGroup) -> bool {
    let chosen = group.options.iter().find(|option| Some(&option.handle) == group.chosen.as_ref());
    chosen.is_some_and(|option| matches!(option.kind, OptionKind::Pickup(_)))
}

/// What is wrong with the delivery. `address` is where something is sent, once that is known.
pub(super) fn refusals(
    completion: &Completion,
    snapshot: &CartSnapshot,
    shop: &Shop,
    address: Option<&Address>,
) -> Vec<CheckoutRefusal> {
    if let Some(refusal) = address.and_then(|address| not_served(address, shop)) {
        // Whether anything is delivered there is not the question then.
        return vec![refusal];
    }
    let groups = &snapshot.quote.engine().delivery_groups;
    if groups.is_empty() && completion.delivery_option.is_some() {
        return vec![CheckoutRefusal::DeliveryOption];
    }
    // Without an address, that is what is asked for first.
    groups.iter().filter(|group| group.address.is_some()).filter_map(refusal_of).collect()
}

/// Why a group is not delivered as chosen, with what may be chosen instead.
pub(super) fn refusal_of(group: &DeliveryGroup) -> Option<CheckoutRefusal> {
    let problem = group.problem.clone()?;
    let options = group.options.iter().map(|option| option.handle.to_string()).collect();
    Some(CheckoutRefusal::Delivery { problem, options })
}

/// Why nothing is sent to a country.
pub(super) fn not_served(address: &Address, shop: &Shop) -> Option<CheckoutRefusal> {
    let code = address.country_code.as_deref()?;
    let served = &shop.country_codes.0;
    if served.iter().any(|country| country == code) {
        return None;
    }
    let mut names: Vec<&str> = served.iter().take(NAMED_MOST).map(|code| country_name(code)).collect();
    if served.len() > NAMED_MOST {
        names.push("other countries");
    }
    Some(CheckoutRefusal::CountryNotServed { country: country_name(code).to_owned(), served: names.join(", ") })
}

/// What an order keeps of how it is delivered; nothing where there was nothing to choose.
///
/// # Errors
/// The database's.
pub(super) async fn kept(db: &impl ConnectionTrait, groups: &[DeliveryGroup]) -> Result<Option<Deliveries>, Error> {
    if groups.is_empty() {
        return Ok(None);
    }
    Ok(Some(delivery::told(db, groups).await?))
}
