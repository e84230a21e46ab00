//! Discounts in the API, for staff: what there is, and how it is changed. What they take off a cart shows the cart.

mod automatic;
mod by_code;
mod effect;
mod effect_inputs;
mod inputs;
pub mod loaders;
mod payloads;
mod queries;
mod types;
mod user_errors;

use async_graphql::MergedObject;

pub use queries::DiscountQuery;
pub use types::Discount;

/// Changes of discounts.
#[derive(Debug, Default, MergedObject)]
pub struct DiscountMutation(by_code::CodeMutation, automatic::AutomaticMutation);
