//! A key that is in use, and several who use it at once.

use std::{sync::Arc, time::Duration};

use cartwright::platform::tx;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{CREATE, keyed, rows};
use crate::{
    make::purchase::completion,
    support::{Server, Visitor, on_postgres},
};

const COMPLETE: &str = "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
    order { id } payment { status } userErrors { code } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_still_runs_says_so_and_its_answer_is_there_afterwards() {
    let server = Arc::new(Server::with(&[("CARTWRIGHT_GATEWAY_TIMEOUT_SECONDS", "1.5")]).await);
    let pen = server.shop.stocked("Pen", 250, 5).await;
    let cart = server.cart_of(&Visitor::guest(), &pen.variant_gid(0)).await;
    let variables = json!({ "input": completion(&cart, "sandbox_timeout") });
    let first = tokio::spawn({
        let (server, variables) = (Arc::clone(&server), variables.clone());
        async move { keyed(&server, &Visitor::guest(), "one", COMPLETE, variables).await }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    let second = keyed(&server, &Visitor::guest(), "one", COMPLETE, variables.clone()).await;
    assert_eq!((second.status, second.code().as_str()), (409, "IDEMPOTENCY_IN_PROGRESS"));
    assert_eq!(second.header("retry-after"), "1");
    let mut other = variables.clone();
    other["input"]["email"] = json!("eve@example.com");
    let other = keyed(&server, &Visitor::guest(), "one", COMPLETE, other).await;
    assert_eq!(other.code(), "IDEMPOTENCY_KEY_REUSED", "another body is refused also while the first runs");
    let first = first.await.expect("it ends");
    assert_eq!(first.answer().at("/checkoutComplete/payment/status"), "PENDING");
    let again = keyed(&server, &Visitor::guest(), "one", COMPLETE, variables).await;
    assert_eq!((again.text(), again.header("idempotent-replayed")), (first.text(), "true"));
    assert_eq!(server.shop.book().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_on_two_processes_do_the_work_once() {
    let one = Arc::new(Server::start().await);
    let two = Arc::new(one.beside().await);
    for round in 0..5 {
        let key = format!("round {round}").replace(' ', "-");
        let calls = (0..12).map(|number: usize| {
            let server = Arc::clone(if number.is_multiple_of(2) { &one } else { &two });
            let key = key.clone();
            tokio::spawn(async move {
                loop {
                    let reply = keyed(&server, &Visitor::guest(), &key, CREATE, json!({})).await;
                    if reply.status == 200 {
                        return reply.text().to_owned();
                    }
                    assert_eq!(reply.code(), "IDEMPOTENCY_IN_PROGRESS");
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            })
        });
        let mut answers = Vec::new();
        for call in calls.collect::<Vec<_>>() {
            answers.push(call.await.expect("it ends"));
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
        assert_eq!(rows(&one.shop, "cart").await, round + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_differ_do_not_wait_for_each_other() {
    let server = Arc::new(Server::start().await);
    let admin = server.admin().await;
    let pen = server.shop.stocked("Pen", 250, 0).await;
    let adjust =
        "mutation($c: [InventoryChangeInput!]!) { inventoryAdjustQuantities(input: { reason: RECEIVE, changes: $c }) {
        inventoryLevels { onHand variant { product { title } } } userErrors { code } } }";
    let calls = (0..20).map(|number: usize| {
        let (server, admin) = (Arc::clone(&server), admin.clone());
        let variables = json!({ "c": [{ "variantId": pen.variant_gid(0), "delta": 1 }] });
        tokio::spawn(async move {
            let reply = keyed(&server, &admin, &format!("key-{}", number / 2), adjust, variables).await;
            assert!(reply.status == 200 || reply.code() == "IDEMPOTENCY_IN_PROGRESS", "{}", reply.text());
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("it ends");
    }
    assert_eq!(server.shop.stock_of(pen.variants[0]).await, (10, 0), "ten keys, ten units");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_hangs_up_finds_its_answer_when_it_asks_again() {
    let server = Arc::new(Server::with(&[("CARTWRIGHT_GATEWAY_TIMEOUT_SECONDS", "1")]).await);
    let pen = server.shop.stocked("Pen", 250, 5).await;
    let cart = server.cart_of(&Visitor::guest(), &pen.variant_gid(0)).await;
    let variables = json!({ "input": completion(&cart, "sandbox_timeout") });
    let guest = Visitor::guest();
    let ask = || keyed(&server, &guest, "one", COMPLETE, variables.clone());
    tokio::time::timeout(Duration::from_millis(400), ask()).await.expect_err("the client hangs up");
    assert_eq!(ask().await.code(), "IDEMPOTENCY_IN_PROGRESS");
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let reply = ask().await;
    assert_eq!((reply.status, reply.header("idempotent-replayed")), (200, "true"), "{}", reply.text());
    assert_eq!((rows(&server.shop, "orders").await, server.shop.book().await.len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_takes_too_long_is_undone_and_its_key_is_free() {
    let settings = [("CARTWRIGHT_REQUEST_SECONDS", "0.6"), ("CARTWRIGHT_IDEMPOTENCY_LEASE_SECONDS", "60")];
    let server = Server::with(&settings).await;
    let blocker = tx::begin(&server.shop.app.database).await.expect("a transaction");
    if on_postgres() {
        // SQLite has one writer, and this is it.
        blocker.execute_unprepared("LOCK TABLE cart IN ACCESS EXCLUSIVE MODE").await.expect("locked");
    }
    let late = keyed(&server, &Visitor::guest(), "one", CREATE, json!({})).await;
    assert_eq!((late.status, late.code().as_str()), (503, "REQUEST_TIMEOUT"));
    blocker.rollback().await.expect("undone");
    for _ in 0..100 {
        let reply = keyed(&server, &Visitor::guest(), "one", CREATE, json!({})).await;
        if reply.status == 200 {
            assert_eq!((reply.header("idempotent-replayed"), rows(&server.shop, "cart").await), ("", 1));
            return;
        }
        assert_eq!(reply.code(), "IDEMPOTENCY_IN_PROGRESS", "only while it is being undone");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the key is not free, although its lease is a minute");
}
