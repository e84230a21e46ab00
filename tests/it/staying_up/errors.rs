//! Faults in many places, at once and for good: no word of the inside leaves the server, and the log knows every id.

use std::{
    io::Write,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{BROWSE, ask, assert_discreet, assert_unavailable, message};
use crate::{
    make::{
        catalog::{product, variant},
        purchase::{COMPLETE, completion},
    },
    support::{Server, Visitor, on_postgres},
};

/// What was logged.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    pub fn lines_with(&self, id: &str) -> Vec<String> {
        let text = String::from_utf8(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()).expect("text");
        let of_request = text.lines().filter(|line| line.contains(id));
        of_request.filter(|line| line.contains("ERROR") || line.contains("WARN")).map(str::to_owned).collect()
    }

    /// What this test program logs. One log for all its tests: whether a line is wanted is remembered for the whole
    /// program, so subscribers that come and go with their tests lose lines. Requests are told apart by their ids.
    pub fn of_the_program() -> Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        let log = LOG.get_or_init(|| {
            let log = Log::default();
            let writer = log.clone();
            let subscriber = tracing_subscriber::fmt()
                .with_max_level(tracing::Level::WARN)
                .with_ansi(false)
                .with_writer(move || writer.clone())
                .finish();
            tracing::subscriber::set_global_default(subscriber).expect("nobody else listens");
            log
        });
        log.clone()
    }
}

/// A shop that asks the database about each token.
async fn server() -> Server {
    Server::still_with(&[("CARTWRIGHT_SESSION_TRUST_SECONDS", "0")]).await
}

const ADD: &str = "mutation($id: ID!, $lines: [CartLineInput!]!) { cartLinesAdd(cartId: $id, lines: $lines) {
    cart { id } userErrors { code } } }";

#[tokio::test]
async fn faults_in_many_places_leave_no_word_in_an_answer_and_one_line_in_the_log() {
    let log = Log::of_the_program();
    {
        let server = server().await;
        for number in 0..3 {
            product(&format!("Lamp {number}")).variant(variant(1_000).stock(5)).make(&server.shop).await;
        }
        let lamp = product("Pen").variant(variant(1_000).stock(5)).make(&server.shop).await;
        let guest = Visitor::guest();
        let (cart, other) =
            (server.cart_of(&guest, &lamp.variant_gid(0)).await, server.cart_of(&guest, &lamp.variant_gid(0)).await);
        let ada = server.customer("ada@example.com").await;
        let cascade = if on_postgres() { " CASCADE" } else { "" };
        let db = server.shop.app.database.reader();
        for table in ["stock_level", "product_tag", "cart_line", "session", "webhook_event", "sandbox_intent"] {
            db.execute_unprepared(&format!("DROP TABLE {table}{cascade}")).await.expect("dropped");
        }
        let lines = json!([{ "merchandiseId": lamp.variant_gid(0) }]);
        let input = json!({ "input": completion(&other, "sandbox_ok") });
        let replies = [
            ("a root field", ask(&server, "{ productTags { nodes } }").await),
            ("a loader", ask(&server, "{ products { nodes { title availableForSale } } }").await),
            (
                "a mutation",
                server.post(&guest, json!({ "query": ADD, "variables": { "id": cart, "lines": lines } })).await,
            ),
            ("checkout", server.post(&guest, json!({ "query": COMPLETE, "variables": input })).await),
            ("the viewer", server.post(&ada, json!({ "query": BROWSE })).await),
            ("a message of a gateway", message(&server, "evt_1").await),
            ("the bank's page", server.get("/sandbox/challenge/sbx_1/details").await),
        ];
        for (place, reply) in &replies {
            assert_discreet(reply);
            let id = reply.header("x-request-id");
            if let Some(errors) =
                serde_json::from_slice(&reply.body).ok().and_then(|body: serde_json::Value| body.get("errors").cloned())
            {
                let error = &errors[0];
                assert_eq!(error["extensions"]["code"], "INTERNAL_SERVER_ERROR", "{place}: {errors:#}");
                assert_eq!(error["extensions"]["requestId"], id, "{place}: {errors:#}");
            } else {
                assert_eq!(reply.status, 503, "{place}: {}", reply.text());
            }
            let lines = log.lines_with(id);
            assert_eq!(lines.len(), 1, "{place}: each cause once, with the request's id: {lines:#?}");
        }
        assert_eq!(replies[0].1.status, 500);
        assert_eq!(replies[4].1.status, 500, "what will fail again is no outage");
    }
}

#[tokio::test]
async fn without_a_database_everything_that_needs_it_says_try_again() {
    let log = Log::of_the_program();
    {
        let server = server().await;
        let lamp = product("Lamp").variant(variant(1_000).stock(5)).make(&server.shop).await;
        let guest = Visitor::guest();
        let cart = server.cart_of(&guest, &lamp.variant_gid(0)).await;
        let ada = server.customer("ada@example.com").await;
        server.shop.app.database.clone().close().await.expect("closed");
        let lines = json!([{ "merchandiseId": lamp.variant_gid(0) }]);
        let input = json!({ "input": completion(&cart, "sandbox_ok") });
        let id = json!({ "id": cart });
        let replies = [
            ask(&server, BROWSE).await,
            // A nullable field: without the outage its error would stand beside `data`.
            server.post(&guest, json!({ "query": "query($id: ID!) { cart(id: $id) { id } }", "variables": id })).await,
            server.post(&guest, json!({ "query": ADD, "variables": { "id": cart, "lines": lines } })).await,
            server.post(&guest, json!({ "query": COMPLETE, "variables": input })).await,
            server.post(&ada, json!({ "query": BROWSE })).await,
            message(&server, "evt_1").await,
            server.get("/sandbox/challenge/sbx_1/details").await,
            server.get("/readyz").await,
        ];
        for reply in &replies {
            assert_unavailable(reply);
        }
        for reply in &replies[..7] {
            let lines = log.lines_with(reply.header("x-request-id"));
            assert_eq!(lines.len(), 1, "each cause once, with the request's id: {lines:#?}");
        }
        assert_eq!(server.get("/healthz").await.status, 200);
        assert_eq!(ask(&server, "{ __typename }").await.status, 200, "what needs no database is answered");
        let part = ask(&server, "{ __typename products(first: 1) { nodes { title } } }").await;
        assert_eq!(
            (part.status, part.header("retry-after")),
            (503, "1"),
            "a failed non-null field is the whole answer"
        );
    }
}
