//! Idempotency keys: one key, one piece of work, one answer.

mod crashes;
mod decisions;
mod keys;
mod lost_replies;
mod races;
mod replays;
mod schema;

use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::{Reply, Server, TestShop, Visitor};

const CREATE: &str =
    "mutation($note: String) { cartCreate(input: { note: $note }) { cart { id note } userErrors { code } } }";

/// Sends a request with a key.
async fn keyed(server: &Server, visitor: &Visitor, key: &str, document: &str, variables: Value) -> Reply {
    let request = server.request(Method::POST, "/graphql").header("accept", "application/graphql-response+json");
    let request = request.header("idempotency-key", key).json(&json!({ "query": document, "variables": variables }));
    server.send(visitor.dress(request)).await
}

/// Sends a request with a key twice: the second answer is the first, byte for byte. Returns it.
#[track_caller]
fn twice<'a>(
    server: &'a Server,
    visitor: &'a Visitor,
    key: &'a str,
    document: &'a str,
    variables: Value,
) -> impl Future<Output = Reply> + 'a {
    let place = std::panic::Location::caller();
    async move {
        let first = keyed(server, visitor, key, document, variables.clone()).await;
        assert_eq!(first.header("idempotent-replayed"), "", "{place}: {}", first.text());
        let again = keyed(server, visitor, key, document, variables).await;
        assert_eq!(again.header("idempotent-replayed"), "true", "{place}: {} then {}", first.text(), again.text());
        assert_eq!((again.status, again.text()), (first.status, first.text()), "{place}");
        assert_eq!(again.header("content-type"), first.header("content-type"), "{place}");
        first
    }
}

/// Rows of a table.
async fn rows(shop: &TestShop, table: &str) -> i64 {
    number(shop, &format!("SELECT count(*) AS n FROM {table}")).await
}

/// The number `n` that a statement selects.
async fn number(shop: &TestShop, sql: &str) -> i64 {
    let db = shop.app.database.reader();
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("it runs");
    row.expect("a row").try_get("", "n").expect("a number")
}

async fn run(shop: &TestShop, sql: &str) {
    shop.app.database.reader().execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}
