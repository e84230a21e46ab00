//! The shop's rules, as far as they may concern a cart. Without any, a cart costs what its lines cost.

use serde::{Deserialize, Serialize};

use crate::{Address, Cart, DeliveryRules, Discount, TaxRules, place::containing};

/// The rules of a shop. The default is a shop without discounts, delivery costs and taxes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Every automatic discount that is active, and those whose codes were entered, active or not.
    pub discounts: Vec<Discount>,
    /// Delivery; none means that the shop has no rules for it: there are no delivery groups and it costs nothing.
    pub delivery: Option<DeliveryRules>,
    /// Taxes; none means that the shop charges none.
    pub taxes: Option<TaxRules>,
}

impl Rules {
    /// The rules of delivery and taxes as far as they concern the places of this cart: for a cart that goes to the same place, or is
    /// collected, they say the same as all of them.
    #[must_use]
    pub fn at_places_of(&self, cart: &Cart) -> Self {
        let known = cart.addresses.iter().map(|(_, address)| address.clone());
        let mut places: Vec<Address> = known.chain(cart.country.map(Address::of_country)).collect();
        let delivery = self.delivery.clone().map(|mut rules| {
            rules.zones.iter_mut().for_each(|zone| zone.areas = containing(&zone.areas, &places));
            rules.zones.retain(|zone| !zone.areas.is_empty());
            rules
        });
        places.extend(delivery.iter().flat_map(|rules| &rules.pickups).map(|pickup| pickup.address.clone()));
        let taxes = self.taxes.clone().map(|mut rules| {
            rules.zones.iter_mut().for_each(|zone| zone.areas = containing(&zone.areas, &places));
            rules.zones.retain(|zone| !zone.areas.is_empty() || Some(zone.key) == rules.home);
            rules
        });
        Self { discounts: Vec::new(), delivery, taxes }
    }
}
