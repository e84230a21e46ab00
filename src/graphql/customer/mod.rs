//! Customers in the API: the viewer, registration, sign-in and what staff see of customers.

mod account;
mod address;
#[expect(clippy::module_inception, reason = "the type Customer of the domain customer")]
mod customer;
pub mod loaders;
mod queries;
mod sign_in;
mod tokens;
mod user_errors;

pub use address::{CustomerAddress, node};
use async_graphql::MergedObject;
pub use customer::Customer;
pub use queries::CustomerQuery;
pub use user_errors::{CustomerErrorCode, CustomerUserError, outcome};

/// Changes by and about customers.
#[derive(Debug, Default, MergedObject)]
pub struct CustomerMutation(
    account::AccountMutation,
    address::AddressMutation,
    sign_in::SignInMutation,
    tokens::TokenMutation,
);
