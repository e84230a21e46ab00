//! A client of the subprotocol `graphql-transport-ws`.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderValue},
};

use super::{Server, Visitor};

/// How long a test waits for a message.
const PATIENCE: Duration = Duration::from_secs(15);

/// What the server sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    Message(Value),
    Closed(u16),
    Cut,
}

pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects from a page of this origin, or from no page.
    pub async fn dial(server: &Server, origin: Option<&str>) -> Result<Self, Error> {
        let mut request = format!("ws://{}/graphql", server.address).into_client_request()?;
        let headers = request.headers_mut();
        headers.insert("sec-websocket-protocol", HeaderValue::from_static("graphql-transport-ws"));
        if let Some(origin) = origin {
            headers.insert("origin", HeaderValue::from_str(origin).expect("a header value"));
        }
        connect_async(request).await.map(|(socket, _)| Self(socket))
    }

    /// Connects to a process as a guest, who is admitted.
    pub async fn dial_at(place: std::net::SocketAddr) -> Self {
        let mut request = format!("ws://{place}/graphql").into_client_request().expect("a request");
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("graphql-transport-ws"));
        let (socket, _) = connect_async(request).await.expect("the handshake succeeds");
        let mut socket = Self(socket);
        socket.say(json!({ "type": "connection_init" })).await;
        assert_eq!(socket.hear().await, Heard::Message(json!({ "type": "connection_ack" })));
        socket
    }

    /// Connects and introduces the visitor.
    pub async fn greet(server: &Server, visitor: &Visitor) -> (Self, Heard) {
        let mut socket = Self::dial(server, None).await.expect("the handshake succeeds");
        let mut payload = json!({});
        if let Some(token) = &visitor.access_token {
            payload["Authorization"] = json!(format!("Bearer {token}"));
        }
        if let Some(token) = &visitor.order_access_token {
            payload["orderAccessToken"] = json!(token);
        }
        socket.say(json!({ "type": "connection_init", "payload": payload })).await;
        let heard = socket.hear().await;
        (socket, heard)
    }

    /// Connects as this visitor, who is admitted.
    pub async fn open(server: &Server, visitor: &Visitor) -> Self {
        let (socket, heard) = Self::greet(server, visitor).await;
        assert_eq!(heard, Heard::Message(json!({ "type": "connection_ack" })));
        socket
    }

    pub async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.expect("the server reads");
    }

    pub async fn subscribe(&mut self, id: &str, document: &str, variables: Value) {
        let payload = json!({ "query": document, "variables": variables });
        self.say(json!({ "type": "subscribe", "id": id, "payload": payload })).await;
    }

    /// The next message that is not a ping of the wire.
    pub async fn hear(&mut self) -> Heard {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.0.next()).await.expect("a message in time");
            return match message {
                Some(Ok(Message::Text(text))) => Heard::Message(serde_json::from_str(text.as_str()).expect("JSON")),
                Some(Ok(Message::Close(Some(frame)))) => Heard::Closed(frame.code.into()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(other)) => panic!("unexpected {other:?}"),
                Some(Err(_)) | None => Heard::Cut,
            };
        }
    }

    /// The data of the next result of the operation with this id.
    #[track_caller]
    pub fn data(&mut self, id: &str) -> impl Future<Output = Value> {
        let place = std::panic::Location::caller();
        let id = id.to_owned();
        async move {
            let heard = self.hear().await;
            let Heard::Message(message) = &heard else { panic!("{place}: {heard:?}") };
            assert_eq!((&message["type"], &message["id"]), (&json!("next"), &json!(id)), "{place}: {message:#}");
            assert_eq!(message["payload"].get("errors"), None, "{place}: {message:#}");
            message["payload"]["data"].clone()
        }
    }

    /// Asserts that nothing is said for a while.
    pub async fn assert_quiet(&mut self, time: Duration) {
        let heard = tokio::time::timeout(time, self.0.next()).await;
        assert!(matches!(heard, Err(_) | Ok(Some(Ok(Message::Ping(_))))), "unexpected {heard:?}");
    }
}
