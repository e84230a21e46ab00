//! The price of one unit: which of a variant's prices counts, and why.

use serde::{Deserialize, Serialize};

use crate::{
    Amount, Country, Currency, CustomerGroupKey, Period, PriceListKey, PricingError, Timestamp, error::Result,
};

/// A price that a variant may have. The caller gives all that might count; [`choose`] takes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Whose price it is; none is the variant's own.
    pub list: Option<ListPlace>,
    /// Its currency. Prices are never converted: one of another currency does not count.
    pub currency: Currency,
    /// What one unit costs.
    pub amount: Amount,
    /// What it cost before, shown crossed out when it is more than `amount`.
    pub compare_at: Option<Amount>,
    /// From how many units on it counts, all lines of the variant together. At least 1.
    pub minimum_quantity: i64,
    /// When it counts.
    pub period: Period,
}

impl Price {
    /// A variant's own price.
    #[must_use]
    pub fn own(currency: Currency, amount: Amount) -> Self {
        Self { list: None, currency, amount, compare_at: None, minimum_quantity: 1, period: Period::default() }
    }
}

/// The price list that a price stands in, and for whom the list is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPlace {
    /// The list.
    pub key: PriceListKey,
    /// A list of higher priority goes before the others.
    pub priority: i32,
    /// Buyers of these countries; none named means all.
    pub countries: Vec<Country>,
    /// Buyers of these groups; none named means all.
    pub groups: Vec<CustomerGroupKey>,
}

/// Who buys, how much and when, as far as the price of a unit depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Buyer<'a> {
    /// The cart's currency.
    pub currency: Currency,
    /// The buyer's country, if it is known.
    pub country: Option<Country>,
    /// The groups that the customer belongs to.
    pub groups: &'a [CustomerGroupKey],
    /// Units of the variant in the whole cart.
    pub quantity: i64,
    /// The time of the quote.
    pub now: Timestamp,
}

/// Why a unit has its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceReason {
    /// The variant's own price: no price list has one for this buyer.
    Own,
    /// The price list has it for this buyer.
    List(PriceListKey),
    /// It was agreed before, as in an order that is edited.
    Agreed,
}

/// The price that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenPrice {
    /// What one unit costs.
    pub amount: Amount,
    /// What it cost before, if that was more.
    pub compare_at: Option<Amount>,
    /// The quantity from which this price counts; more than 1 is a tier.
    pub minimum_quantity: i64,
    /// Why.
    pub reason: PriceReason,
}

/// Chooses among a variant's prices: those of price lists before its own; of the lists the one of the highest priority;
/// of one priority and of one list's tiers the lowest price. The order in which the prices are given plays no part.
///
/// # Errors
/// `NoPrice` when none is for this buyer, `Negative`.
pub fn choose(prices: &[Price], buyer: &Buyer<'_>) -> Result<ChosenPrice> {
    let open = |price: &&Price| {
        price.currency == buyer.currency
            && price.minimum_quantity <= buyer.quantity
            && price.period.contains(buyer.now)
            && price.list.as_ref().is_none_or(|list| is_for(list, buyer))
    };
    // The smallest is the best: a list before none, the highest priority, the lowest price, then keys for a total order.
    let rank = |price: &&Price| {
        let list = price.list.as_ref();
        let priority = list.map_or(i64::MAX, |list| -i64::from(list.priority));
        (priority, price.amount, list.map(|list| list.key), price.minimum_quantity, price.compare_at)
    };
    let price = prices.iter().filter(open).min_by_key(rank).ok_or(PricingError::NoPrice)?;
    let amount = price.amount.not_negative("a price")?;
    let compare_at = price.compare_at.filter(|before| *before > amount);
    let reason = price.list.as_ref().map_or(PriceReason::Own, |list| PriceReason::List(list.key));
    Ok(ChosenPrice { amount, compare_at, minimum_quantity: price.minimum_quantity, reason })
}

fn is_for(list: &ListPlace, buyer: &Buyer<'_>) -> bool {
    let country = list.countries.is_empty() || buyer.country.is_some_and(|country| list.countries.contains(&country));
    let group = list.groups.is_empty() || list.groups.iter().any(|group| buyer.groups.contains(group));
    country && group
}
