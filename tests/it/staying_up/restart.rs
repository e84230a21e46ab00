//! PostgreSQL crashes and comes back: 503 meanwhile, at work again within five seconds, nothing that was answered is lost.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use serde_json::json;

use super::{BROWSE, ask, assert_unavailable, message, postgres::PostgresServer, until_back};
use crate::{
    make::catalog::{product, variant},
    support::{Server, Visitor, on_postgres},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_crash_of_the_database_is_survived_under_load() {
    if !on_postgres() {
        return;
    }
    let postgres = PostgresServer::start();
    let server = Server::over(&postgres.url(), &[("CARTWRIGHT_DATABASE_POOL_WAIT_SECONDS", "0.5")]).await;
    let lamp = product("Lamp").variant(variant(1_000).stock(1_000)).make(&server.shop).await;
    let over = AtomicBool::new(false);
    let shop = async {
        let mut carts = Vec::new();
        let create = json!({
            "query": "mutation($input: CartInput) { cartCreate(input: $input) { cart { id } userErrors { code } } }",
            "variables": { "input": { "lines": [{ "merchandiseId": lamp.variant_gid(0) }] } },
        });
        while !over.load(Ordering::Relaxed) {
            let reply = server.post(&Visitor::guest(), create.clone()).await;
            if reply.status == 200 {
                carts.push(reply.answer().text("/cartCreate/cart/id"));
            } else {
                assert_unavailable(&reply);
            }
            let reply = ask(&server, BROWSE).await;
            if reply.status != 200 {
                assert_unavailable(&reply);
            }
        }
        carts
    };
    let trouble = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        tokio::task::block_in_place(|| postgres.crash());
        assert_unavailable(&ask(&server, BROWSE).await);
        assert_unavailable(&message(&server, "evt_1").await);
        assert_unavailable(&server.get("/readyz").await);
        assert_eq!(server.get("/healthz").await.status, 200);
        tokio::task::block_in_place(|| postgres.begin());
        let back = until_back(&server, BROWSE, Duration::from_secs(5)).await;
        assert_eq!(message(&server, "evt_1").await.status, 200);
        for _ in 0..40 {
            assert_eq!(ask(&server, BROWSE).await.status, 200, "no dead connection is left in the pool");
        }
        // A quick restart: the pool's connections are dead, and nobody was told.
        tokio::task::block_in_place(|| {
            postgres.crash();
            postgres.begin();
        });
        let again = until_back(&server, BROWSE, Duration::from_secs(5)).await;
        over.store(true, Ordering::Relaxed);
        (back, again)
    };
    let (carts, (back, again)) = tokio::join!(shop, trouble);
    assert!(back.max(again) < Duration::from_secs(5));
    assert!(!carts.is_empty());
    for id in &carts {
        let answer =
            server.graphql(&Visitor::guest(), "query($id: ID!) { cart(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(answer.text("/cart/id"), *id, "what was answered is there");
    }
}
