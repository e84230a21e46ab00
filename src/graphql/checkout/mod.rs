//! Checkout in the API: completing a cart, and paying again.

mod inputs;
mod mutations;
mod payload;
mod saved;

pub use mutations::CheckoutMutation;
pub use saved::{CustomerPaymentMethod, SavedMethodMutation, saved_methods};
