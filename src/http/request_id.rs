//! The request's id: made here, told to the client in `X-Request-Id`, known to the log and to every error.

use std::any::Any;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::Instrument;
use uuid::Uuid;

use crate::app::App;

/// The id of one request.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

static HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Gives a request its id. One that a client sends is not taken over: it could forge lines of the log.
pub async fn give(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = app.sources.id::<Uuid>().simple().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    // Of the highest level, so that every line has its id however little is logged.
    let span = tracing::error_span!("request", id, method = %request.method(), path = request.uri().path());
    let mut response = next.run(request).instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER.clone(), value);
    }
    response
}

/// The answer to a panic behind a plain route; the log has its cause.
pub fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(cause = cause.unwrap_or("unknown"), "a route panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "internal error\n").into_response()
}
