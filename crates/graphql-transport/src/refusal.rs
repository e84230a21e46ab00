//! Owns refusals: what the transport, or the authentication behind it, answers instead of running a document.

use std::borrow::Cow;

use axum::response::IntoResponse;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value, json};

/// The code of a broken request.
pub const BAD_REQUEST: &str = "BAD_REQUEST";
/// The code of a value that its type refuses.
pub const BAD_USER_INPUT: &str = "BAD_USER_INPUT";
/// The code of a request beyond a limit.
pub const QUERY_TOO_COMPLEX: &str = "QUERY_TOO_COMPLEX";
/// The code of a request that took longer than allowed.
pub const REQUEST_TIMEOUT: &str = "REQUEST_TIMEOUT";
/// The code of a fault of ours.
pub const INTERNAL: &str = "INTERNAL_SERVER_ERROR";

/// A request that is not run: its HTTP status, `extensions.code`, a short message of ours that never repeats the request,
/// further extensions and headers.
#[derive(Clone, Debug)]
pub struct Refusal {
    inner: Box<Inner>,
}

#[derive(Clone, Debug)]
struct Inner {
    status: StatusCode,
    code: Cow<'static, str>,
    message: Cow<'static, str>,
    extensions: Map<String, Value>,
    headers: HeaderMap,
    location: Option<(usize, usize)>,
    document: bool,
}

impl Refusal {
    /// A refusal with a status, an `extensions.code` and a message.
    pub fn new(status: StatusCode, code: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            inner: Box::new(Inner {
                status,
                code: code.into(),
                message: message.into(),
                extensions: Map::new(),
                headers: HeaderMap::new(),
                location: None,
                document: false,
            }),
        }
    }

    /// 400 BAD_REQUEST: the request itself is broken.
    pub fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, BAD_REQUEST, message)
    }

    /// 400 BAD_REQUEST for a well-formed request whose document cannot be run. A client that accepts nothing but
    /// `application/json` gets it with status 200, as GraphQL over HTTP asks.
    pub fn document(message: impl Into<Cow<'static, str>>) -> Self {
        let mut refusal = Self::bad_request(message);
        refusal.inner.document = true;
        refusal
    }

    /// 400 QUERY_TOO_COMPLEX: the request is beyond a limit.
    pub fn too_complex(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, QUERY_TOO_COMPLEX, message)
    }

    /// 503 REQUEST_TIMEOUT: the answer took too long.
    pub fn timed_out() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIMEOUT, "the request took too long")
            .with_header(http::header::RETRY_AFTER, HeaderValue::from_static("1"))
    }

    /// 500 INTERNAL_SERVER_ERROR: a fault of ours, with the id under which it is on record.
    pub fn internal(request_id: Option<String>) -> Self {
        let refusal = Self::new(StatusCode::INTERNAL_SERVER_ERROR, INTERNAL, "internal error");
        match request_id {
            Some(id) => refusal.with_extension("requestId", id),
            None => refusal,
        }
    }

    /// Adds a header, such as `Retry-After` or `Allow`.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.inner.headers.insert(name, value);
        self
    }

    /// Adds an entry to the error's `extensions`.
    #[must_use]
    pub fn with_extension(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.inner.extensions.insert(name.into(), value.into());
        self
    }

    /// Says at which line and column of the document the fault is, both from 1.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.inner.location = Some((line, column));
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.inner.status
    }

    /// The value of `extensions.code`.
    pub fn code(&self) -> &str {
        &self.inner.code
    }

    /// The message.
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// The headers to send.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    /// Whether the document is at fault and the request is not.
    pub fn is_document(&self) -> bool {
        self.inner.document
    }

    /// The refusal as a GraphQL error.
    pub fn error(&self) -> Value {
        let mut extensions = self.inner.extensions.clone();
        extensions.insert("code".to_owned(), Value::from(self.code()));
        let mut error = Map::new();
        error.insert("message".to_owned(), Value::from(self.message()));
        if let Some((line, column)) = self.inner.location {
            error.insert("locations".to_owned(), json!([{ "line": line, "column": column }]));
        }
        error.insert("extensions".to_owned(), Value::Object(extensions));
        Value::Object(error)
    }

    /// The refusal as the body of an answer: `errors` and, because nothing ran, no `data`.
    pub fn body(&self) -> Value {
        json!({ "errors": [self.error()] })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> axum::response::Response {
        crate::http::answer::refuse(&self, crate::http::negotiate::Media::JsonByDefault)
    }
}
