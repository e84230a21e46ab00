//! What happens in one process is told to the watchers of another, at once where there is a Redis that works.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::{
    make::{
        catalog::{Made, product, variant},
        purchase::{COMPLETE, Purchase, completion},
    },
    support::{PrivateRedis, Server, Socket, Visitor},
};

const WATCH: &str = "subscription($id: ID!) { orderUpdated(id: $id) { event { type } } }";
const PAY_AGAIN: &str = "mutation($input: PaymentRetryInput!) { paymentRetry(input: $input) { order { status }
    userErrors { code } } }";
/// Longest time of a request while Redis is gone: each process may find out once, for 0.2 s at most.
const PATIENCE: Duration = Duration::from_secs(1);

async fn lamp(server: &Server) -> Made {
    product("Lamp").variant(variant(4_900).stock(1_000)).make(&server.shop).await
}

async fn pay(server: &Server, purchase: &Purchase) {
    let input =
        json!({ "orderId": purchase.order_id, "payment": { "gateway": "sandbox", "token": "sandbox_declined" } });
    server.graphql(&purchase.buyer, PAY_AGAIN, json!({ "input": input })).await.at("/paymentRetry");
}

/// Makes changes in one process and watches in the other; returns how long after the change's begin each one was seen.
async fn seen_after(here: &Server, there: &Server, lamp: &Made, changes: usize) -> Vec<Duration> {
    let purchase = here.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_declined").await;
    here.all_told().await;
    let mut socket = Socket::open(there, &purchase.buyer).await;
    socket.subscribe("order", WATCH, json!({ "id": purchase.order_id })).await;
    socket.data("order").await;
    // What was told before the watching began may still be on its way.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut times = Vec::new();
    for _ in 0..changes {
        pay(here, &purchase).await;
        let answered = Instant::now();
        let told = socket.data("order").await;
        assert_eq!(told["orderUpdated"]["event"]["type"], "PAYMENT_FAILED");
        times.push(answered.elapsed());
    }
    times.sort();
    times
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_changed_in_one_process_is_told_to_the_watchers_of_another() {
    let here = Server::start().await;
    let there = here.beside().await;
    let times = seen_after(&here, &there, &lamp(&here).await, 15).await;
    println!("seen by the other process after {:?} (median), {:?} (longest)", times[7], times[14]);
    // With a Redis it is told at once; without one the other process looks every tenth of a second.
    let promised = Duration::from_millis(if here.shop.app.redis.is_some() { 100 } else { 500 });
    assert!(times[7] < promised, "{times:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_cannot_be_reached_delays_neither_the_start_nor_the_events() {
    let nobody = [("CARTWRIGHT_REDIS_URL", "redis://127.0.0.1:1")];
    let begin = Instant::now();
    let here = Server::with(&nobody).await;
    let there = here.beside_with(&nobody).await;
    assert!(begin.elapsed() < Duration::from_secs(20));
    assert_eq!(here.get("/readyz").await.text(), "ready, Redis does not answer\n");
    let times = seen_after(&here, &there, &lamp(&here).await, 5).await;
    assert!(times[2] < Duration::from_secs(1), "{times:?}");
}

/// Browses, fills a cart and buys; no request may take long.
async fn shop_once(server: &Server, lamp: &Made) {
    let guest = Visitor::guest();
    let document =
        "query($id: ID!) { product(id: $id) { title variants(first: 1) { nodes { id price { amount } } } } }";
    let (browsed, took) = timed(server.graphql(&guest, document, json!({ "id": lamp.gid() }))).await;
    assert_eq!(browsed.text("/product/title"), "Lamp");
    assert!(took < PATIENCE, "browsing took {took:?}");
    let (cart, took) = timed(server.cart_of(&guest, &lamp.variant_gid(0))).await;
    assert!(took < PATIENCE, "the cart took {took:?}");
    let input = json!({ "input": completion(&cart, "sandbox_ok") });
    let (done, took) = timed(server.graphql(&guest, COMPLETE, input)).await;
    assert_eq!(done.text("/checkoutComplete/order/financialStatus"), "PAID");
    assert!(took < PATIENCE, "the checkout took {took:?}");
}

async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let begin = Instant::now();
    (work.await, begin.elapsed())
}

async fn redis_is(server: &Server, state: &str) {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        // Commits are announced, so that a process that only waits finds out as well.
        let said = server.get("/readyz").await;
        assert_eq!(said.status, 200);
        if said.text() == state {
            return;
        }
        assert!(Instant::now() < deadline, "{state:?} in time, not {:?}", said.text());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_goes_on_while_redis_is_frozen_stopped_or_flushed_and_heals_by_itself() {
    let Some(mut redis) = PrivateRedis::start() else { return };
    let url = redis.url();
    let settings = [("CARTWRIGHT_REDIS_URL", url.as_str())];
    let here = Server::with(&settings).await;
    let there = here.beside_with(&settings).await;
    let lamp = lamp(&here).await;
    shop_once(&here, &lamp).await;
    redis_is(&here, "ready, Redis answers\n").await;

    redis.freeze();
    for server in [&here, &there, &here, &there] {
        shop_once(server, &lamp).await;
    }
    let times = seen_after(&here, &there, &lamp, 5).await;
    assert!(times[2] < Duration::from_secs(1), "{times:?}");
    redis_is(&here, "ready, Redis does not answer\n").await;
    redis.thaw();
    redis_is(&here, "ready, Redis answers\n").await;
    shop_once(&there, &lamp).await;

    redis.flush();
    shop_once(&there, &lamp).await;

    redis.stop();
    for server in [&here, &there, &here, &there] {
        shop_once(server, &lamp).await;
    }
    redis_is(&there, "ready, Redis does not answer\n").await;
    redis.resume();
    redis_is(&here, "ready, Redis answers\n").await;
    redis_is(&there, "ready, Redis answers\n").await;
    let deadline = Instant::now() + Duration::from_secs(10);
    while !there.shop.app.redis.as_ref().is_some_and(cartwright::platform::redis::Redis::subscribed) {
        assert!(Instant::now() < deadline, "it hears again");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let times = seen_after(&here, &there, &lamp, 5).await;
    assert!(times[2] < Duration::from_secs(1), "{times:?}");
}
