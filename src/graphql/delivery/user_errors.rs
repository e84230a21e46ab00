//! Refusals of delivery as the API tells them.

use async_graphql::{Enum, SimpleObject};

use crate::domain::delivery::{Code, Refusal};

/// Why a change of how the shop delivers was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Code", visible = "crate::graphql::guards::manages_settings")]
pub enum DeliveryErrorCode {
    /// The field must be there and must not be empty.
    Blank,
    /// The text is too long.
    TooLong,
    /// The list is too long, or the shop or zone would have too many of them.
    TooMany,
    /// The value has not the form that is expected, or contradicts another one.
    Invalid,
    /// Another zone has the place, or another rate or pick-up location the handle.
    Taken,
    /// A list names something twice.
    Duplicate,
    /// There is no such country or location.
    NotFound,
}

/// Something about a change of how the shop delivers that was refused. Nothing was changed.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryUserError {
    /// Where in the arguments, such as `["input", "areas", "0", "provinceCodes"]`; list places count from 0.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, in English, for people.
    message: String,
    /// The kind, for programs.
    code: Option<DeliveryErrorCode>,
}

impl From<Refusal> for DeliveryUserError {
    fn from(refusal: Refusal) -> Self {
        let field = std::iter::once("input".to_owned()).chain(refusal.field());
        Self { field: Some(field.collect()), message: refusal.to_string(), code: Some(refusal.code().into()) }
    }
}

/// The two halves of a payload: what was changed, or why it was refused.
pub fn halves<T>(outcome: Result<T, Vec<Refusal>>) -> (Option<T>, Vec<DeliveryUserError>) {
    match outcome {
        Ok(value) => (Some(value), Vec::new()),
        Err(refusals) => (None, refusals.into_iter().map(Into::into).collect()),
    }
}
