//! The pages for people: landing, checkout, the sandbox bank's challenge, and GraphiQL. All of it is in the binary.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};

/// Pictures of an imported catalog may lie elsewhere; nothing else does.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// GraphiQL's style sheet has its small icons as data URLs.
const GRAPHIQL_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; \
                               connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `/`
pub async fn landing() -> Response {
    page(include_str!("../../web/landing.html"), POLICY)
}

/// `/checkout/…`
pub async fn checkout() -> Response {
    page(include_str!("../../web/checkout.html"), POLICY)
}

/// `/sandbox/challenge/…`
pub async fn challenge() -> Response {
    page(include_str!("../../web/challenge.html"), POLICY)
}

/// `/graphql` in a browser.
pub fn graphiql() -> super::Page {
    Arc::new(|_| page(include_str!("../../web/graphiql.html"), GRAPHIQL_POLICY))
}

fn page(html: &'static str, policy: &'static str) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, Html(html)).into_response()
}
