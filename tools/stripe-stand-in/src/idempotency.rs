//! Idempotency keys as docs.stripe.com/api/idempotent_requests has them: the answer of the first request is kept with its
//! status, 500 included, once the work began; other parameters are refused; a key in use is a conflict.

use std::collections::HashMap;

use serde_json::Value;

use crate::answer::ApiError;

/// What is known of a key.
#[derive(Debug)]
enum Known {
    InUse,
    Answered(u16, Value),
}

/// What to do with a request.
#[derive(Debug)]
pub enum Turn {
    /// Do the work.
    Work,
    /// Answer as the first time.
    Replay(u16, Value),
    /// Refuse.
    Refuse(ApiError),
}

/// The keys by their text, each with what its first request was.
#[derive(Debug, Default)]
pub struct Keys(HashMap<String, (String, Known)>);

impl Keys {
    /// Begins a request with a key.
    pub fn begin(&mut self, key: &str, request: &str) -> Turn {
        match self.0.get(key) {
            None => {
                self.0.insert(key.to_owned(), (request.to_owned(), Known::InUse));
                Turn::Work
            }
            Some((first, _)) if first != request => {
                let why = format!(
                    "Keys for idempotent requests can only be used with the same parameters they were first used with. Try \
                     using a key other than '{key}' if you meant to execute a different request."
                );
                Turn::Refuse(ApiError::new(400, "idempotency_error", why))
            }
            Some((_, Known::InUse)) => {
                let why = format!(
                    "There is currently another in-progress request using this Idempotent Key ('{key}'). Please try again later."
                );
                Turn::Refuse(ApiError::new(409, "idempotency_error", why).code("idempotency_key_in_use"))
            }
            Some((_, Known::Answered(status, body))) => Turn::Replay(*status, body.clone()),
        }
    }

    /// Keeps the answer; what was refused before the work began is not kept.
    pub fn end(&mut self, key: &str, status: u16, body: &Value) {
        if [200, 402, 500].contains(&status) {
            if let Some((_, known)) = self.0.get_mut(key) {
                *known = Known::Answered(status, body.clone());
            }
        } else {
            self.0.remove(key);
        }
    }
}
