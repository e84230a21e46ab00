//! Owns the seam between the transport and the schema behind it: the one trait that a server implements.

use std::future::Future;

use async_graphql::{Request, Response};
use futures::stream::BoxStream;
use http::{StatusCode, request::Parts};
use tokio_util::sync::CancellationToken;

use crate::{http::answer::Answer, refusal::Refusal};

/// What stands behind the transport. Every request that reaches these methods has passed the gate, and carries its parsed
/// document (`Request::parsed_query`), its text (also when it came by hash) and an [`crate::Operation`] in its data.
pub trait Backend: Clone + Send + Sync + 'static {
    /// What authentication made of a request.
    type Session: Clone + Send + Sync + 'static;

    /// Who sends this request. An `Err` is answered as it stands (401, 403, 429 …).
    fn authenticate(&self, parts: &Parts) -> impl Future<Output = Result<Self::Session, Refusal>> + Send;

    /// Who opens this socket; `payload` is that of `connection_init` (null when absent). An `Err` closes with 4403.
    fn authenticate_socket(
        &self,
        parts: &Parts,
        payload: serde_json::Value,
    ) -> impl Future<Output = Result<Self::Session, Refusal>> + Send;

    /// Whether the session of a long connection still holds, asked every [`crate::Limits::session_poll`]. False closes the
    /// socket with 4403 and completes the event stream. Answer true while the answer cannot be had.
    fn still_valid(&self, session: &Self::Session) -> impl Future<Output = bool> + Send;

    /// Runs a query or a mutation. An `Err` is for what must not look like an executed document: a spent budget (429), an
    /// idempotency key in use (409). Headers of the response (`Response::http_headers`) are sent. An answer that was given
    /// before is [`Answer::Written`]: its bytes are sent as they are.
    fn execute(&self, request: Request, session: Self::Session)
    -> impl Future<Output = Result<Answer, Refusal>> + Send;

    /// Runs a subscription, in general by `async_graphql::Executor::execute_stream`. A first response with errors and no data
    /// means that it never started.
    fn subscribe(&self, request: Request, session: Self::Session) -> BoxStream<'static, Response>;

    /// Cancelled when the server goes down: sockets then close with 1001 and event streams complete.
    fn shutdown(&self) -> CancellationToken;

    /// The status that an error code asks for when an answer has no data, or null; not for clients that accept
    /// `application/json` by name. BAD_USER_INPUT is 400 without being asked for.
    fn status(&self, _code: &str) -> Option<StatusCode> {
        None
    }

    /// Told of an execution that took longer than [`crate::Limits::request_time`] and was dropped. As with `panicked`, returns
    /// the id under which it is on record.
    fn timed_out(&self, _parts: Option<&Parts>) -> Option<String> {
        None
    }

    /// Told of a panic behind `execute` or `subscribe`. Logs it and returns the id that lets a person find the entry, which
    /// the client sees as `extensions.requestId`.
    fn panicked(&self, _parts: Option<&Parts>, _cause: &str) -> Option<String> {
        None
    }
}
