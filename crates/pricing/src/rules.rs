//! The shop's rules, as far as they may concern a cart. Without any, a cart costs what its lines cost.

use serde::{Deserialize, Serialize};

use crate::{DeliveryRules, Discount, TaxRules};

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
