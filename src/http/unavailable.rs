//! What "not now" looks like: 503, when to come back, the request's id, and no word of why.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use graphql_transport::Refusal;

use crate::graphql::errors::{TRY_AGAIN, UNAVAILABLE};

/// When a client should come back, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// The database cannot do its part.
pub fn now(request_id: &str) -> Refusal {
    refusal(request_id, format!("{TRY_AGAIN} (request {request_id})"))
}

/// Too many requests run already; nothing of this one was done.
pub fn busy(request_id: &str) -> Refusal {
    tracing::debug!(request_id, "refused: too many requests at once");
    refusal(request_id, format!("the shop is busy, nothing was done; try again in a moment (request {request_id})"))
}

fn refusal(request_id: &str, message: String) -> Refusal {
    Refusal::new(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message)
        .with_extension("requestId", request_id)
        .with_header(header::RETRY_AFTER, RETRY_AFTER)
}

/// Gives every 503 its `Retry-After`, also those of routes that speak no GraphQL.
pub async fn come_back(mut response: Response) -> Response {
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(RETRY_AFTER);
    }
    response
}
