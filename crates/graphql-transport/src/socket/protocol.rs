//! Owns the words of the `graphql-transport-ws` subprotocol: its messages and close codes.

use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

use crate::{events::Event, params::Params};

/// The name in `Sec-WebSocket-Protocol`.
pub const SUBPROTOCOL: &str = "graphql-transport-ws";

/// Bytes of an operation's id that we are willing to repeat in each of its messages.
const MOST_ID_BYTES: usize = 128;

/// Why a socket is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    GoingAway,
    Silent,
    TooLarge,
    TooMany,
    TryLater,
    Invalid,
    Unauthorized,
    Forbidden,
    Subprotocol,
    InitTimeout,
    Lagged,
    DuplicateId,
    SecondInit,
}

impl Close {
    /// The close code and the reason.
    pub fn frame(self) -> (u16, &'static str) {
        match self {
            Self::GoingAway => (1001, "the server is going down"),
            Self::Silent => (1008, "no sign of life"),
            Self::TooMany => (1008, "too many messages"),
            Self::TooLarge => (1009, "the message is too large"),
            Self::TryLater => (1013, "try again later"),
            Self::Invalid => (4400, "invalid message"),
            Self::Unauthorized => (4401, "Unauthorized"),
            Self::Forbidden => (4403, "Forbidden"),
            Self::Subprotocol => (4406, "Subprotocol not acceptable"),
            Self::InitTimeout => (4408, "Connection initialisation timeout"),
            Self::DuplicateId => (4409, "a subscriber with this id already exists"),
            Self::Lagged => (4410, "lagged"),
            Self::SecondInit => (4429, "Too many initialisation requests"),
        }
    }
}

/// A message of the client's.
#[derive(Debug)]
pub enum Incoming {
    ConnectionInit(Value),
    Ping(Option<Box<RawValue>>),
    Pong,
    Subscribe { id: String, params: Box<Params> },
    Complete { id: String },
}

#[derive(Deserialize)]
struct Frame {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    payload: Option<Box<RawValue>>,
}

impl Incoming {
    /// Reads a message; `None` for what is not one, which closes the socket with 4400.
    pub fn read(text: &str) -> Option<Self> {
        let frame: Frame = serde_json::from_str(text).ok()?;
        let id = frame.id.filter(|id| !id.is_empty() && id.len() <= MOST_ID_BYTES);
        Some(match frame.kind.as_str() {
            "connection_init" => Self::ConnectionInit(match &frame.payload {
                None => Value::Null,
                Some(payload) => {
                    let payload: Value = serde_json::from_str(payload.get()).ok()?;
                    (payload.is_object() || payload.is_null()).then_some(payload)?
                }
            }),
            "ping" => Self::Ping(frame.payload),
            "pong" => Self::Pong,
            "subscribe" => {
                let params: Params = serde_json::from_str(frame.payload?.get()).ok()?;
                Self::Subscribe { id: id?, params: Box::new(params) }
            }
            "complete" => Self::Complete { id: id? },
            _ => return None,
        })
    }
}

/// The answer to an admitted `connection_init`.
pub fn connection_ack() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

/// The answer to a `ping`, with its payload.
pub fn pong(payload: Option<&RawValue>) -> String {
    match payload {
        Some(payload) => format!(r#"{{"type":"pong","payload":{}}}"#, payload.get()),
        None => json!({ "type": "pong" }).to_string(),
    }
}

/// The message that tells of an event, and whether it is the last of its operation.
pub fn event(id: &str, event: Event) -> (String, bool) {
    let quoted = Value::from(id);
    match event {
        Event::Next(result) => (format!(r#"{{"type":"next","id":{quoted},"payload":{result}}}"#), false),
        Event::Refused(errors) => (json!({ "type": "error", "id": id, "payload": errors }).to_string(), true),
        Event::Complete => (json!({ "type": "complete", "id": id }).to_string(), true),
    }
}
