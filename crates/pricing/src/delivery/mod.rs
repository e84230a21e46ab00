//! Delivery: zones and their rates, places where goods are collected, and what may be chosen for a group of lines.

mod model;
mod options;

pub use model::{
    Band, DeliveryProblem, DeliveryRate, DeliveryRules, DeliveryZone, OptionKind, PickupLocation, RateCost, Unchosen,
};
pub(crate) use options::{Group, Offer, check, offer, weigh};
