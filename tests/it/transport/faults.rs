//! When something behind the edge is broken: no word of it leaves the server, every answer has its id, health tells.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{MODES, ask, in_mode};
use crate::{
    make::catalog::{product, variant},
    support::{Reply, Server, Visitor, on_postgres},
};

/// Asserts that an answer tells of a fault by nothing but its id.
fn assert_discreet(reply: &Reply) {
    let id = reply.header("x-request-id");
    let body = reply.json();
    for error in body["errors"].as_array().unwrap_or_else(|| panic!("no errors: {body:#}")) {
        assert_eq!(error["message"], format!("internal error (request {id})"), "{body:#}");
        assert_eq!(error["extensions"]["code"], "INTERNAL_SERVER_ERROR");
        assert_eq!(error["extensions"]["requestId"], id);
    }
    let text = reply.text().to_lowercase();
    for word in ["sql", "select", "no such table", "relation", "does not exist", "stock_level", "cartwright::", "src/"]
    {
        assert!(!text.contains(word), "{word} in {text}");
    }
}

#[tokio::test]
async fn no_word_of_the_database_leaves_the_server() {
    for mode in MODES {
        let server = in_mode(mode).await;
        let lamp = product("Lamp").variant(variant(1_000).stock(5)).make(&server.shop).await;
        let cart = server.cart_of(&Visitor::guest(), &lamp.variant_gid(0)).await;
        let cascade = if on_postgres() { " CASCADE" } else { "" };
        let db = server.shop.app.database.reader();
        for table in ["stock_level", "product_tag", "cart_line"] {
            db.execute_unprepared(&format!("DROP TABLE {table}{cascade}")).await.expect("dropped");
        }
        let required = ask(&server, "{ productTags { nodes } }", json!({})).await;
        assert_eq!((required.status, &required.json()["data"]), (500, &Value::Null));
        assert_discreet(&required);
        let nullable =
            ask(&server, "query($id: ID!) { shop { name } cart(id: $id) { id } }", json!({ "id": cart })).await;
        assert_eq!(nullable.json()["data"], json!({ "shop": { "name": "My shop" }, "cart": null }));
        assert_eq!(nullable.status, 200, "what could be answered is");
        assert_discreet(&nullable);
        let add = "mutation($id: ID!, $lines: [CartLineInput!]!) { cartLinesAdd(cartId: $id, lines: $lines) { cart { id } } }";
        let lines = json!([{ "merchandiseId": lamp.variant_gid(0) }]);
        let mutation = ask(&server, add, json!({ "id": cart, "lines": lines })).await;
        assert_eq!(mutation.json()["data"], json!({ "cartLinesAdd": null }));
        assert_discreet(&mutation);
        let loaded = ask(&server, "{ products { nodes { availableForSale } } }", json!({})).await;
        assert_discreet(&loaded);
    }
}

#[tokio::test]
async fn health_tells_of_the_process_and_readiness_of_the_database() {
    let server = Server::start().await;
    for path in ["/healthz", "/readyz"] {
        let reply = server.get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        let head = server.send(server.request(reqwest::Method::HEAD, path)).await;
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
    }
    server.shop.app.database.clone().close().await.expect("closed");
    assert_eq!(server.get("/healthz").await.status, 200, "the process lives");
    let unready = server.get("/readyz").await;
    assert_eq!((unready.status, unready.header("retry-after")), (503, "1"));
    assert!(!unready.text().to_lowercase().contains("pool"), "{}", unready.text());
    let refused = ask(&server, "{ shop { name } }", json!({})).await;
    assert_eq!((refused.status, refused.code().as_str()), (503, "SERVICE_UNAVAILABLE"));
    let page = server.get("/").await;
    assert_eq!(page.status, 200, "pages of the binary need no database");
}

#[tokio::test]
async fn a_token_that_is_not_valid_is_refused_and_never_makes_a_guest() {
    let server = Server::start().await;
    for token in ["x", "a.b.c", ""] {
        let reply = server.post(&Visitor::signed_in(token), json!({ "query": "{ shop { name } }" })).await;
        assert_eq!((reply.status, reply.code().as_str()), (401, "UNAUTHENTICATED"), "{token:?}");
        assert!(reply.header("www-authenticate").starts_with("Bearer"), "{token:?}");
        assert_eq!(reply.json().get("data"), None);
    }
}
