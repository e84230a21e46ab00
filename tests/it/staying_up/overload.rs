//! More requests than can run: the excess hears so at once, the rest is served, and nothing vital waits in that queue.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{BROWSE, ask, assert_unavailable, message};
use crate::{
    make::{
        catalog::{product, variant},
        purchase::{COMPLETE, completion},
    },
    support::{Server, Visitor},
};

/// What is added to the promised 100 ms, because this machine does other things too.
const SLACK: Duration = Duration::from_millis(400);

#[tokio::test]
async fn the_excess_hears_503_within_a_tenth_of_a_second_while_health_and_gateways_are_answered() {
    let server = Server::with(&[("CARTWRIGHT_REQUESTS_AT_ONCE", "2")]).await;
    product("Lamp").variant(variant(1_000).stock(5)).make(&server.shop).await;
    assert_eq!(ask(&server, BROWSE).await.status, 200);
    let door = &server.shop.app.admission;
    let (one, two) = (door.enter().await.expect("a turn"), door.enter().await.expect("a turn"));
    let refused = futures::future::join_all((0..40).map(async |_| {
        let began = Instant::now();
        (ask(&server, BROWSE).await, began.elapsed())
    }));
    for (reply, took) in refused.await {
        assert_unavailable(&reply);
        assert!(took < Duration::from_millis(100) + SLACK, "{took:?}");
    }
    assert_eq!(server.get("/healthz").await.status, 200);
    assert_eq!(server.get("/readyz").await.status, 200, "a busy process is no broken one");
    assert_eq!(message(&server, "evt_1").await.status, 200, "money's messages do not wait in that queue");
    drop((one, two));
    assert_eq!(ask(&server, BROWSE).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_gateway_does_not_keep_others_from_shopping() {
    let settings = [("CARTWRIGHT_REQUESTS_AT_ONCE", "1"), ("CARTWRIGHT_GATEWAY_TIMEOUT_SECONDS", "1.5")];
    let server = Server::with(&settings).await;
    let lamp = product("Lamp").variant(variant(1_000).stock(5)).make(&server.shop).await;
    let guest = Visitor::guest();
    let cart = server.cart_of(&guest, &lamp.variant_gid(0)).await;
    let body = json!({ "query": COMPLETE, "variables": { "input": completion(&cart, "sandbox_timeout") } });
    let checkout = async {
        let began = Instant::now();
        (server.post(&guest, body).await, began.elapsed())
    };
    let browsing = async {
        tokio::time::sleep(Duration::from_millis(600)).await;
        (ask(&server, BROWSE).await, Instant::now())
    };
    let ((paid, took), (page, _)) = tokio::join!(checkout, browsing);
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(took > Duration::from_millis(1_400), "the gateway was silent: {took:?}");
    assert_eq!(paid.status, 200, "{}", paid.text());
    assert_eq!(paid.json()["data"]["checkoutComplete"]["payment"]["status"], "PENDING");
    assert_eq!(ask(&server, BROWSE).await.status, 200, "the turn came back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_at_the_checkout_is_served_or_sent_away_and_never_meets_a_fault() {
    const BUYERS: usize = 60;
    let settings = [("CARTWRIGHT_REQUESTS_AT_ONCE", "8"), ("CARTWRIGHT_DATABASE_CONNECTIONS", "8")];
    let server = Server::with(&settings).await;
    let stock = i64::try_from(BUYERS).expect("few");
    let lamp = product("Lamp").variant(variant(1_000).stock(stock)).make(&server.shop).await;
    let mut carts = Vec::new();
    for _ in 0..BUYERS {
        carts.push(server.cart_of(&Visitor::guest(), &lamp.variant_gid(0)).await);
    }
    let buy = async |cart: String| {
        let body = json!({ "query": COMPLETE, "variables": { "input": completion(&cart, "sandbox_ok") } });
        let mut sent_away = 0;
        loop {
            let reply = server.post(&Visitor::guest(), body.clone()).await;
            if reply.status == 200 {
                assert_eq!(reply.answer().done("checkoutComplete")["order"]["status"], "PROCESSING");
                return sent_away;
            }
            assert_unavailable(&reply);
            sent_away += 1;
            assert!(sent_away < 200, "never served");
            tokio::time::sleep(Duration::from_millis(100 + rand::random_range(0..100))).await;
        }
    };
    let sent_away: Vec<i32> = futures::future::join_all(carts.into_iter().map(buy)).await;
    assert!(sent_away.iter().any(|times| *times > 0), "the door was never full: {sent_away:?}");
}
