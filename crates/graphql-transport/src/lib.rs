//! Owns GraphQL on the wire: one gate, then HTTP, WebSocket (`graphql-transport-ws`) and server-sent events, on top of
//! async-graphql and axum. Knows nothing of what the schema is about.
//!
//! A server implements [`Backend`], chooses [`Options`] and mounts [`routes`] or [`endpoint`].
//!
//! # The order of the checks, and why
//!
//! 1. Method (405), then a WebSocket handshake with its `Origin` (403), then the page for browsers. They need headers only.
//! 2. `Accept` (406), `Content-Type` and `Content-Encoding` (415): still headers only. That a mutation needs `application/json`
//!    by POST is what keeps foreign web pages out, because a browser asks before it sends that type.
//! 3. The body, counted while it is read (413) and within the time of the request (408).
//! 4. JSON (400): one meaning for each key, so that what is limited and hashed is what runs.
//! 5. The text behind a persisted hash.
//! 6. The [`gate`]: text, tokens, brackets, parser, written size, expanded size, variables. All of it before
//!    authentication, because it needs no database, and before the library, whose own limits walk the expanded document
//!    first: 936 bytes have cost it (7.2) 51 seconds and 19 GB.
//! 7. The method again (mutations never by GET) and the transport (subscriptions never as plain JSON).
//! 8. [`Backend::authenticate`], then the library's validation and execution, within what is left of the request's time (503),
//!    panics caught (500).
//!
//! # Status codes
//!
//! A [`Refusal`] keeps its status everywhere, with one exception: where the *document* is at fault (syntax, validation,
//! variables) and the client accepts `application/json` by name, the status is 200, as GraphQL over HTTP wishes for that
//! older type. With `application/graphql-response+json`, and for clients that state no preference, it is 400. Answers in
//! which execution never started have no `data` key.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod backend;
mod events;
pub mod gate;
mod http;
mod limits;
mod options;
mod params;
mod persisted;
mod refusal;
mod run;
mod socket;
mod sse;

pub use self::http::{
    answer::{Answer, Written, started},
    endpoint, routes,
};
pub use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
pub use async_graphql::parser::types::OperationType;
pub use backend::Backend;
pub use gate::{Admitted, Operation};
pub use limits::Limits;
pub use options::{Ide, Options, Origins};
pub use refusal::{BAD_REQUEST, BAD_USER_INPUT, INTERNAL, QUERY_TOO_COMPLEX, REQUEST_TIMEOUT, Refusal};
pub use tokio_util::sync::CancellationToken;
