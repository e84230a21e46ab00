//! What staff say of a discount beside what it does, and how it becomes the domain's patch.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::ids::DiscountId;

use super::effect_inputs::{DiscountEffectInput, amounts, ids};
use crate::{
    domain::{
        discount::{CombinesWith, DiscountMethod, DiscountPatch, Eligibility, Minimum, Target},
        shared::Error,
    },
    graphql::{
        global_id::decode,
        scalars::{DateTime, MoneyInput},
    },
};

/// What a discount may stand beside. Both of two discounts have to allow it.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountCombinesWithInput {
    /// Discounts that take something off the order; false when left out.
    order_discounts: Option<bool>,
    /// Discounts that take something off lines; false when left out. A line has the best of them.
    product_discounts: Option<bool>,
    /// Discounts that take something off delivery; false when left out.
    shipping_discounts: Option<bool>,
}

/// What has to be in the cart: exactly one of these. It is measured on the lines that the discount is for, before any
/// discount.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountMinimumRequirementInput {
    /// Lines that cost this much, one amount for each currency in which the discount is to apply.
    subtotal: Option<Vec<MoneyInput>>,
    /// So many units.
    quantity: Option<i32>,
}

/// What a new discount is, however it comes into a cart.
#[derive(InputObject)]
pub struct NewDiscount {
    /// How shoppers see it, at most 255 characters.
    title: String,
    /// What it does.
    effect: DiscountEffectInput,
    /// What it may stand beside; it stands alone when left out.
    combines_with: Option<DiscountCombinesWithInput>,
    /// What has to be in the cart; nothing in particular when left out.
    minimum_requirement: Option<DiscountMinimumRequirementInput>,
    /// Only for these customers, at most 250; for everybody when left out.
    customer_ids: Option<Vec<ID>>,
    /// When it begins; now when left out.
    starts_at: Option<DateTime>,
    /// When it is over; never when left out.
    ends_at: Option<DateTime>,
    /// How many orders may use it in all; any number when left out.
    usage_limit: Option<i32>,
    /// How many orders of one customer may use it; any number when left out. Guests are counted by e-mail address.
    usage_limit_per_customer: Option<i32>,
}

impl NewDiscount {
    /// The patch of an empty discount.
    ///
    /// # Errors
    /// `BadInput` naming the argument.
    pub fn read(self, codes: Vec<String>) -> Result<DiscountPatch, Error> {
        let customers = self.customer_ids.map(|given| ids("input.customerIds", Some(given))).transpose()?;
        Ok(DiscountPatch {
            title: Some(self.title),
            effect: Some(self.effect.read("input.effect")?),
            combines_with: self.combines_with.map(Into::into),
            minimum: self.minimum_requirement.map(minimum).transpose()?,
            eligibility: customers.map(Eligibility::Customers),
            starts_at: self.starts_at.map(|moment| moment.0),
            ends_at: Some(self.ends_at.map(|moment| moment.0)),
            usage_limit: Some(self.usage_limit.map(Into::into)),
            limit_per_customer: Some(self.usage_limit_per_customer.map(Into::into)),
            add_codes: codes,
            remove_codes: Vec::new(),
        })
    }
}

/// Which discount is changed, and how. A field left out stays.
#[derive(InputObject)]
pub struct ChangedDiscount {
    /// The discount.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// How shoppers see it, at most 255 characters.
    title: Option<String>,
    /// What it does.
    effect: Option<DiscountEffectInput>,
    /// What it may stand beside.
    combines_with: Option<DiscountCombinesWithInput>,
    /// What has to be in the cart; null: nothing in particular.
    minimum_requirement: MaybeUndefined<DiscountMinimumRequirementInput>,
    /// Only for these customers, at most 250; null: for everybody.
    customer_ids: MaybeUndefined<Vec<ID>>,
    /// When it begins.
    starts_at: Option<DateTime>,
    /// When it is over; null: never.
    ends_at: MaybeUndefined<DateTime>,
    /// How many orders may use it in all, no fewer than do; null: any number.
    usage_limit: MaybeUndefined<i32>,
    /// How many orders of one customer may use it, no fewer than those of any customer; null: any number.
    usage_limit_per_customer: MaybeUndefined<i32>,
}

impl ChangedDiscount {
    /// Which discount, of this method.
    ///
    /// # Errors
    /// `BadInput` for what is no discount's id.
    pub fn target(&self, method: DiscountMethod) -> Result<Target, Error> {
        target(&self.id, method, self.expected_version)
    }

    /// The patch.
    ///
    /// # Errors
    /// `BadInput` naming the argument.
    pub fn read(self, add_codes: Vec<String>, remove_codes: Vec<String>) -> Result<DiscountPatch, Error> {
        Ok(DiscountPatch {
            title: self.title,
            effect: self.effect.map(|effect| effect.read("input.effect")).transpose()?,
            combines_with: self.combines_with.map(Into::into),
            minimum: match self.minimum_requirement {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(Minimum::None),
                MaybeUndefined::Value(given) => Some(minimum(given)?),
            },
            eligibility: match self.customer_ids {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(Eligibility::Everyone),
                MaybeUndefined::Value(given) => Some(Eligibility::Customers(ids("input.customerIds", Some(given))?)),
            },
            starts_at: self.starts_at.map(|moment| moment.0),
            ends_at: changed(self.ends_at, |moment| moment.0),
            usage_limit: changed(self.usage_limit, i64::from),
            limit_per_customer: changed(self.usage_limit_per_customer, i64::from),
            add_codes,
            remove_codes,
        })
    }
}

/// Which discount.
#[derive(InputObject)]
pub struct NamedDiscount {
    /// The discount.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
}

impl NamedDiscount {
    /// Which discount, of this method.
    ///
    /// # Errors
    /// `BadInput` for what is no discount's id.
    pub fn target(&self, method: DiscountMethod) -> Result<Target, Error> {
        target(&self.id, method, self.expected_version)
    }
}

fn target(id: &ID, method: DiscountMethod, expected_version: Option<i32>) -> Result<Target, Error> {
    let id: DiscountId = decode("input.id", id)?;
    Ok(Target { id, method, expected_version })
}

fn changed<T, U>(given: MaybeUndefined<T>, read: impl FnOnce(T) -> U) -> Option<Option<U>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(read(value))),
    }
}

impl From<DiscountCombinesWithInput> for CombinesWith {
    fn from(input: DiscountCombinesWithInput) -> Self {
        Self {
            product: input.product_discounts.unwrap_or(false),
            order: input.order_discounts.unwrap_or(false),
            shipping: input.shipping_discounts.unwrap_or(false),
        }
    }
}

fn minimum(input: DiscountMinimumRequirementInput) -> Result<Minimum, Error> {
    let at = "input.minimumRequirement";
    match (input.subtotal, input.quantity) {
        (Some(subtotal), None) => Ok(Minimum::Subtotal(amounts(&format!("{at}.subtotal"), &subtotal)?)),
        (None, Some(quantity)) => Ok(Minimum::Quantity(quantity.into())),
        (Some(_), Some(_)) | (None, None) => Err(Error::bad_input(at, "give either subtotal or quantity")),
    }
}
