//! Refusals of content as the API tells them.

use async_graphql::{Enum, SimpleObject};

use crate::domain::content::{Code, Refusal};

/// Why a change of content was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Code", visible = "crate::graphql::guards::manages_content")]
pub enum ContentErrorCode {
    /// The field must be there and must not be empty.
    Blank,
    /// The text is too long.
    TooLong,
    /// The list is too long.
    TooMany,
    /// The value has not the form that is expected.
    Invalid,
    /// The handle or the path is in use.
    Taken,
    /// A list names something twice.
    Duplicate,
    /// There is no such thing.
    NotFound,
    /// A redirect would lead to its own path, at once or by others.
    Loop,
    /// A menu has at most three levels.
    TooDeep,
    /// The blog has articles.
    NotEmpty,
}

/// Something about a change of content that was refused. Nothing was changed.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ContentUserError {
    /// Where in the arguments, such as `["input", "items", "0", "url"]`; list places count from 0.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, in English, for people.
    message: String,
    /// The kind, for programs.
    code: Option<ContentErrorCode>,
}

impl From<Refusal> for ContentUserError {
    fn from(refusal: Refusal) -> Self {
        let field = std::iter::once("input".to_owned()).chain(refusal.field());
        Self { field: Some(field.collect()), message: refusal.to_string(), code: Some(refusal.code().into()) }
    }
}

/// The two halves of a payload: what was changed, or why it was refused.
pub fn halves<T>(outcome: Result<T, Vec<Refusal>>) -> (Option<T>, Vec<ContentUserError>) {
    match outcome {
        Ok(value) => (Some(value), Vec::new()),
        Err(refusals) => (None, refusals.into_iter().map(Into::into).collect()),
    }
}
