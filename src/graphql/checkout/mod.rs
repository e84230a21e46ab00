//! Checkout in the API: completing a cart, and paying again.

mod inputs;
mod mutations;
mod payload;

pub use mutations::CheckoutMutation;
