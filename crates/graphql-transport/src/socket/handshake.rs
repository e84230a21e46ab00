//! Owns the opening of a WebSocket (RFC 6455, section 4.2): what a request must say, and what the answer says.

use axum::{body::Body, response::Response};
use http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use hyper::upgrade::OnUpgrade;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::protocol::SUBPROTOCOL;
use crate::refusal::Refusal;

/// A handshake that may go on.
pub struct Handshake {
    /// The connection, once the answer is on its way.
    pub upgrade: OnUpgrade,
    /// Whether the client speaks our subprotocol.
    pub speaks_ours: bool,
    accept: HeaderValue,
    subprotocol: Option<HeaderValue>,
}

impl Handshake {
    /// Reads the headers of a request that asks for a WebSocket.
    pub fn read(parts: &mut Parts) -> Result<Self, Refusal> {
        let headers = &parts.headers;
        if !names(headers, header::CONNECTION).any(|name| name.eq_ignore_ascii_case("upgrade")) {
            return Err(incomplete());
        }
        if headers.get(header::SEC_WEBSOCKET_VERSION).is_none_or(|version| version != "13") {
            return Err(incomplete().with_header(header::SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13")));
        }
        let key = headers.get(header::SEC_WEBSOCKET_KEY).ok_or_else(incomplete)?;
        let accept = HeaderValue::from_str(&derive_accept_key(key.as_bytes())).map_err(|_| incomplete())?;
        let offered = || names(headers, header::SEC_WEBSOCKET_PROTOCOL);
        let speaks_ours = offered().any(|name| name == SUBPROTOCOL);
        // A browser reports nothing but failure when none of its subprotocols is selected. So that it can read the close code
        // for a wrong one, that one is selected.
        let selected = if speaks_ours { Some(SUBPROTOCOL) } else { offered().next() };
        let subprotocol = selected.and_then(|name| HeaderValue::from_str(name).ok());
        let upgrade = parts.extensions.remove::<OnUpgrade>().ok_or_else(incomplete)?;
        Ok(Self { upgrade, speaks_ours, accept, subprotocol })
    }

    /// The answer that opens the socket.
    pub fn answer(&self) -> Response {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        let headers = answer.headers_mut();
        headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(header::SEC_WEBSOCKET_ACCEPT, self.accept.clone());
        if let Some(subprotocol) = &self.subprotocol {
            headers.insert(header::SEC_WEBSOCKET_PROTOCOL, subprotocol.clone());
        }
        answer
    }
}

/// The comma-separated names in all headers of that name.
fn names(headers: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim).filter(|name| !name.is_empty())
}

fn incomplete() -> Refusal {
    Refusal::bad_request("the WebSocket handshake is incomplete")
}
