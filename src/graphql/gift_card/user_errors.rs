//! Refusals of gift cards as the API tells them.

use async_graphql::{Enum, SimpleObject};

use crate::domain::gift_card::{ErrorCode, Refusal};

/// Why a change of a gift card was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "ErrorCode", visible = "crate::graphql::guards::manages_payments")]
pub enum GiftCardErrorCode {
    /// The value has not the form that is expected: an amount must be more than zero, the end of a new card a moment to come.
    Invalid,
    /// The text is too long.
    TooLong,
    /// More than a card may hold.
    TooLarge,
    /// There is no such customer.
    NotFound,
    /// The amount is not in the card's currency.
    CurrencyMismatch,
    /// There is less on the card than is to be taken off it.
    BalanceTooLow,
    /// The card was deactivated, which is for good.
    Deactivated,
}

/// Something about a change of a gift card that was refused. Nothing was changed.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct GiftCardUserError {
    /// Where in the arguments, such as `["input", "amount", "amount"]`.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, in English, for people.
    message: String,
    /// The kind, for programs.
    code: Option<GiftCardErrorCode>,
}

impl From<Refusal> for GiftCardUserError {
    fn from(refusal: Refusal) -> Self {
        let field = std::iter::once("input".to_owned()).chain(refusal.field());
        Self { field: Some(field.collect()), message: refusal.to_string(), code: Some(refusal.code().into()) }
    }
}

/// The two halves of a payload: what was changed, or why it was refused.
pub fn halves<T>(outcome: Result<T, Vec<Refusal>>) -> (Option<T>, Vec<GiftCardUserError>) {
    match outcome {
        Ok(value) => (Some(value), Vec::new()),
        Err(refusals) => (None, refusals.into_iter().map(Into::into).collect()),
    }
}
