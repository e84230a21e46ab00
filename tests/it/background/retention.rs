//! Retention: what nobody asks for any more goes, what is still needed stays.

use std::sync::Arc;

use cartwright::{domain::auth::Audience, jobs, platform::outbox};
use entity::{
    auth::{account::Role, refresh_token, session},
    cart::{cart, cart_line},
    payment::{sandbox_webhook, webhook_event},
    platform::outbox_event,
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use uuid::Uuid;

use super::sink::{Recorder, deliverer, publish, told};
use crate::support::{Caller, Process, TestShop};

const DAY: i64 = 86_400;

async fn let_go(shop: &TestShop) {
    while jobs::let_go(&shop.app).await.expect("let go") > 0 {}
}

async fn cursors(shop: &TestShop, subject: Uuid) -> Vec<i64> {
    let rows = outbox_event::Entity::find().all(shop.app.database.reader()).await.expect("read");
    let mut cursors: Vec<i64> =
        rows.iter().filter(|row| row.subject_id == subject).filter_map(|row| row.cursor).collect();
    cursors.sort_unstable();
    cursors
}

#[tokio::test]
async fn abandoned_carts_go_and_those_in_use_stay() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 50).await;
    let ada = shop.customer("ada@example.com").await;
    let old = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let of_ada = shop.cart_with(&ada, &[(&made, 1)]).await;
    let ordered = shop.order_of(&made, 1, "sandbox_ok").await;
    let given_up = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
    let order = shop.complete(&given_up).token("sandbox_challenge").bought().await;
    shop.pass(1_000);
    shop.sweep().await;
    shop.pass(89 * DAY);
    let fresh = shop.cart_with(&Caller::guest(), &[(&made, 3)]).await;
    let_go(&shop).await;
    assert_eq!(cart::Entity::find().count(shop.app.database.reader()).await.expect("counted"), 5);
    shop.pass(2 * DAY);
    let_go(&shop).await;
    let left = cart::Entity::find().count(shop.app.database.reader()).await.expect("counted");
    assert_eq!(left, 3, "the new one and those that orders came from");
    let lines = cart_line::Entity::find().all(shop.app.database.reader()).await.expect("read");
    assert!(lines.iter().all(|line| line.quantity != 2), "lines go with their cart");
    let read = "query($id: ID!) { cart(id: $id) { totalQuantity } }";
    for gone in [&old, &of_ada] {
        assert_eq!(shop.guest(read, json!({ "id": gone })).await.at("/cart"), json!(null));
    }
    assert_eq!(shop.guest(read, json!({ "id": fresh })).await.at("/cart/totalQuantity"), 3);
    assert_eq!(ordered.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(order.axes(&shop).await, "CANCELED EXPIRED UNFULFILLED");
}

#[tokio::test]
async fn old_events_go_but_cursors_and_sequences_go_on() {
    let shop = TestShop::still().await;
    let (busy, quiet) = (Uuid::now_v7(), Uuid::now_v7());
    told(&shop, quiet).await;
    for _ in 0..5 {
        told(&shop, busy).await;
    }
    publish(&shop).await;
    shop.pass(29 * DAY);
    let_go(&shop).await;
    assert_eq!(cursors(&shop, busy).await, [2, 3, 4, 5, 6], "too young to go");
    shop.pass(2 * DAY);
    let_go(&shop).await;
    assert_eq!((cursors(&shop, quiet).await, cursors(&shop, busy).await), (vec![1], vec![6]));
    told(&shop, busy).await;
    told(&shop, quiet).await;
    publish(&shop).await;
    assert_eq!((cursors(&shop, busy).await, cursors(&shop, quiet).await), (vec![6, 7], vec![1, 8]));
    let db = shop.app.database.reader();
    assert_eq!(outbox::latest_sequence(db, busy).await.expect("read"), 6);
    assert_eq!(outbox::latest_sequence(db, quiet).await.expect("read"), 2);
    // A second pass takes what became old since, also below the mark of the first.
    shop.pass(31 * DAY);
    let_go(&shop).await;
    assert_eq!((cursors(&shop, busy).await, cursors(&shop, quiet).await), (vec![7], vec![8]));
}

#[tokio::test]
async fn events_that_a_sink_is_owed_stay() {
    let shop = TestShop::still_with(&[("CARTWRIGHT_EVENT_ATTEMPTS", "1")]).await;
    let (sink, subject, other) = (Arc::new(Recorder::default()), Uuid::now_v7(), Uuid::now_v7());
    let delivery = deliverer(&shop, &sink);
    sink.refuse(subject, 2);
    for _ in 0..3 {
        told(&shop, subject).await;
        told(&shop, other).await;
    }
    publish(&shop).await;
    shop.pass(31 * DAY);
    *sink.away.lock().expect("unpoisoned") = true;
    delivery.round().await.expect_err("nothing can be delivered");
    let_go(&shop).await;
    assert_eq!((cursors(&shop, subject).await.len(), cursors(&shop, other).await.len()), (3, 3), "not delivered yet");
    *sink.away.lock().expect("unpoisoned") = false;
    while delivery.round().await.expect("a round") > 0 {}
    let_go(&shop).await;
    assert_eq!((cursors(&shop, subject).await, cursors(&shop, other).await), (vec![3, 5], vec![6]), "one is parked");
}

#[tokio::test]
async fn events_that_are_kept_for_minutes_only_wait_for_a_sink_that_is_served_all_the_same() {
    let shop = TestShop::still_with(&[("CARTWRIGHT_KEEP_EVENTS_DAYS", "0.01")]).await;
    let (sink, subject) = (Arc::new(Recorder::default()), Uuid::now_v7());
    let delivery = deliverer(&shop, &sink);
    *sink.away.lock().expect("unpoisoned") = true;
    for _ in 0..3 {
        told(&shop, subject).await;
    }
    publish(&shop).await;
    for _ in 0..3 {
        delivery.round().await.expect_err("nothing can be delivered");
        shop.pass(1_000);
    }
    let_go(&shop).await;
    assert_eq!(cursors(&shop, subject).await, [1, 2, 3], "it is asked all the time");
    *sink.away.lock().expect("unpoisoned") = false;
    delivery.round().await.expect("a round");
    let_go(&shop).await;
    assert_eq!((cursors(&shop, subject).await, sink.seen().len()), (vec![3], 3));
}

#[tokio::test]
async fn a_watcher_who_comes_back_with_a_cursor_that_is_gone_is_told() {
    let server = crate::support::Server::start().await;
    let shop = &server.shop;
    let lamp = crate::make::catalog::product("Lamp").make(shop).await;
    let buyer = crate::support::Visitor::guest();
    let first = server.buy(&buyer, &lamp.variant_gid(0), "sandbox_ok").await;
    server.all_told().await;
    let at = outbox::latest_cursor(shop.app.database.reader()).await.expect("read");
    let second = server.buy(&buyer, &lamp.variant_gid(0), "sandbox_ok").await;
    server.all_told().await;
    shop.app.sources.clock.advance(chrono::TimeDelta::days(40));
    let_go(shop).await;
    let watch = "subscription($id: ID!, $after: String) { orderUpdated(id: $id, after: $after) { cursor } }";
    let told = async |buyer: &crate::support::Visitor, id: &str, after: String| {
        let request = server.request(reqwest::Method::POST, "/graphql").header("accept", "text/event-stream");
        let body = json!({ "query": watch, "variables": { "id": id, "after": after } });
        let answer = buyer.dress(request.json(&body)).send();
        let mut answer = answer.await.expect("an answer");
        let first = tokio::time::timeout(std::time::Duration::from_millis(500), answer.chunk()).await;
        first.map(|chunk| String::from_utf8_lossy(&chunk.expect("a chunk").unwrap_or_default()).into_owned())
    };
    let gone = told(&second.buyer, &second.order_id, at.to_string()).await.expect("an answer");
    assert!(gone.contains("CURSOR_EXPIRED"), "{gone}");
    let quiet = told(&first.buyer, &first.order_id, at.to_string()).await;
    assert!(quiet.as_ref().is_ok_and(|text| !text.contains("CURSOR_EXPIRED")) || quiet.is_err(), "it missed nothing");
}

#[tokio::test]
async fn ended_sign_ins_and_worked_messages_go() {
    let shop = TestShop::still().await;
    let process = Process::of(&shop).await;
    shop.account("ada@example.com", Role::Customer).await;
    shop.sign_in("ada@example.com", Audience::Storefront).await;
    let made = shop.stocked("Pen", 250, 50).await;
    shop.order_of(&made, 1, "sandbox_duplicate").await;
    shop.pass(5);
    process.deliver().await;
    let count = async || {
        let db = shop.app.database.reader();
        let signed_in = session::Entity::find().count(db).await.expect("counted")
            + refresh_token::Entity::find().count(db).await.expect("counted");
        let messages = webhook_event::Entity::find().count(db).await.expect("counted");
        (signed_in, messages > 0, sandbox_webhook::Entity::find().count(db).await.expect("counted") > 0)
    };
    assert_eq!(count().await, (2, true, true));
    shop.pass(29 * DAY);
    let_go(&shop).await;
    assert_eq!(count().await, (2, true, true));
    shop.pass(2 * DAY);
    let_go(&shop).await;
    assert_eq!(count().await, (2, false, false), "the sign-in ended only now");
    shop.pass(31 * DAY);
    let_go(&shop).await;
    assert_eq!(count().await, (0, false, false));
}
