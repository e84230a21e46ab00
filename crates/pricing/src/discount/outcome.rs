//! What became of discounts: which count, what they take off where, and why a code does not count.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use super::DiscountClass;
use crate::{Amount, DiscountKey};

/// Why an entered code takes nothing off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeProblem {
    /// There is no such code.
    NotFound,
    /// It has not begun or is over.
    Inactive,
    /// It was used as often as it may be.
    UsageLimitReached,
    /// It is for certain customers, and the buyer is nobody yet.
    CustomerMissing,
    /// It is for other customers.
    CustomerNotEligible,
    /// The customer used it as often as one may.
    CustomerUsageLimitReached,
    /// It has no amount in the cart's currency.
    CurrencyNotOffered,
    /// It is for other goods.
    NoEntitledLines,
    /// Nothing is delivered, or not to where or for what it is for.
    NoEntitledShipping,
    /// The goods that it is for cost too little.
    SubtotalTooSmall,
    /// There are too few of the goods that it is for.
    QuantityTooSmall,
    /// It may not stand beside the others, which take off more.
    BetterCombination,
    /// It was entered before, by this or another code.
    Repeated,
    /// More discounts than [`MOST_DISCOUNTS`](crate::MOST_DISCOUNTS) compete.
    TooMany,
}

impl CodeProblem {
    /// The value of the schema's `CartWarningCode`.
    #[must_use]
    pub fn warning_code(self) -> &'static str {
        match self {
            Self::NotFound => "DISCOUNT_NOT_FOUND",
            Self::Inactive => "DISCOUNT_CURRENTLY_INACTIVE",
            Self::UsageLimitReached => "DISCOUNT_USAGE_LIMIT_REACHED",
            Self::CustomerMissing => "DISCOUNT_ELIGIBLE_CUSTOMER_MISSING",
            Self::CustomerNotEligible => "DISCOUNT_CUSTOMER_NOT_ELIGIBLE",
            Self::CustomerUsageLimitReached => "DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED",
            Self::NoEntitledLines => "DISCOUNT_NO_ENTITLED_LINE_ITEMS",
            Self::NoEntitledShipping => "DISCOUNT_NO_ENTITLED_SHIPPING_LINES",
            Self::SubtotalTooSmall => "DISCOUNT_PURCHASE_NOT_IN_RANGE",
            Self::QuantityTooSmall => "DISCOUNT_QUANTITY_NOT_IN_RANGE",
            Self::CurrencyNotOffered | Self::BetterCombination | Self::Repeated | Self::TooMany => {
                "DISCOUNT_CODE_NOT_HONOURED"
            }
        }
    }
}

impl fmt::Display for CodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "there is no such code",
            Self::Inactive => "it has not begun or is over",
            Self::UsageLimitReached => "it was used as often as it may be",
            Self::CustomerMissing => "it is for customers who are signed in",
            Self::CustomerNotEligible => "it is for other customers",
            Self::CustomerUsageLimitReached => "you used it as often as one may",
            Self::CurrencyNotOffered => "it is not offered in this currency",
            Self::NoEntitledLines => "it is for other goods",
            Self::NoEntitledShipping => "it is not for this delivery",
            Self::SubtotalTooSmall => "the goods it is for cost too little",
            Self::QuantityTooSmall => "there are too few of the goods it is for",
            Self::BetterCombination => "other discounts take off more and do not combine with it",
            Self::Repeated => "it was entered before",
            Self::TooMany => "there are too many discounts",
        })
    }
}

/// What became of an entered code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeOutcome {
    /// The code as it was written.
    pub code: Arc<str>,
    /// Its discount, if there is one.
    pub discount: Option<DiscountKey>,
    /// Why it takes nothing off; none means that it is applicable.
    pub problem: Option<CodeProblem>,
}

impl CodeOutcome {
    /// Whether it counts. A code for delivery counts while the cost of delivery is not known yet.
    #[must_use]
    pub fn applicable(&self) -> bool {
        self.problem.is_none()
    }
}

/// A part of a discount, on one line or delivery group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// The discount.
    pub discount: DiscountKey,
    /// What it takes off here.
    pub amount: Amount,
}

/// A discount that counts, with all that it takes off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedDiscount {
    /// The discount.
    pub key: DiscountKey,
    /// How buyers see it.
    pub title: Arc<str>,
    /// The code by which it came, as it was written; none for an automatic one.
    pub code: Option<Arc<str>>,
    /// Its class.
    pub class: DiscountClass,
    /// What it takes off in all; nothing only while the cost of delivery is not known.
    pub amount: Amount,
}
