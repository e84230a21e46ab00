//! Which options a delivery group has, what they cost, and which of them counts.

use std::sync::Arc;

use super::{
    Band, DeliveryProblem, DeliveryRate, DeliveryRules, DeliveryZone, OptionKind, PickupLocation, RateCost, Unchosen,
};
use crate::{
    Address, AddressKey, Amount, Cart, Currency, PricingError, error::Result, place::narrowest, quote::DeliveryOption,
};

/// Lines that are delivered together.
#[derive(Clone, Debug)]
pub(crate) struct Group<'a> {
    /// Their address; none while there is none.
    pub address: Option<(AddressKey, &'a Address)>,
    /// Indices of the lines.
    pub lines: Vec<usize>,
    /// What they weigh together.
    pub weight_grams: i64,
    /// The handle that the buyer chose.
    pub chosen: Option<&'a Arc<str>>,
    /// The location of that name, if it is one.
    pub pickup: Option<&'a PickupLocation>,
    zone: Option<&'a DeliveryZone>,
}

impl<'a> Group<'a> {
    /// A group of no lines yet.
    pub fn new(cart: &'a Cart, rules: &'a DeliveryRules, address: Option<(AddressKey, &'a Address)>) -> Self {
        let key = address.map(|(key, _)| key);
        let concerns = |choice: &&crate::DeliveryChoice| choice.group.is_some() && choice.group == key;
        let choices = &cart.delivery_choices;
        let choice = choices.iter().rfind(concerns).or_else(|| choices.iter().rfind(|choice| choice.group.is_none()));
        let chosen = choice.map(|choice| &choice.handle);
        let named = |one: &&PickupLocation| Some(&one.handle) == chosen && one.currency == cart.currency;
        let zones = rules.zones.iter().map(|zone| (zone.key, zone.areas.as_slice()));
        let zone = address.and_then(|(_, address)| narrowest(zones, address)).map(|index| &rules.zones[index]);
        Self { address, lines: Vec::new(), weight_grams: 0, chosen, pickup: rules.pickups.iter().find(named), zone }
    }
}

/// What a group is offered.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// By cost, then by handle; pick-up after delivery.
    pub options: Vec<DeliveryOption>,
    /// The index of the one that counts, or why there is none.
    pub chosen: Result<usize, DeliveryProblem>,
}

/// Refuses rates that contradict themselves.
pub(crate) fn check(rules: &DeliveryRules) -> Result<()> {
    for rate in rules.zones.iter().flat_map(|zone| &zone.rates) {
        match &rate.cost {
            RateCost::Flat(cost) => drop(cost.not_negative("a delivery rate")?),
            RateCost::ByWeight(bands) | RateCost::ByPrice(bands) => {
                bands.iter().try_for_each(|band| band.cost.not_negative("a delivery rate").map(drop))?;
            }
        }
    }
    rules.pickups.iter().try_for_each(|pickup| pickup.cost.not_negative("a pick-up").map(drop))
}

/// Why a rate is not offered.
#[derive(Clone, Copy)]
enum Unfit {
    Currency,
    Weight,
    Price,
}

fn cost(rate: &DeliveryRate, currency: Currency, weight_grams: i64, goods: Amount) -> Result<Amount, Unfit> {
    if rate.currency != currency {
        return Err(Unfit::Currency);
    }
    let within = |bands: &[Band], measure: i64| {
        let fits = |band: &&Band| band.from <= measure && band.until.is_none_or(|until| measure < until);
        bands.iter().find(fits).map(|band| band.cost)
    };
    let cost = match &rate.cost {
        RateCost::Flat(cost) => *cost,
        RateCost::ByWeight(bands) => within(bands, weight_grams).ok_or(Unfit::Weight)?,
        RateCost::ByPrice(bands) => within(bands, goods.0).ok_or(Unfit::Price)?,
    };
    Ok(if rate.free_above.is_some_and(|above| goods >= above) { Amount::ZERO } else { cost })
}

/// What a group is offered when its lines cost `goods` after discounts. `localize` turns an entered cost into the one asked
/// from this buyer ([`TaxRules`](crate::TaxRules) says when they differ).
pub(crate) fn offer(
    rules: &DeliveryRules,
    currency: Currency,
    group: &Group<'_>,
    goods: Amount,
    localize: impl Fn(Amount) -> Result<Amount>,
) -> Result<Offer> {
    let mut options = Vec::new();
    for rate in group.zone.iter().flat_map(|zone| &zone.rates) {
        if let Ok(cost) = cost(rate, currency, group.weight_grams, goods) {
            let kind = OptionKind::Shipping(rate.key);
            let (handle, title) = (rate.handle.clone(), rate.title.clone());
            options.push(DeliveryOption { handle, title, kind, cost: localize(cost)? });
        }
    }
    options.sort_unstable_by(|a, b| a.cost.cmp(&b.cost).then_with(|| a.handle.cmp(&b.handle)));
    let rates = options.len();
    for pickup in rules.pickups.iter().filter(|pickup| pickup.currency == currency) {
        let kind = OptionKind::Pickup(pickup.key);
        let (handle, title) = (pickup.handle.clone(), pickup.title.clone());
        options.push(DeliveryOption { handle, title, kind, cost: localize(pickup.cost)? });
    }
    options[rates..].sort_unstable_by(|a, b| a.cost.cmp(&b.cost).then_with(|| a.handle.cmp(&b.handle)));
    let chosen = match group.chosen {
        Some(handle) => {
            let index = options.iter().position(|option| option.handle == *handle);
            index.ok_or_else(|| why_gone(rules, currency, group, goods, handle))
        }
        None if rates == 0 => Err(why_none(group)),
        None => match rules.unchosen {
            Unchosen::Cheapest => Ok(0),
            Unchosen::Nothing => Err(DeliveryProblem::NotChosen),
        },
    };
    Ok(Offer { options, chosen })
}

fn why_none(group: &Group<'_>) -> DeliveryProblem {
    match (group.address, group.zone) {
        (None, _) => DeliveryProblem::AddressMissing,
        (Some(_), None) => DeliveryProblem::NotDelivered,
        (Some(_), Some(_)) => DeliveryProblem::NoRate,
    }
}

fn why_gone(
    rules: &DeliveryRules,
    currency: Currency,
    group: &Group<'_>,
    goods: Amount,
    handle: &Arc<str>,
) -> DeliveryProblem {
    if group.address.is_none() {
        return DeliveryProblem::AddressMissing;
    }
    let handle = handle.clone();
    let here = group.zone.and_then(|zone| zone.rates.iter().find(|rate| rate.handle == handle));
    if let Some(rate) = here {
        return match cost(rate, currency, group.weight_grams, goods) {
            Err(Unfit::Weight) => DeliveryProblem::ChosenNotForWeight(handle),
            Err(Unfit::Price) => DeliveryProblem::ChosenNotForPrice(handle),
            Err(Unfit::Currency) | Ok(_) => DeliveryProblem::ChosenNotInCurrency(handle),
        };
    }
    if rules.pickups.iter().any(|pickup| pickup.handle == handle) {
        return DeliveryProblem::ChosenNotInCurrency(handle);
    }
    let elsewhere = rules.zones.iter().flat_map(|zone| &zone.rates).any(|rate| rate.handle == handle);
    if elsewhere { DeliveryProblem::ChosenNotInZone(handle) } else { DeliveryProblem::ChosenUnknown(handle) }
}

/// Sums weights without overflow.
pub(crate) fn weigh(weight_grams: i64, unit_grams: i64, quantity: i64) -> Result<i64> {
    if unit_grams < 0 {
        return Err(PricingError::Negative("a weight"));
    }
    let line = unit_grams.checked_mul(quantity).ok_or(PricingError::Overflow)?;
    weight_grams.checked_add(line).ok_or(PricingError::Overflow)
}
