//! Why a call brought no object: refused, not taken now, or nobody knows.

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
        /// The parameter that is wrong, where Stripe names one.
        param: Option<String>,
    },
    /// Stripe takes no such request now: it is busy, or the secret key is not good at this time. Nothing was done, and the same
    /// request may be taken later.
    #[error("not taken now, with {status}: {code}")]
    NotNow {
        /// The HTTP status.
        status: u16,
        /// Stripe's code, or its type when it gives none.
        code: String,
    },
    /// Stripe keeps this failure for the idempotency key and answers the key with it for a day or longer, whatever would
    /// become of the request now. No call of this crate ends with it.
    #[error("kept for the key: {0}")]
    Kept(Box<StripeError>),
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

    /// Whether Stripe refused because the customer that was named is not there: deleted, or of another account or mode.
    #[must_use]
    pub fn is_of_unknown_customer(&self) -> bool {
        matches!(self, Self::Refused { code, param: Some(param), .. } if code == "resource_missing" && param == "customer")
    }

    /// What the first request with the key was answered, where this was a repetition.
    pub(crate) fn first(self) -> Self {
        match self {
            Self::Kept(first) => *first,
            other => other,
        }
    }
}

impl StripeClientErr for StripeError {
    fn deserialize_err(why: impl Display) -> Self {
        Self::InDoubt(format!("an answer that cannot be read: {why}"))
    }
}

/// Statuses of a request that was not looked at: the key is unknown (any more) or may not do this (yet), and too much at once,
/// of requests or on one object (docs.stripe.com/error-low-level, docs.stripe.com/rate-limits).
const NOT_NOW: [u16; 3] = [401, 403, 429];

/// What a failed answer means.
pub(crate) fn of_answer(status: u16, body: &[u8]) -> StripeError {
    let text = String::from_utf8_lossy(body);
    let Ok(parsed) = miniserde::json::from_str::<stripe_shared::Error>(&text) else {
        let why = format!("status {status} without an error object");
        let code = "unreadable".to_owned();
        return if NOT_NOW.contains(&status) {
            StripeError::NotNow { status, code }
        } else if (400..500).contains(&status) && status != 409 {
            StripeError::Refused { status, code, message: why, param: None }
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
    if NOT_NOW.contains(&status) {
        return StripeError::NotNow { status, code };
    }
    StripeError::Refused { status, code, message, param: error.param }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_stripe_and_a_key_that_is_not_good_now_refuse_nothing_for_good() {
        let of = |status: u16, code: &str| {
            let body = format!(r#"{{"error": {{"type": "invalid_request_error", "code": "{code}"}}}}"#);
            of_answer(status, body.as_bytes())
        };
        for (status, code) in
            [(429, "rate_limit"), (429, "lock_timeout"), (401, "api_key_expired"), (403, "secret_key_required")]
        {
            assert!(matches!(of(status, code), StripeError::NotNow { .. }), "{status} {code}");
        }
        assert!(matches!(of_answer(429, b"<html>"), StripeError::NotNow { .. }));
        assert!(matches!(of(400, "charge_already_refunded"), StripeError::Refused { .. }));
        assert!(matches!(of(409, "idempotency_key_in_use"), StripeError::InDoubt(_)));
        assert!(matches!(of(500, "api_error"), StripeError::InDoubt(_)));
    }
}
