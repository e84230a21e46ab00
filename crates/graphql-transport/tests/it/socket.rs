//! Owns the tests of the conversation over `graphql-transport-ws`, against a real server on the loopback.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use graphql_transport::Limits;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderValue},
};

use crate::support::Shop;

pub struct Client(pub WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What the server sent.
#[derive(Debug, PartialEq)]
pub enum Heard {
    Json(Value),
    Closed(u16, String),
    Cut,
}

/// Serves a shop on a free port.
pub async fn serve(shop: &Shop, limits: Limits) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = shop.routes(limits);
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("ws://{address}/graphql")
}

impl Client {
    pub async fn dial(url: &str, subprotocol: Option<&str>, origin: Option<&str>) -> Result<Self, Error> {
        let mut request = url.into_client_request()?;
        for (name, value) in [("sec-websocket-protocol", subprotocol), ("origin", origin)] {
            if let Some(value) = value {
                request.headers_mut().insert(name, HeaderValue::from_str(value).expect("a header value"));
            }
        }
        connect_async(request).await.map(|(socket, _)| Self(socket))
    }

    /// Connects with the right subprotocol.
    pub async fn open(url: &str) -> Self {
        Self::dial(url, Some("graphql-transport-ws"), None).await.expect("the handshake succeeds")
    }

    /// Connects and initialises.
    pub async fn ready(url: &str) -> Self {
        let mut client = Self::open(url).await;
        client.say(json!({ "type": "connection_init" })).await;
        assert_eq!(client.hear().await, Heard::Json(json!({ "type": "connection_ack" })));
        client
    }

    pub async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    pub async fn send(&mut self, message: Message) {
        // The server may have closed already; what it said is asserted by the reader.
        let _ = self.0.send(message).await;
    }

    pub async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }

    /// The next message that is not a ping of the wire.
    pub async fn hear(&mut self) -> Heard {
        loop {
            let message = tokio::time::timeout(Duration::from_secs(10), self.0.next());
            return match message.await.expect("an answer in time") {
                Some(Ok(Message::Text(text))) => Heard::Json(serde_json::from_str(text.as_str()).expect("JSON")),
                Some(Ok(Message::Close(Some(frame)))) => {
                    Heard::Closed(frame.code.into(), frame.reason.as_str().to_owned())
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(other)) => panic!("unexpected {other:?}"),
                Some(Err(_)) | None => Heard::Cut,
            };
        }
    }

    pub async fn hear_json(&mut self) -> Value {
        match self.hear().await {
            Heard::Json(value) => value,
            other => panic!("unexpected {other:?}"),
        }
    }

    pub async fn close_code(&mut self) -> u16 {
        match self.hear().await {
            Heard::Closed(code, _) => code,
            other => panic!("unexpected {other:?}"),
        }
    }
}

fn result(id: &str, data: Value) -> Value {
    json!({ "type": "next", "id": id, "payload": { "data": data } })
}

#[tokio::test]
async fn operations_run_side_by_side_to_their_ends() {
    let url = serve(&Shop::new(), Limits::default()).await;
    let mut client = Client::ready(&url).await;
    client.subscribe("a", "subscription{counted(to:2)}").await;
    assert_eq!(client.hear_json().await, result("a", json!({ "counted": 1 })));
    assert_eq!(client.hear_json().await, result("a", json!({ "counted": 2 })));
    assert_eq!(client.hear_json().await, json!({ "type": "complete", "id": "a" }));

    client.subscribe("endless", "subscription{forever}").await;
    assert_eq!(client.hear_json().await, result("endless", json!({ "forever": 1 })));
    // The id of a finished operation is free again, and a query is an operation like any other.
    client.subscribe("a", "{item{id}}").await;
    assert_eq!(client.hear_json().await, result("a", json!({ "item": { "id": 1 } })));
    assert_eq!(client.hear_json().await, json!({ "type": "complete", "id": "a" }));
}

#[tokio::test]
async fn the_client_may_complete_an_operation_and_use_its_id_again() {
    let url = serve(&Shop::new(), Limits::default()).await;
    let mut client = Client::ready(&url).await;
    for _ in 0..3 {
        client.subscribe("a", "subscription{forever}").await;
        assert_eq!(client.hear_json().await, result("a", json!({ "forever": 1 })));
        client.say(json!({ "type": "complete", "id": "a" })).await;
    }
    client.say(json!({ "type": "complete", "id": "never seen" })).await;
    client.say(json!({ "type": "ping" })).await;
    assert_eq!(client.hear_json().await, json!({ "type": "pong" }));
}

#[tokio::test]
async fn pings_are_answered_before_and_after_init() {
    let url = serve(&Shop::new(), Limits::default()).await;
    let mut client = Client::open(&url).await;
    client.say(json!({ "type": "ping", "payload": { "n": 1 } })).await;
    assert_eq!(client.hear_json().await, json!({ "type": "pong", "payload": { "n": 1 } }));
    client.say(json!({ "type": "pong" })).await;
    client.say(json!({ "type": "connection_init", "payload": { "token": "someone" } })).await;
    assert_eq!(client.hear_json().await, json!({ "type": "connection_ack" }));
    client.say(json!({ "type": "pong", "payload": {} })).await;
    client.say(json!({ "type": "ping" })).await;
    assert_eq!(client.hear_json().await, json!({ "type": "pong" }));
}

#[tokio::test]
async fn the_server_pings() {
    let limits = Limits { socket_ping: Duration::from_millis(50), ..Limits::default() };
    let url = serve(&Shop::new(), limits).await;
    let mut client = Client::ready(&url).await;
    let first = tokio::time::timeout(Duration::from_secs(5), client.0.next()).await.unwrap();
    assert!(matches!(first, Some(Ok(Message::Ping(_)))), "{first:?}");
    // The client library answers by itself, so the socket lives on beyond the pings that may be missed.
    let quiet = tokio::time::timeout(Duration::from_millis(600), async {
        while let Some(Ok(Message::Ping(_))) = client.0.next().await {}
    });
    assert!(quiet.await.is_err(), "the socket was closed");
}

#[tokio::test]
async fn a_subscription_that_is_refused_is_an_error_and_one_whose_event_fails_goes_on() {
    let url = serve(&Shop::new(), Limits::default()).await;
    let mut client = Client::ready(&url).await;
    client.subscribe("a", "subscription{refuses}").await;
    let refused = client.hear_json().await;
    assert_eq!((&refused["type"], &refused["payload"][0]["message"]), (&json!("error"), &json!("not for you")));
    client.subscribe("b", "subscription{broken{broken}}").await;
    for _ in 0..2 {
        let failed = client.hear_json().await;
        assert_eq!((&failed["type"], &failed["payload"]["data"]), (&json!("next"), &Value::Null));
        assert_eq!(failed["payload"]["errors"][0]["path"], json!(["broken", "broken"]));
    }
    assert_eq!(client.hear_json().await, json!({ "type": "complete", "id": "b" }));
}

#[tokio::test]
async fn a_document_that_cannot_run_is_an_error_message_and_the_socket_stays() {
    let shop = Shop::new();
    let url = serve(&shop, Limits::default()).await;
    let mut client = Client::ready(&url).await;
    for (query, code, word) in [
        ("{", "BAD_REQUEST", ""),
        ("{nothing}", "BAD_REQUEST", "nothing"),
        ("subscription{nothing}", "BAD_REQUEST", "nothing"),
        ("mutation{pay}", "BAD_REQUEST", "POST"),
        ("subscription{a:counted(to:1) b:counted(to:1)}", "QUERY_TOO_COMPLEX", ""),
        ("{panics}", "INTERNAL_SERVER_ERROR", "internal error"),
    ] {
        client.subscribe("a", query).await;
        let heard = client.hear_json().await;
        assert_eq!((&heard["type"], &heard["id"]), (&json!("error"), &json!("a")), "{query}: {heard}");
        assert_eq!(heard["payload"][0]["extensions"]["code"], code, "{query}: {heard}");
        assert!(heard["payload"][0]["message"].as_str().unwrap().contains(word), "{query}: {heard}");
    }
    assert_eq!(shop.paid.load(std::sync::atomic::Ordering::SeqCst), 0);
    client.subscribe("a", "{item{id}}").await;
    assert_eq!(client.hear_json().await, result("a", json!({ "item": { "id": 1 } })));
}

#[tokio::test]
async fn each_breach_of_the_protocol_has_its_close_code() {
    let url = serve(&Shop::new(), Limits::default()).await;
    let subscribe = |id: &str| {
        json!({ "type": "subscribe", "id": id, "payload": { "query": "subscription{forever}" } }).to_string()
    };
    let init = || json!({ "type": "connection_init" }).to_string();
    let cases: Vec<(&str, bool, Vec<Message>, u16)> = vec![
        ("garbage", false, vec![Message::text("garbage")], 4400),
        ("no type", true, vec![Message::text("{}")], 4400),
        ("an array", true, vec![Message::text("[]")], 4400),
        ("an unknown type", true, vec![Message::text(r#"{"type":"start"}"#)], 4400),
        ("a binary frame", true, vec![Message::binary(init())], 4400),
        (
            "a subscription without an id",
            true,
            vec![Message::text(r#"{"type":"subscribe","payload":{"query":"{item{id}}"}}"#)],
            4400,
        ),
        ("a subscription without a payload", true, vec![Message::text(r#"{"type":"subscribe","id":"a"}"#)], 4400),
        (
            "a query that is no string",
            true,
            vec![Message::text(r#"{"type":"subscribe","id":"a","payload":{"query":1}}"#)],
            4400,
        ),
        (
            "an init payload that is no object",
            false,
            vec![Message::text(r#"{"type":"connection_init","payload":1}"#)],
            4400,
        ),
        ("subscribe before the ack", false, vec![Message::text(subscribe("a"))], 4401),
        ("a bad token", false, vec![Message::text(r#"{"type":"connection_init","payload":{"token":"bad"}}"#)], 4403),
        (
            "a token that cannot be checked now",
            false,
            vec![Message::text(r#"{"type":"connection_init","payload":{"token":"down"}}"#)],
            1013,
        ),
        ("init twice", true, vec![Message::text(init())], 4429),
    ];
    for (name, ready, messages, code) in cases {
        let mut client = if ready { Client::ready(&url).await } else { Client::open(&url).await };
        for message in messages {
            client.send(message).await;
        }
        assert_eq!(client.close_code().await, code, "{name}");
    }
    let mut client = Client::ready(&url).await;
    client.send(Message::text(subscribe("a"))).await;
    client.hear_json().await;
    client.send(Message::text(subscribe("a"))).await;
    assert_eq!(client.close_code().await, 4409, "one id twice");
}

#[tokio::test]
async fn another_subprotocol_is_closed_with_4406() {
    let url = serve(&Shop::new(), Limits::default()).await;
    for subprotocol in [Some("graphql-ws"), Some("soap, graphql-ws"), None] {
        let mut client = Client::dial(&url, subprotocol, None).await.expect("the handshake succeeds");
        assert_eq!(client.close_code().await, 4406, "{subprotocol:?}");
    }
    let mut client =
        Client::dial(&url, Some("graphql-ws, graphql-transport-ws"), None).await.expect("ours is among them");
    client.say(json!({ "type": "connection_init" })).await;
    assert_eq!(client.hear_json().await, json!({ "type": "connection_ack" }));
}

#[tokio::test]
async fn a_foreign_origin_is_refused_at_the_handshake() {
    let url = serve(&Shop::new(), Limits::default()).await;
    for (origin, admitted) in [
        ("https://shop.example", true),
        ("https://evil.example", false),
        ("https://shop.example.evil.example", false),
        ("http://shop.example", false),
        ("null", false),
    ] {
        match Client::dial(&url, Some("graphql-transport-ws"), Some(origin)).await {
            Ok(_) => assert!(admitted, "{origin}"),
            Err(Error::Http(answer)) => assert_eq!((answer.status().as_u16(), admitted), (403, false), "{origin}"),
            Err(error) => panic!("{origin}: {error}"),
        }
    }
}
