//! The prior price of a reduction: the lowest of the thirty days before it, as Article 6a of Directive 98/6/EC
//! (added by Directive (EU) 2019/2161, "Omnibus") asks to show it, read with Commission Notice 2021/C 526/02.

use serde::{Deserialize, Serialize};

use crate::{Amount, Timestamp};

/// A price and the moment since which it was asked, until the next one of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PricePoint {
    /// Since when.
    pub since: Timestamp,
    /// What one unit cost.
    pub amount: Amount,
}

/// Several reductions one after the other, without a rise in between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reductions {
    /// Each counts for itself: the price that the second reduction ended is among the thirty days before it.
    #[default]
    Separately,
    /// They are one: the thirty days before the first of them count (Article 6a(5), where the country chose it).
    Progressively,
}

/// The price to show beside a reduced one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorPrice {
    /// The lowest price of the thirty days before the reduction.
    pub amount: Amount,
    /// When the reduction began.
    pub reduced_since: Timestamp,
}

/// The lowest price of the thirty days before the current reduction began; none while the price is not a reduced one,
/// and for goods that have no earlier price. The history may be in any order; what lies after `now` is not yet true.
/// Goods younger than thirty days are judged by the days that there are.
#[must_use]
pub fn lowest_in_30_days(history: &[PricePoint], now: Timestamp, reductions: Reductions) -> Option<PriorPrice> {
    let mut past: Vec<PricePoint> = history.iter().copied().filter(|point| point.since <= now).collect();
    past.sort_unstable();
    // A point that repeats the price before it changes nothing.
    past.dedup_by_key(|point| point.amount);
    let lowered = |index: usize| index > 0 && past[index].amount < past[index - 1].amount;
    let mut reduction = past.len().checked_sub(1).filter(|last| lowered(*last))?;
    while reductions == Reductions::Progressively && lowered(reduction - 1) {
        reduction -= 1;
    }
    let reduced_since = past[reduction].since;
    let window = reduced_since.days_before(30);
    let before = &past[..reduction];
    // The price that was in force when the thirty days began is the last of those that began before them.
    let first = before.partition_point(|point| point.since <= window).saturating_sub(1);
    let amount = before[first..].iter().map(|point| point.amount).min()?;
    Some(PriorPrice { amount, reduced_since })
}
