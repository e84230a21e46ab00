//! Clocks that are an hour off, or are set while the shop is open: nothing is lost, and nothing comes in another order.

use cartwright::platform::Sources;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{BROWSE, message};
use crate::{
    make::catalog::{Made, product, variant},
    support::{Events, Server, Visitor, on_postgres},
};

const FEED: &str = "subscription { ordersFeed { cursor event { type } order { number } } }";
const STATUS: &str = "query($id: ID!) { order(id: $id) { status } }";

async fn lamp(server: &Server) -> Made {
    product("Lamp").variant(variant(1_000).stock(100)).make(&server.shop).await
}

/// A machine whose clock is wrong by so many hours.
fn wrong_by(hours: i64) -> Sources {
    let sources = Sources::system();
    sources.clock.make_wrong(TimeDelta::hours(hours));
    sources
}

/// Number and type of the next thing that a watcher is told, and its cursor.
async fn told(events: &mut Events) -> (i64, String, i64) {
    let data = events.data().await;
    let message = &data["ordersFeed"];
    let cursor = message["cursor"].as_str().and_then(|cursor| cursor.parse().ok()).expect("a cursor");
    let kind = message["event"]["type"].as_str().unwrap_or("PRESENT").to_owned();
    (message["order"]["number"].as_i64().unwrap_or(0), kind, cursor)
}

/// Hears of so many paid orders; asserts that the cursors grow.
async fn assert_all_told(events: &mut Events, numbers: &[i64]) {
    let (mut paid, mut last) = (Vec::new(), 0);
    while paid.len() < numbers.len() {
        let (number, kind, cursor) = told(events).await;
        assert!(cursor > last, "{cursor} after {last}");
        last = cursor;
        if kind == "ORDER_PAID" {
            paid.push(number);
        }
    }
    assert_eq!(paid, numbers, "in the order in which it happened");
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_on_machines_whose_clocks_are_an_hour_off_are_one_shop() {
    if !on_postgres() {
        // Processes that share an SQLite file are on one machine and have one clock.
        return;
    }
    let right = Server::start().await;
    let (fast, slow) = (right.beside_with_clock(wrong_by(1)).await, right.beside_with_clock(wrong_by(-1)).await);
    let now = right.shop.app.sources.now();
    for process in [&fast, &slow] {
        let differs = process.shop.app.sources.now() - now;
        assert!(differs.abs() < TimeDelta::seconds(2), "the database's clock is followed: {differs}");
    }
    // From now on the machines' clocks are set to and fro, and nobody cares.
    fast.shop.app.sources.clock.make_wrong(TimeDelta::hours(-2));
    slow.shop.app.sources.clock.make_wrong(TimeDelta::hours(3));
    let lamp = lamp(&right).await;
    let admin = right.admin().await;
    let mut events = Events::open(&right, &admin, FEED, json!({})).await;
    assert_eq!(told(&mut events).await.1, "PRESENT");
    // A sign-in at one is good at the others.
    let ada = fast.customer("ada@example.com").await;
    for process in [&fast, &slow, &right] {
        let reply = process.post(&ada, json!({ "query": BROWSE })).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
    // Stock that is held for a payment is held by all of them for its whole time.
    let mut waiting = Vec::new();
    for process in [&fast, &slow] {
        waiting.push(process.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_declined").await);
    }
    let mut numbers = Vec::new();
    for turn in 0..6 {
        let process = [&fast, &slow, &right][turn % 3];
        let order = process.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_ok").await;
        assert_eq!(order.payload["order"]["status"], "PROCESSING");
        numbers.push(order.number);
    }
    assert_all_told(&mut events, &numbers).await;
    for (order, process) in waiting.iter().zip([&slow, &fast]) {
        let found = process.graphql(&order.buyer, STATUS, json!({ "id": order.order_id })).await;
        assert_eq!(found.at("/order/status"), "PENDING_PAYMENT", "held for fifteen minutes, not until an hour ago");
    }
    // A message signed by one machine's bank is fresh at the other.
    assert_eq!(message(&fast, "evt_fast").await.status, 200);
    assert_eq!(message(&slow, "evt_slow").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_while_the_shop_is_open_loses_and_reorders_nothing() {
    let server = Server::start().await;
    let lamp = lamp(&server).await;
    let admin = server.admin().await;
    let mut events = Events::open(&server, &admin, FEED, json!({})).await;
    assert_eq!(told(&mut events).await.1, "PRESENT");
    let mut numbers = Vec::new();
    // Never to a time before the lamp was published.
    for hours in [0, 1, -1, 2] {
        server.shop.app.sources.clock.advance(TimeDelta::hours(hours));
        for _ in 0..2 {
            let order = server.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_ok").await;
            assert_eq!(order.payload["order"]["status"], "PROCESSING");
            numbers.push(order.number);
        }
    }
    assert!(numbers.is_sorted(), "{numbers:?}");
    assert_all_told(&mut events, &numbers).await;
    let count =
        server.graphql(&server_staff(&server).await, "{ orders(first: 50) { nodes { number } } }", json!({})).await;
    assert_eq!(count.at("/orders/nodes").as_array().map_or(0, Vec::len), 8, "{}", Value::from(numbers));
}

/// A staff member who signed in at the present time: the other sign-in may have ended meanwhile.
async fn server_staff(server: &Server) -> Visitor {
    use cartwright::domain::auth::Audience;
    let tokens = server.shop.sign_in("admin@example.com", Audience::Staff).await.tokens;
    Visitor::signed_in(tokens.access_token)
}
