//! Refusals of discounts as the API tells them.

use async_graphql::{Enum, SimpleObject};

use crate::domain::discount::{Code, Refusal};

/// Why a change of a discount was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Code", visible = "crate::graphql::guards::manages_discounts")]
pub enum DiscountErrorCode {
    /// The field must be there and must not be empty.
    Blank,
    /// The text is too long.
    TooLong,
    /// The list is too long, or there are too many discounts or codes already.
    TooMany,
    /// The value is out of range, or has not the form that is expected.
    Invalid,
    /// A discount has the code already.
    Taken,
    /// A list names something twice.
    Duplicate,
    /// There is no such product, variant, collection, customer or code.
    NotFound,
    /// The limit is below what was used already.
    BelowUsed,
}

/// Something about a change of a discount that was refused. Nothing was changed.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountUserError {
    /// Where in the arguments, such as `["input", "codes", "0"]`; list places count from 0.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, in English, for people.
    message: String,
    /// The kind, for programs.
    code: Option<DiscountErrorCode>,
}

impl From<Refusal> for DiscountUserError {
    fn from(refusal: Refusal) -> Self {
        let field = std::iter::once("input".to_owned()).chain(refusal.field());
        Self { field: Some(field.collect()), message: refusal.to_string(), code: Some(refusal.code().into()) }
    }
}

/// The two halves of a payload: what was changed, or why it was refused.
pub fn halves<T>(outcome: Result<T, Vec<Refusal>>) -> (Option<T>, Vec<DiscountUserError>) {
    match outcome {
        Ok(value) => (Some(value), Vec::new()),
        Err(refusals) => (None, refusals.into_iter().map(Into::into).collect()),
    }
}
