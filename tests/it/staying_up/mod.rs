//! Staying up: what clients see while the database is away, hangs, is full or busy, while processes come and go, and when
//! their clocks disagree.

mod black_hole;
mod clocks;
mod errors;
mod full_disk;
mod locked;
mod overload;
mod postgres;
mod restart;
mod rolling;

use std::time::{Duration, Instant};

use cartwright::domain::payment::sandbox::{self, Signer};
pub use errors::Log;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Reply, Server, Visitor};

/// A request of a page that needs the database.
pub const BROWSE: &str = "{ shop { name } products(first: 5) { nodes { title } } }";

/// Asks as a guest.
pub async fn ask(server: &Server, document: &str) -> Reply {
    server.post(&Visitor::guest(), json!({ "query": document })).await
}

/// A message of the sandbox bank about nothing, with a good signature.
pub async fn message(server: &Server, event: &str) -> Reply {
    let body = format!("{{\"id\": \"{event}\", \"type\": \"payment.updated\", \"reference\": \"sbx_{event}\"}}");
    let app = &server.shop.app;
    let signature = Signer::new(&app.capability_keys).sign(body.as_bytes(), app.sources.now());
    let request = server.request(Method::POST, "/webhooks/sandbox").header(sandbox::SIGNATURE_HEADER, signature);
    server.send(request.header("content-type", "application/json").body(body)).await
}

/// Asserts that an answer says "not now" and nothing else: 503, when to come back, the request's id, no cause.
#[track_caller]
pub fn assert_unavailable(reply: &Reply) {
    assert_eq!((reply.status, reply.header("retry-after")), (503, "1"), "{}", reply.text());
    assert_discreet(reply);
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    // The plain routes have plain words.
    if body.get("errors").is_some() {
        assert_eq!(body.get("data"), None, "{body:#}");
        let error = &body["errors"][0];
        assert!(
            ["SERVICE_UNAVAILABLE", "REQUEST_TIMEOUT"].contains(&error["extensions"]["code"].as_str().unwrap_or("")),
            "{body:#}"
        );
        assert_eq!(error["extensions"]["requestId"], reply.header("x-request-id"), "{body:#}");
    }
}

/// Asserts that nothing from inside is in a body: no SQL, no names of tables or columns, no words of a driver or provider.
#[track_caller]
pub fn assert_discreet(reply: &Reply) {
    // GraphQL says at which column of the document an error is.
    let text = reply.text().to_lowercase().replace("\"column\":", "");
    let words = [
        "sql",
        "select ",
        "insert",
        "update ",
        "relation",
        "stock_level",
        "cart_line",
        "outbox",
        "column",
        "constraint",
        "postgres",
        "pool",
        "connection",
        "tcp",
        "os error",
        "disk",
        "sandbox_",
        "src/",
        "cartwright::",
        "panicked",
    ];
    for word in words {
        assert!(!text.contains(word), "{word:?} in {text}");
    }
}

/// Repeats a question until it is answered with 200; returns how long that took. Until then it has to be 503.
pub async fn until_back(server: &Server, document: &str, most: Duration) -> Duration {
    let began = Instant::now();
    loop {
        let reply = ask(server, document).await;
        if reply.status == 200 && reply.json().get("errors").is_none() {
            return began.elapsed();
        }
        assert_unavailable(&reply);
        assert!(began.elapsed() < most, "not back after {:?}: {}", began.elapsed(), reply.text());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
