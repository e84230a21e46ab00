//! What is charged where: the rates of an address, exemptions, and what an entered price becomes for a buyer there.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Component, PartsPerMillion, PriceBasis, PricesAbroad, ShippingTax, TaxExemption, TaxRate, TaxRules, TaxZone,
};
use crate::{Address, Amount, Customer, PricingError, Rounding, TaxClassKey, error::Result, place::narrowest};

/// Rates are summed in units of 10⁻¹², in which one tax upon another is exact.
pub(super) const SCALE: i128 = PartsPerMillion::ONE * PartsPerMillion::ONE;

/// The rate of each component upon the price, in units of [`SCALE`], with what compound ones charge on others.
pub(super) fn effective(components: &[Component]) -> Vec<i128> {
    let mut total: i128 = 0;
    let rate = |component: &Component| {
        let rate = i128::from(component.rate.0);
        let base = if component.compound { SCALE + total } else { SCALE };
        let effective = rate * base / PartsPerMillion::ONE;
        total += effective;
        effective
    };
    components.iter().map(rate).collect()
}

/// The taxes of several components on a price without them, rounded together.
pub(super) fn upon(net: Amount, components: &[Component], rounding: Rounding) -> Result<Amount> {
    net.share(effective(components).iter().sum(), SCALE, rounding)
}

/// The taxes of several components in a price with them, rounded together.
pub(super) fn within(gross: Amount, components: &[Component], rounding: Rounding) -> Result<Amount> {
    let rate: i128 = effective(components).iter().sum();
    gross.share(rate, SCALE + rate, rounding)
}

/// The shop's rules with this buyer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places<'a> {
    rules: &'a TaxRules,
    exempt: bool,
    tax_number: bool,
}

impl<'a> Places<'a> {
    /// Checks the rules.
    pub fn new(rules: &'a TaxRules, customer: Option<&Customer>) -> Result<Self> {
        let mut zones = BTreeSet::new();
        for zone in &rules.zones {
            if !zones.insert(zone.key) {
                return Err(PricingError::Duplicate("tax zones"));
            }
            check(zone)?;
        }
        if rules.home.is_some_and(|home| !zones.contains(&home)) {
            return Err(PricingError::Rule("the home tax zone does not exist"));
        }
        let exempt = customer.is_some_and(|customer| customer.tax_exempt);
        let tax_number = customer.is_some_and(|customer| customer.tax_number_valid);
        Ok(Self { rules, exempt, tax_number })
    }

    /// The place where something is taxed: the shop's own zone while nothing is known of the buyer's.
    pub fn at(self, address: Option<&Address>) -> Place<'a> {
        let zones = || self.rules.zones.iter().map(|zone| (zone.key, zone.areas.as_slice()));
        let home = self.rules.zones.iter().find(|zone| Some(zone.key) == self.rules.home);
        let zone = match address {
            Some(address) => narrowest(zones(), address).map(|index| &self.rules.zones[index]),
            None => home,
        };
        let exemption = match zone {
            None => None,
            Some(_) if self.exempt => Some(TaxExemption::Customer),
            Some(zone) if zone.reverse_charge && self.tax_number && Some(zone.key) != self.rules.home => {
                Some(TaxExemption::ReverseCharge)
            }
            Some(_) => None,
        };
        Place { rules: self.rules, home, zone, exemption }
    }
}

fn check(zone: &TaxZone) -> Result<()> {
    let classes: BTreeSet<Option<TaxClassKey>> = zone.rates.iter().map(|rate| rate.class).collect();
    if classes.len() != zone.rates.len() {
        return Err(PricingError::Duplicate("rates of a tax zone"));
    }
    let mut seen = BTreeMap::new();
    for components in zone.rates.iter().map(|rate| &rate.components) {
        if components.len() > TaxRate::MOST_COMPONENTS {
            return Err(PricingError::Rule("too many taxes on one thing"));
        }
        let mut here = BTreeSet::new();
        for component in components {
            let terms = (component.rate, component.compound);
            if component.rate > PartsPerMillion::MOST {
                return Err(PricingError::Rule("a tax of more than 1,000 %"));
            }
            if *seen.entry(component.key).or_insert(terms) != terms || !here.insert(component.key) {
                return Err(PricingError::Rule("one tax at two rates"));
            }
        }
        if effective(components).iter().sum::<i128>() > 1_000 * SCALE {
            return Err(PricingError::Rule("taxes of more than 100,000 %"));
        }
    }
    Ok(())
}

/// A place where something is taxed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    rules: &'a TaxRules,
    home: Option<&'a TaxZone>,
    /// The zone, if there is one.
    pub zone: Option<&'a TaxZone>,
    /// Why nothing is charged, if so.
    pub exemption: Option<TaxExemption>,
}

fn rate_of(zone: Option<&TaxZone>, class: Option<TaxClassKey>) -> &[Component] {
    let rates = zone.map_or(&[][..], |zone| &zone.rates);
    let own = rates.iter().find(|rate| rate.class == class);
    let rate = own.or_else(|| rates.iter().find(|rate| rate.class.is_none()));
    rate.map_or(&[], |rate| &rate.components)
}

impl<'a> Place<'a> {
    /// The taxes charged on goods of a class; none for a buyer who is exempt.
    pub fn components(&self, class: Option<TaxClassKey>) -> &'a [Component] {
        if self.exemption.is_some() { &[] } else { rate_of(self.zone, class) }
    }

    /// Whether prices contain the taxes charged here.
    pub fn inclusive(&self) -> bool {
        self.zone.is_some_and(|zone| zone.shown == PriceBasis::Inclusive)
    }

    /// How delivery is taxed here.
    pub fn shipping(&self) -> ShippingTax {
        self.zone.map_or(ShippingTax::NotTaxed, |zone| zone.shipping)
    }

    /// What an entered price becomes here. The net price is that without the home taxes (fixed net) or without those of
    /// this place (fixed gross); a buyer who is charged no tax pays it, everybody else as the place shows its prices.
    pub fn localize(&self, entered: Amount, class: Option<TaxClassKey>) -> Result<Amount> {
        let here = rate_of(self.zone, class);
        let at_home = rate_of(self.home, class);
        let exempt = self.exemption.is_some();
        let half_up = Rounding::HalfUp;
        let without = |taxes: &[Component]| entered.minus(within(entered, taxes, half_up)?);
        match (self.rules.entered, self.inclusive()) {
            (PriceBasis::Exclusive, true) if !exempt => entered.plus(upon(entered, here, half_up)?),
            (PriceBasis::Exclusive, _) => Ok(entered),
            (PriceBasis::Inclusive, inclusive) => match self.rules.abroad {
                PricesAbroad::FixedGross if inclusive && !exempt => Ok(entered),
                PricesAbroad::FixedGross => without(here),
                // Where the taxes are the same, nothing is taken out and put in, which might round twice.
                PricesAbroad::FixedNet if inclusive && !exempt && effective(here) == effective(at_home) => Ok(entered),
                PricesAbroad::FixedNet => {
                    let net = without(at_home)?;
                    if inclusive && !exempt { net.plus(upon(net, here, half_up)?) } else { Ok(net) }
                }
            },
        }
    }
}
