//! Watching orders over WebSocket and server-sent events: the present state first, then each change, nothing missed and
//! nothing twice, whichever process made the change.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use rand::Rng;
use serde_json::{Value, json};

use crate::{
    make::{
        catalog::{Made, product, variant},
        purchase::Purchase,
    },
    support::{Events, Heard, Server, Socket, Visitor},
};

const WATCH: &str = "subscription($id: ID!, $after: String) { orderUpdated(id: $id, after: $after) {
    cursor event { type } order { number status fulfillmentStatus } } }";
const FEED: &str =
    "subscription($after: String, $filter: OrdersFeedFilter) { ordersFeed(after: $after, filter: $filter) {
    cursor event { type } order { number } } }";
const PAY_AGAIN: &str = "mutation($input: PaymentRetryInput!) { paymentRetry(input: $input) { order { status }
    userErrors { code } } }";

async fn lamp(server: &Server) -> Made {
    product("Lamp").variant(variant(4_900).stock(1_000)).make(&server.shop).await
}

/// An order whose payment was declined: it waits for another attempt.
async fn declined(server: &Server, lamp: &Made) -> Purchase {
    let purchase = server.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_declined").await;
    server.all_told().await;
    purchase
}

/// Tries to pay again.
async fn pay(server: &Server, purchase: &Purchase, token: &str) -> Value {
    let input = json!({ "orderId": purchase.order_id, "payment": { "gateway": "sandbox", "token": token } });
    server.graphql(&purchase.buyer, PAY_AGAIN, json!({ "input": input })).await.at("/paymentRetry")
}

/// Type and cursor of a message of either subscription.
fn told(data: &Value) -> (String, i64) {
    let message = data.get("orderUpdated").or_else(|| data.get("ordersFeed")).expect("a message");
    let cursor = message["cursor"].as_str().and_then(|cursor| cursor.parse().ok()).expect("a cursor");
    (message["event"]["type"].as_str().unwrap_or("PRESENT").to_owned(), cursor)
}

#[tokio::test]
async fn a_watcher_sees_the_present_state_and_then_each_change_over_both_transports() {
    let server = Server::start().await;
    let purchase = declined(&server, &lamp(&server).await).await;
    let (id, buyer) = (json!({ "id": purchase.order_id }), &purchase.buyer);
    let mut socket = Socket::open(&server, buyer).await;
    socket.subscribe("order", WATCH, id.clone()).await;
    let mut events = Events::open(&server, buyer, WATCH, id).await;
    for present in [socket.data("order").await, events.data().await] {
        assert_eq!(present["orderUpdated"]["event"], Value::Null);
        assert_eq!(present["orderUpdated"]["order"]["status"], "PENDING_PAYMENT");
        assert_eq!(present["orderUpdated"]["order"]["number"], purchase.number);
    }
    let mut expected = Vec::new();
    pay(&server, &purchase, "sandbox_declined").await;
    expected.push("PAYMENT_FAILED");
    pay(&server, &purchase, "sandbox_ok").await;
    expected.push("ORDER_PAID");
    server.ship(&server.admin().await, &purchase.order_id, "1Z999").await;
    expected.extend(["ORDER_FULFILLMENT_CREATED", "ORDER_SHIPPED"]);
    server.deliver(&purchase.buyer, &purchase.order_id).await;
    expected.push("ORDER_DELIVERED");
    let (mut by_socket, mut by_events) = (Vec::new(), Vec::new());
    for _ in &expected {
        by_socket.push(told(&socket.data("order").await));
        by_events.push(told(&events.data().await));
    }
    assert_eq!(by_socket, by_events, "both transports tell the same");
    assert_eq!(by_socket.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), expected);
    assert!(by_socket.is_sorted_by(|(_, one), (_, next)| one < next), "cursors grow: {by_socket:?}");
    socket.assert_quiet(Duration::from_millis(300)).await;
}

/// Watches until `cut`, then goes away without a word, as a train in a tunnel does.
async fn watch_some(server: &Server, buyer: &Visitor, variables: Value, cut: usize, over_socket: bool) -> Vec<Value> {
    let mut seen = Vec::new();
    if over_socket {
        let mut socket = Socket::open(server, buyer).await;
        socket.subscribe("order", WATCH, variables).await;
        for _ in 0..cut {
            seen.push(socket.data("order").await);
        }
    } else {
        let mut events = Events::open(server, buyer, WATCH, variables).await;
        for _ in 0..cut {
            seen.push(events.data().await);
        }
    }
    seen
}

#[tokio::test]
async fn whoever_comes_back_with_a_cursor_misses_nothing_and_sees_nothing_twice() {
    let server = Server::start().await;
    let purchase = declined(&server, &lamp(&server).await).await;
    let whole = async {
        let mut socket = Socket::open(&server, &purchase.buyer).await;
        socket.subscribe("order", WATCH, json!({ "id": purchase.order_id, "after": "0" })).await;
        let mut all = Vec::new();
        while all.len() < 14 {
            all.push(told(&socket.data("order").await));
        }
        all
    };
    // Twelve changes, while somebody with a bad connection watches: each cut is at another place, drawn anew each run.
    let changes = async {
        for _ in 0..12 {
            pay(&server, &purchase, "sandbox_declined").await;
        }
    };
    let interrupted = async {
        let mut seen: Vec<(String, i64)> = Vec::new();
        let mut after = "0".to_owned();
        while seen.len() < 14 {
            let cut = rand::rng().random_range(1..=4).min(14 - seen.len());
            let over_socket = rand::rng().random_bool(0.5);
            let variables = json!({ "id": purchase.order_id, "after": after });
            let part = watch_some(&server, &purchase.buyer, variables, cut, over_socket).await;
            seen.extend(part.iter().map(told));
            after = seen.last().expect("something was seen").1.to_string();
        }
        seen
    };
    let (whole, (), interrupted) = tokio::join!(whole, changes, interrupted);
    assert_eq!(interrupted, whole);
    let kinds: Vec<&str> = whole.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds[..2], ["ORDER_CREATED", "PAYMENT_FAILED"]);
    assert!(kinds[2..].iter().all(|kind| *kind == "PAYMENT_FAILED"), "{kinds:?}");
    assert!(whole.is_sorted_by(|(_, one), (_, next)| one < next), "{whole:?}");
}

#[tokio::test]
async fn staff_follow_all_orders_and_choose_the_kinds_of_events() {
    let server = Server::start().await;
    let admin = server.admin().await;
    let lamp = lamp(&server).await;
    let mut socket = Socket::open(&server, &admin).await;
    socket.subscribe("all", FEED, json!({})).await;
    let present = socket.data("all").await;
    assert_eq!(
        (&present["ordersFeed"]["event"], &present["ordersFeed"]["order"]),
        (&Value::Null, &Value::Null),
        "the first message tells where the feed begins"
    );
    let mut paid = Events::open(&server, &admin, FEED, json!({ "filter": { "types": ["ORDER_PAID"] } })).await;
    assert_eq!(told(&paid.data().await).0, "PRESENT");
    let first = server.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_ok").await;
    let second = declined(&server, &lamp).await;
    let third = server.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_ok").await;
    let mut seen = Vec::new();
    for _ in 0..6 {
        let data = socket.data("all").await;
        seen.push((told(&data).0, data["ordersFeed"]["order"]["number"].as_i64().expect("a number")));
    }
    let expected = [
        ("ORDER_CREATED", first.number),
        ("ORDER_PAID", first.number),
        ("ORDER_CREATED", second.number),
        ("PAYMENT_FAILED", second.number),
        ("ORDER_CREATED", third.number),
        ("ORDER_PAID", third.number),
    ];
    assert_eq!(seen, expected.map(|(kind, number)| (kind.to_owned(), number)));
    for number in [first.number, third.number] {
        let data = paid.data().await;
        assert_eq!((told(&data).0.as_str(), &data["ordersFeed"]["order"]["number"]), ("ORDER_PAID", &json!(number)));
    }
    // The beginning, once more, from a cursor.
    let mut again = Events::open(&server, &admin, FEED, json!({ "after": present["ordersFeed"]["cursor"] })).await;
    for (kind, number) in &expected {
        let data = again.data().await;
        assert_eq!((told(&data).0.as_str(), &data["ordersFeed"]["order"]["number"]), (*kind, &json!(number)));
    }
}

#[tokio::test]
async fn an_order_of_somebody_else_is_an_error_and_no_data() {
    let server = Server::start().await;
    let ada = server.customer("ada@example.com").await;
    let bob = server.customer("bob@example.com").await;
    let lamp = lamp(&server).await;
    let of_ada = server.buy(&ada, &lamp.variant_gid(0), "sandbox_ok").await;
    let of_bob = server.buy(&bob, &lamp.variant_gid(0), "sandbox_ok").await;
    let guests = server.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_ok").await;
    let missing = "gid://cartwright/Order/018f0000-0000-7000-8000-000000000000";
    let mut messages = Vec::new();
    for (visitor, id) in [
        (&Visitor::guest(), of_ada.order_id.as_str()),
        (&bob, of_ada.order_id.as_str()),
        (&bob, guests.order_id.as_str()),
        (&guests.buyer, of_bob.order_id.as_str()),
        (&bob, missing),
    ] {
        let mut socket = Socket::open(&server, visitor).await;
        socket.subscribe("order", WATCH, json!({ "id": id })).await;
        let Heard::Message(message) = socket.hear().await else { panic!("the socket stays open") };
        assert_eq!(message["type"], "error", "{message:#}");
        assert_eq!(message["payload"][0]["extensions"]["code"], "NOT_FOUND", "{message:#}");
        messages.push(message["payload"][0]["message"].clone());
        let mut events = Events::open(&server, visitor, WATCH, json!({ "id": id })).await;
        let refused = events.next().await.expect("a result");
        assert_eq!((&refused["errors"][0]["extensions"]["code"], refused.get("data")), (&json!("NOT_FOUND"), None));
        assert_eq!(events.next().await, None);
    }
    assert!(messages.iter().all(|message| *message == messages[0]), "foreign and missing read alike: {messages:?}");
    for (visitor, code) in [(&Visitor::guest(), "UNAUTHENTICATED"), (&bob, "FORBIDDEN")] {
        let mut socket = Socket::open(&server, visitor).await;
        socket.subscribe("all", FEED, json!({})).await;
        let Heard::Message(message) = socket.hear().await else { panic!("the socket stays open") };
        assert_eq!((&message["type"], &message["payload"][0]["extensions"]["code"]), (&json!("error"), &json!(code)));
    }
}

#[tokio::test]
async fn a_socket_closes_when_its_token_ends_and_so_does_an_event_stream() {
    let server = Server::with(&[("CARTWRIGHT_SESSION_POLL_SECONDS", "0.1")]).await;
    let ada = server.customer("ada@example.com").await;
    let order = server.buy(&ada, &lamp(&server).await.variant_gid(0), "sandbox_ok").await;
    let mut socket = Socket::open(&server, &ada).await;
    socket.subscribe("order", WATCH, json!({ "id": order.order_id })).await;
    assert_eq!(told(&socket.data("order").await).0, "PRESENT");
    let mut events = Events::open(&server, &ada, WATCH, json!({ "id": order.order_id })).await;
    assert_eq!(told(&events.data().await).0, "PRESENT");
    let mut guest = Socket::open(&server, &Visitor::guest()).await;
    // Beyond the ten minutes of an access token.
    server.shop.app.sources.clock.advance(TimeDelta::minutes(30));
    assert_eq!(socket.hear().await, Heard::Closed(4403));
    assert_eq!(events.next().await, None);
    let (_, refused) = Socket::greet(&server, &ada).await;
    assert_eq!(refused, Heard::Closed(4403), "an ended token is no guest");
    guest.say(json!({ "type": "ping" })).await;
    assert_eq!(guest.hear().await, Heard::Message(json!({ "type": "pong" })), "guests have no token that could end");
}

#[tokio::test]
async fn a_socket_closes_when_its_customer_signs_out() {
    let quick = [("CARTWRIGHT_SESSION_POLL_SECONDS", "0.1"), ("CARTWRIGHT_SESSION_TRUST_SECONDS", "0")];
    let server = Server::with(&quick).await;
    let ada = server.customer("ada@example.com").await;
    let mut socket = Socket::open(&server, &ada).await;
    let sign_out = "mutation { customerAccessTokenDelete { signedOut userErrors { code } } }";
    server.graphql(&ada, sign_out, json!({})).await.done("customerAccessTokenDelete");
    assert_eq!(socket.hear().await, Heard::Closed(4403));
}

#[tokio::test]
async fn a_stopping_server_sends_sockets_away_and_completes_event_streams() {
    let mut server = Server::start().await;
    let purchase = declined(&server, &lamp(&server).await).await;
    let mut socket = Socket::open(&server, &purchase.buyer).await;
    socket.subscribe("order", WATCH, json!({ "id": purchase.order_id })).await;
    assert_eq!(told(&socket.data("order").await).0, "PRESENT");
    let mut events = Events::open(&server, &purchase.buyer, WATCH, json!({ "id": purchase.order_id })).await;
    assert_eq!(told(&events.data().await).0, "PRESENT");
    let began = Instant::now();
    let ((), heard, ended) = tokio::join!(server.stop(), socket.hear(), events.next());
    assert_eq!(heard, Heard::Closed(1001));
    assert_eq!(ended, None);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_change_of_another_process_is_heard_within_a_second() {
    let one = Server::start().await;
    let other = one.beside().await;
    let purchase = declined(&one, &lamp(&one).await).await;
    let mut socket = Socket::open(&one, &purchase.buyer).await;
    socket.subscribe("order", WATCH, json!({ "id": purchase.order_id })).await;
    assert_eq!(told(&socket.data("order").await).0, "PRESENT");
    for _ in 0..3 {
        pay(&other, &purchase, "sandbox_declined").await;
        let changed = Instant::now();
        assert_eq!(told(&socket.data("order").await).0, "PAYMENT_FAILED");
        assert!(changed.elapsed() < Duration::from_secs(1), "{:?}", changed.elapsed());
    }
    assert_eq!(pay(&other, &purchase, "sandbox_ok").await["order"]["status"], "PROCESSING");
    let paid = socket.data("order").await;
    assert_eq!(
        (told(&paid).0.as_str(), &paid["orderUpdated"]["order"]["status"]),
        ("ORDER_PAID", &json!("PROCESSING"))
    );
}

#[tokio::test]
async fn pages_of_foreign_origins_open_no_socket_in_production() {
    let listed = ("CARTWRIGHT_ALLOWED_ORIGINS", "https://shop.example.com");
    let own = ("CARTWRIGHT_PUBLIC_URL", "https://api.example.com/store");
    let server = Server::with(&[("CARTWRIGHT_MODE", "production"), listed, own]).await;
    for (origin, admitted) in [
        (None, true),
        (Some("https://api.example.com"), true),
        (Some("https://shop.example.com"), true),
        (Some("https://evil-shop.example.com"), false),
        (Some("https://shop.example.com.attacker.net"), false),
        (Some("null"), false),
    ] {
        assert_eq!(Socket::dial(&server, origin).await.is_ok(), admitted, "{origin:?}");
    }
    let mut socket = Socket::open(&server, &Visitor::guest()).await;
    socket.subscribe("m", "mutation { cartCreate { cart { id } } }", json!({})).await;
    let Heard::Message(message) = socket.hear().await else { panic!("the socket stays open") };
    assert_eq!(
        (&message["type"], &message["payload"][0]["extensions"]["code"]),
        (&json!("error"), &json!("BAD_REQUEST"))
    );
}
