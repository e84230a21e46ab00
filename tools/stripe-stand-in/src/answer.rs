//! Answers: an object, or Stripe's error object with its status (docs.stripe.com/api/errors).

use serde_json::{Value, json};

/// A failure.
#[derive(Clone, Debug)]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// The body's `error`.
    pub error: Value,
}

/// An object or a failure.
pub type Answer = Result<Value, ApiError>;

impl ApiError {
    /// A failure of this status and type.
    pub fn new(status: u16, kind: &str, message: impl Into<String>) -> Self {
        let request = "https://dashboard.stripe.com/test/logs/req_stand_in";
        Self { status, error: json!({ "type": kind, "message": message.into(), "request_log_url": request }) }
    }

    /// 400: the request is wrong.
    pub fn invalid(param: &str, message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message).with("param", json!(param))
    }

    /// 404: no such object by its id in the address.
    pub fn missing(what: &str, id: &str) -> Self {
        let param = if what == "payment_intent" { "intent" } else { "id" };
        Self::new(404, "invalid_request_error", format!("No such {what}: '{id}'"))
            .code("resource_missing")
            .with("param", json!(param))
    }

    /// 400: a parameter names no object.
    pub fn unknown(what: &str, param: &str, id: &str) -> Self {
        Self::invalid(param, format!("No such {what}: '{id}'")).code("resource_missing")
    }

    /// 500: nothing that the caller did.
    pub fn internal() -> Self {
        Self::new(500, "api_error", "An unknown error occurred")
    }

    /// With a code.
    pub fn code(self, code: &str) -> Self {
        let page = format!("https://stripe.com/docs/error-codes/{}", code.replace('_', "-"));
        self.with("code", json!(code)).with("doc_url", json!(page))
    }

    /// With a field.
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.error[name] = value;
        self
    }

    /// The body.
    pub fn body(&self) -> Value {
        json!({ "error": self.error })
    }
}
