//! Refusals of taxes as the API tells them.

use async_graphql::{Enum, SimpleObject};

use crate::domain::tax::{Code, Refusal};

/// Why a change of taxes was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Code", visible = "crate::graphql::guards::is_staff")]
pub enum TaxErrorCode {
    /// The field must be there and must not be empty.
    Blank,
    /// The text is too long.
    TooLong,
    /// The list is too long.
    TooMany,
    /// The value has not the form that is expected, or is out of range.
    Invalid,
    /// Another class or zone has the name.
    Taken,
    /// Two rates for one class, a tax twice in one rate, or a province twice.
    Duplicate,
    /// There is no such class, zone or customer.
    NotFound,
    /// Variants, the delivery of a zone or the settings still need it; the message says which.
    InUse,
}

/// Something about a change of taxes that was refused. Nothing was changed.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::is_staff")]
pub struct TaxUserError {
    /// Where in the arguments, such as `["input", "rates", "0", "taxes", "1", "percent"]`; list places count from 0.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, in English, for people.
    message: String,
    /// The kind, for programs.
    code: Option<TaxErrorCode>,
}

impl From<Refusal> for TaxUserError {
    fn from(refusal: Refusal) -> Self {
        let field = std::iter::once("input".to_owned()).chain(refusal.field());
        Self { field: Some(field.collect()), message: refusal.to_string(), code: Some(refusal.code().into()) }
    }
}

/// The two halves of a payload: what was changed, or why it was refused.
pub fn halves<T>(outcome: Result<T, Vec<Refusal>>) -> (Option<T>, Vec<TaxUserError>) {
    match outcome {
        Ok(value) => (Some(value), Vec::new()),
        Err(refusals) => (None, refusals.into_iter().map(Into::into).collect()),
    }
}
