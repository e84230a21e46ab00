//! Refusals of accounts and sign-ins as the API tells them.

use async_graphql::{Context, Enum, SimpleObject};

use crate::{
    domain::{
        auth::{Refusal, RefusalCode},
        shared::Failure,
    },
    graphql::errors,
};

/// Why an account or a sign-in was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "RefusalCode")]
pub enum CustomerErrorCode {
    /// The field must not be empty.
    Blank,
    /// The field has not the form that is expected.
    Invalid,
    /// The e-mail address cannot be registered: an account has it.
    Taken,
    /// The password has fewer than 8 characters.
    TooShort,
    /// The password has more than 128 characters, or another text more than 255.
    TooLong,
    /// The password is among those that are guessed first.
    PasswordTooCommon,
    /// The field holds `<` or `>`.
    ContainsHtmlTags,
    /// The field holds a web address.
    ContainsUrl,
    /// E-mail address and password do not belong together. Nothing tells whether the address is known.
    UnidentifiedCustomer,
    /// Too many failed sign-ins with this e-mail address, known or not; the message says when to try again.
    Throttled,
    /// The refresh token is unknown, used, expired or its sign-in has ended.
    TokenInvalid,
}

/// Something about an account or a sign-in that was refused. Nothing was changed.
#[derive(Clone, Debug, SimpleObject)]
pub struct CustomerUserError {
    /// Where in the arguments, such as `["input", "email"]`; null when it is about no single field.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, in English, for people.
    message: String,
    /// The kind, for programs.
    code: Option<CustomerErrorCode>,
}

impl From<Refusal> for CustomerUserError {
    fn from(refusal: Refusal) -> Self {
        Self {
            field: refusal.field().map(|field| vec!["input".to_owned(), field.to_owned()]),
            message: refusal.to_string(),
            code: Some(refusal.code().into()),
        }
    }
}

/// What a use case answered, for a payload: its result or its refusals. `None` when it failed; the error is told.
pub fn outcome<T>(
    ctx: &Context<'_>,
    result: Result<T, Failure<Refusal>>,
) -> Option<(Option<T>, Vec<CustomerUserError>)> {
    match result {
        Ok(value) => Some((Some(value), Vec::new())),
        Err(Failure::Refused(refusals)) => Some((None, refusals.into_iter().map(Into::into).collect())),
        Err(Failure::Error(error)) => errors::nullable(ctx, Err(error)),
    }
}
