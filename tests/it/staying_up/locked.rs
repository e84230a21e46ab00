//! Somebody else holds the lock for too long: writes give up within the lock's time and say so, reads go on.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use serde_json::json;

use super::{BROWSE, ask, assert_unavailable};
use crate::{
    make::catalog::{product, variant},
    support::{Server, Visitor, on_postgres},
};

#[tokio::test]
async fn a_lock_that_is_never_let_go_ends_in_try_again_and_leaves_nothing_behind() {
    let server = Server::with(&[("CARTWRIGHT_DATABASE_LOCK_SECONDS", "0.4")]).await;
    let lamp = product("Lamp").variant(variant(1_000).stock(5)).make(&server.shop).await;
    let guest = Visitor::guest();
    // A connection of its own: a back-up, an operator's console.
    let other = sea_orm::Database::connect(&server.shop.app.settings.database_url).await.expect("connected");
    let mode = (!on_postgres()).then_some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
    #[expect(clippy::disallowed_methods, reason = "another program does not ask this one's rules")]
    let holding = other.begin_with_options(options).await.expect("begun");
    if on_postgres() {
        holding.execute_unprepared("LOCK TABLE cart IN EXCLUSIVE MODE").await.expect("locked");
    }
    let create = json!({
        "query": "mutation($input: CartInput) { cartCreate(input: $input) { cart { id } userErrors { code } } }",
        "variables": { "input": { "lines": [{ "merchandiseId": lamp.variant_gid(0) }] } },
    });
    let began = Instant::now();
    let refused = futures::future::join_all((0..4).map(|_| server.post(&guest, create.clone()))).await;
    for reply in &refused {
        assert_unavailable(reply);
    }
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    assert_eq!(ask(&server, BROWSE).await.status, 200, "reads go on");
    holding.rollback().await.expect("let go");
    let made = server.post(&guest, create).await;
    assert_eq!((made.status, made.json().get("errors")), (200, None), "{}", made.text());
}
