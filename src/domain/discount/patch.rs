//! What a caller wants to change of a discount: what is `None` stays as it is. A new one is a patch of an empty one.

use chrono::{DateTime, Utc};
use entity::{
    discount::{
        discount::{self, DiscountMethod},
        rule::{Effect, Eligibility, Minimum},
    },
    ids::DiscountId,
};

use super::Reason;
use crate::domain::shared::fold;

/// Which discount is changed, and which of its versions the caller has seen.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The discount.
    pub id: DiscountId,
    /// How it comes into a cart; one of another method is not there.
    pub method: DiscountMethod,
    /// Its version as read; `None` overwrites what others changed meanwhile.
    pub expected_version: Option<i32>,
}

/// What a discount may stand beside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CombinesWith {
    /// Product discounts.
    pub product: bool,
    /// Order discounts.
    pub order: bool,
    /// Shipping discounts.
    pub shipping: bool,
}

/// Changes of a discount.
#[derive(Clone, Debug, Default)]
pub struct DiscountPatch {
    /// How shoppers see it.
    pub title: Option<String>,
    /// What it does.
    pub effect: Option<Effect>,
    /// What it may stand beside.
    pub combines_with: Option<CombinesWith>,
    /// What has to be in the cart.
    pub minimum: Option<Minimum>,
    /// Who may use it.
    pub eligibility: Option<Eligibility>,
    /// When it begins.
    pub starts_at: Option<DateTime<Utc>>,
    /// When it is over; `Some(None)` is never.
    pub ends_at: Option<Option<DateTime<Utc>>>,
    /// How often it may be used in all; `Some(None)` is without a limit.
    pub usage_limit: Option<Option<i64>>,
    /// How often one customer may use it; `Some(None)` is without a limit.
    pub limit_per_customer: Option<Option<i64>>,
    /// Codes to add.
    pub add_codes: Vec<String>,
    /// Codes to take away.
    pub remove_codes: Vec<String>,
}

impl DiscountPatch {
    /// Writes what is to be changed into a row.
    pub(super) fn apply(&self, row: &mut discount::Model) {
        if let Some(title) = &self.title {
            title.trim().clone_into(&mut row.title);
            row.title_key = fold(&row.title);
        }
        if let Some(effect) = &self.effect {
            row.effect = effect.clone();
        }
        if let Some(combines) = self.combines_with {
            (row.with_product, row.with_order, row.with_shipping) =
                (combines.product, combines.order, combines.shipping);
        }
        if let Some(minimum) = &self.minimum {
            row.minimum = minimum.clone();
        }
        if let Some(eligibility) = &self.eligibility {
            row.eligibility = eligibility.clone();
        }
        row.starts_at = self.starts_at.unwrap_or(row.starts_at);
        row.ends_at = self.ends_at.unwrap_or(row.ends_at);
        row.usage_limit = self.usage_limit.unwrap_or(row.usage_limit);
        row.limit_per_customer = self.limit_per_customer.unwrap_or(row.limit_per_customer);
    }

    /// Whether the period is touched.
    pub(super) fn moves(&self) -> bool {
        self.starts_at.is_some() || self.ends_at.is_some()
    }
}

/// What the engine finds wrong with a rule, in the words of a refusal.
pub(super) fn contradiction(error: &pricing::PricingError) -> Reason {
    Reason::Contradiction(error.to_string())
}
