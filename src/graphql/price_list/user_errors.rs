//! Refusals of price lists as the API tells them.

use async_graphql::{Enum, SimpleObject};

use crate::domain::price_list::{Code, Refusal};

/// Why a change of price lists was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Code", visible = "crate::graphql::guards::manages_products")]
pub enum PriceListErrorCode {
    /// The field must be there and must not be empty.
    Blank,
    /// The text is too long.
    TooLong,
    /// There are too many: in one call, in the list for the variant, or in the shop.
    TooMany,
    /// The value has not the form that is expected.
    Invalid,
    /// A variant is named twice with one quantity.
    Duplicate,
    /// There is no such variant, or the list has no such price.
    NotFound,
}

/// Something about a change of price lists that was refused. Nothing was changed.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListUserError {
    /// Where in the arguments, such as `["input", "prices", "0", "price"]`; list places count from 0.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, in English, for people.
    message: String,
    /// The kind, for programs.
    code: Option<PriceListErrorCode>,
}

impl From<Refusal> for PriceListUserError {
    fn from(refusal: Refusal) -> Self {
        let field = std::iter::once("input".to_owned()).chain(refusal.field());
        Self { field: Some(field.collect()), message: refusal.to_string(), code: Some(refusal.code().into()) }
    }
}

/// The two halves of a payload: what was changed, or why it was refused.
pub fn halves<T>(outcome: Result<T, Vec<Refusal>>) -> (Option<T>, Vec<PriceListUserError>) {
    match outcome {
        Ok(value) => (Some(value), Vec::new()),
        Err(refusals) => (None, refusals.into_iter().map(Into::into).collect()),
    }
}
