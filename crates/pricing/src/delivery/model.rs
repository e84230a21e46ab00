//! Delivery zones, rates and pick-up locations as staff describe them.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{Address, Amount, Area, Currency, DeliveryRateKey, DeliveryZoneKey, LocationKey};

/// How a shop delivers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryRules {
    /// Where to, and what it costs. Of several zones that contain an address the narrowest counts, of equals the one with
    /// the smallest key; the rates of the others are not offered.
    pub zones: Vec<DeliveryZone>,
    /// Where goods may be collected.
    pub pickups: Vec<PickupLocation>,
    /// What counts while the buyer has chosen nothing.
    pub unchosen: Unchosen,
}

/// What counts while the buyer has chosen nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unchosen {
    /// The cheapest rate, of equals the one with the first handle. Pick-up is never chosen for a buyer.
    #[default]
    Cheapest,
    /// Nothing: the group has the problem [`DeliveryProblem::NotChosen`].
    Nothing,
}

/// A delivery zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryZone {
    /// The zone.
    pub key: DeliveryZoneKey,
    /// How staff call it.
    pub title: Arc<str>,
    /// What belongs to it.
    pub areas: Vec<Area>,
    /// What may be chosen in it.
    pub rates: Vec<DeliveryRate>,
}

/// A rate: one way of delivering into a zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRate {
    /// The rate.
    pub key: DeliveryRateKey,
    /// What a front end sends to choose it.
    pub handle: Arc<str>,
    /// How buyers see it.
    pub title: Arc<str>,
    /// Its currency. In carts of another it is not offered.
    pub currency: Currency,
    /// What it costs.
    pub cost: RateCost,
    /// Costs nothing when the group's lines cost at least this, after discounts.
    pub free_above: Option<Amount>,
}

/// What a rate costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateCost {
    /// Always the same.
    Flat(Amount),
    /// By the weight of the group's lines, in grams.
    ByWeight(Vec<Band>),
    /// By what the group's lines cost after discounts, in minor units.
    ByPrice(Vec<Band>),
}

/// A cost for what measures at least `from` and less than `until`. The first band that fits counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// The least measure.
    pub from: i64,
    /// The first measure beyond it; none is open.
    pub until: Option<i64>,
    /// What it costs.
    pub cost: Amount,
}

/// A place where goods may be collected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickupLocation {
    /// The location.
    pub key: LocationKey,
    /// What a front end sends to choose it.
    pub handle: Arc<str>,
    /// How buyers see it.
    pub title: Arc<str>,
    /// Where it is. Goods that are collected there are taxed there.
    pub address: Address,
    /// The currency of the cost. In carts of another it is not offered.
    pub currency: Currency,
    /// What it costs.
    pub cost: Amount,
}

/// What an option is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionKind {
    /// Delivered at a rate.
    Shipping(DeliveryRateKey),
    /// Collected.
    Pickup(LocationKey),
}

/// Why no option counts for a delivery group. It costs nothing in this quote, and checkout should not go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryProblem {
    /// There is no address yet.
    AddressMissing,
    /// No zone contains the address.
    NotDelivered,
    /// The address's zone has no rate for this weight, price and currency.
    NoRate,
    /// Nothing was chosen.
    NotChosen,
    /// There is no option of the chosen handle.
    ChosenUnknown(Arc<str>),
    /// The chosen option is not for this address.
    ChosenNotInZone(Arc<str>),
    /// The chosen option is not for this weight.
    ChosenNotForWeight(Arc<str>),
    /// The chosen option is not for this price.
    ChosenNotForPrice(Arc<str>),
    /// The chosen option is not offered in this currency.
    ChosenNotInCurrency(Arc<str>),
}

impl fmt::Display for DeliveryProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AddressMissing => f.write_str("there is no address yet"),
            Self::NotDelivered => f.write_str("nothing is delivered to this address"),
            Self::NoRate => f.write_str("there is no rate for this address, weight and price"),
            Self::NotChosen => f.write_str("no delivery option is chosen"),
            Self::ChosenUnknown(handle) => write!(f, "{handle} is no delivery option"),
            Self::ChosenNotInZone(handle) => write!(f, "{handle} is not for this address"),
            Self::ChosenNotForWeight(handle) => write!(f, "{handle} is not for this weight"),
            Self::ChosenNotForPrice(handle) => write!(f, "{handle} is not for this price"),
            Self::ChosenNotInCurrency(handle) => write!(f, "{handle} is not offered in this currency"),
        }
    }
}
