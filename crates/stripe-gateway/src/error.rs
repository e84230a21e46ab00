//! Why a call brought no object: refused, or nobody knows.

use std::fmt::Display;

use stripe_client_core::StripeClientErr;

use crate::model::Intent;

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StripeError {
    /// The issuer said no. The intent is there and waits for another payment method.
    #[error("declined: {}", .0.failure.as_ref().map_or("", |failure| failure.code.as_str()))]
    Declined(Box<Intent>),
    /// Stripe says what is wrong with the request; nothing was done.
    #[error("refused with {status}: {code}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Stripe's code, or its type when it gives none.
        code: String,
        /// Stripe's words, for the log.
        message: String,
    },
    /// No answer, half an answer, or an error of Stripe's own: it may have been done.
    #[error("unknown outcome: {0}")]
    InDoubt(String),
}

impl StripeError {
    /// Whether Stripe says that there is no such object.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Refused { status: 404, .. })
    }
}

impl StripeClientErr for StripeError {
    fn deserialize_err(why: impl Display) -> Self {
        Self::InDoubt(format!("an answer that cannot be read: {why}"))
    }
}

/// What a failed answer means.
pub(crate) fn of_answer(status: u16, body: &[u8]) -> StripeError {
    let text = String::from_utf8_lossy(body);
    let Ok(parsed) = miniserde::json::from_str::<stripe_shared::Error>(&text) else {
        let why = format!("status {status} without an error object");
        return if (400..500).contains(&status) && status != 409 {
            StripeError::Refused { status, code: "unreadable".to_owned(), message: why }
        } else {
            StripeError::InDoubt(why)
        };
    };
    let error = *parsed.error;
    let code = error.code.as_ref().map_or_else(|| error.type_.as_str().to_owned(), |code| code.as_str().to_owned());
    let message = error.message.clone().unwrap_or_default();
    if status == 402
        && let Some(intent) = error.payment_intent
    {
        return StripeError::Declined(Box::new(intent.into()));
    }
    // A conflict is another request with this key, which may be doing it just now.
    if status >= 500 || status == 409 {
        return StripeError::InDoubt(format!("status {status}: {code}"));
    }
    StripeError::Refused { status, code, message }
}
