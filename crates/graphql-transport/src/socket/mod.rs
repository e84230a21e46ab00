//! Owns the way onto a WebSocket: origin, handshake, and a task for the conversation.

mod connection;
mod handshake;
mod protocol;
mod session;

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::{StatusCode, request::Parts};

use self::{connection::Connection, handshake::Handshake, protocol::Close};
use crate::{backend::Backend, refusal::Refusal, run::Endpoint};

/// Answers a handshake. A page of a foreign origin is refused here, because browsers ask nobody before they open sockets.
pub fn upgrade<B: Backend>(endpoint: Arc<Endpoint<B>>, mut parts: Parts) -> Response {
    if !endpoint.options.origins.admit(&parts.headers) {
        return Refusal::new(StatusCode::FORBIDDEN, "FORBIDDEN", "this origin may not open sockets").into_response();
    }
    let handshake = match Handshake::read(&mut parts) {
        Ok(handshake) => handshake,
        Err(refusal) => return refusal.into_response(),
    };
    let answer = handshake.answer();
    tokio::spawn(async move {
        // A client that leaves before the answer reaches it never becomes a socket.
        let Ok(upgraded) = handshake.upgrade.await else { return };
        let mut connection = Connection::new(upgraded, &endpoint.options.limits).await;
        let close = if handshake.speaks_ours {
            session::run(&endpoint, &mut connection, parts).await
        } else {
            Some(Close::Subprotocol)
        };
        if let Some(close) = close {
            connection.close(close).await;
        }
    });
    answer
}
