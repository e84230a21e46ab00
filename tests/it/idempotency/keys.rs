//! What is a key, whose key it is, and for which requests it counts.

use reqwest::Method;
use serde_json::{Value, json};

use super::{CREATE, keyed, rows, twice};
use crate::{
    make::{catalog::product, purchase::completion},
    support::{Reply, Server, Visitor},
};

async fn with_headers(server: &Server, keys: &[&[u8]]) -> Reply {
    let mut request = server.request(Method::POST, "/graphql").json(&json!({ "query": CREATE }));
    for key in keys {
        request = request.header("idempotency-key", *key);
    }
    server.send(request).await
}

#[tokio::test]
async fn a_header_that_is_no_key_is_refused_and_nothing_runs() {
    let server = Server::still().await;
    let long = "x".repeat(256);
    let wrong: [&[&[u8]]; 6] =
        [&[b""], &[long.as_bytes()], &["käse".as_bytes()], &[b"two words"], &[b"one", b"two"], &[b"one", b"one"]];
    for keys in wrong {
        let reply = with_headers(&server, keys).await;
        assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_REQUEST"), "{keys:?}");
    }
    assert_eq!((rows(&server.shop, "cart").await, rows(&server.shop, "idempotency_record").await), (0, 0));
    for right in ["!", "~", &"x".repeat(255)] {
        assert_eq!(with_headers(&server, &[right.as_bytes()]).await.status, 200, "{right}");
    }
}

#[tokio::test]
async fn queries_and_sign_ins_ignore_a_key_and_nothing_of_them_is_kept() {
    let server = Server::still().await;
    server.customer("ada@example.com").await;
    let long = "x".repeat(256);
    let sign_in =
        "mutation($p: String!) { customerAccessTokenCreate(input: { email: \"ada@example.com\", password: $p }) {
        customerAccessToken { accessToken } userErrors { code } } }";
    for key in ["one", &long] {
        let query = keyed(&server, &Visitor::guest(), key, "{ shop { name } }", json!({})).await;
        assert_eq!((query.status, query.header("idempotent-replayed")), (200, ""));
        for wrong in ["wrong password 1", "wrong password 2"] {
            let reply = keyed(&server, &Visitor::guest(), key, sign_in, json!({ "p": wrong })).await;
            assert_eq!(reply.answer().refusals("customerAccessTokenCreate"), ["UNIDENTIFIED_CUSTOMER"]);
            assert_eq!(reply.header("idempotent-replayed"), "");
        }
    }
    assert_eq!(rows(&server.shop, "idempotency_record").await, 0);
}

#[tokio::test]
async fn a_request_with_a_key_holds_one_mutation() {
    let server = Server::still().await;
    let two =
        "mutation { a: cartCreate { cart { id } } ...F } fragment F on Mutation { b: cartCreate { cart { id } } }";
    let reply = keyed(&server, &Visitor::guest(), "one", two, json!({})).await;
    assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_REQUEST"));
    assert!(reply.text().contains("one mutation"), "{}", reply.text());
    assert_eq!(rows(&server.shop, "cart").await, 0);
    let one = "mutation { __typename ...F } fragment F on Mutation { cartCreate { cart { id } } }";
    twice(&server, &Visitor::guest(), "one", one, json!({})).await.answer().text("/cartCreate/cart/id");
}

const CHECK_OUT: &str = "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
    order { id } userErrors { code } } }";

#[tokio::test]
async fn the_header_and_the_input_mean_the_same_key() {
    let server = Server::still().await;
    let lamp = product("Lamp").make(&server.shop).await;
    let cart = server.cart_of(&Visitor::guest(), &lamp.variant_gid(0)).await;
    let input = |key: &str| {
        let mut input = completion(&cart, "sandbox_ok");
        input["idempotencyKey"] = json!(key);
        json!({ "input": input })
    };
    let guest = Visitor::guest();
    let differ = keyed(&server, &guest, "header", CHECK_OUT, input("input")).await;
    assert_eq!((differ.status, differ.code().as_str()), (400, "BAD_REQUEST"));
    let literal = format!(
        "mutation {{ checkoutComplete(input: {{ cartId: \"{cart}\", idempotencyKey: \"other\" }}) {{ order {{ id }} }} }}"
    );
    assert_eq!(keyed(&server, &guest, "header", &literal, json!({})).await.status, 400);
    assert_eq!(rows(&server.shop, "idempotency_record").await, 0);

    let first = twice(&server, &guest, "same", CHECK_OUT, input("same")).await;
    let order = first.answer().text("/checkoutComplete/order/id");
    let body = json!({ "query": CHECK_OUT, "variables": input("same") });
    let by_input = server.post(&guest, body).await;
    assert_eq!((by_input.header("idempotent-replayed"), by_input.text()), ("true", first.text()));
    let mut other = input("same");
    other["input"]["email"] = json!("eve@example.com");
    let reused = server.post(&guest, json!({ "query": CHECK_OUT, "variables": other })).await;
    assert_eq!((reused.status, reused.code().as_str()), (422, "IDEMPOTENCY_KEY_REUSED"));
    assert!(order.starts_with("gid://"));
}

#[tokio::test]
async fn each_account_and_each_cart_has_keys_of_its_own() {
    let server = Server::still().await;
    let note = "mutation($id: ID!, $note: String!) { cartNoteUpdate(cartId: $id, note: $note) { cart { note } userErrors { code } } }";
    let (ada, bob) = (server.customer("ada@example.com").await, server.customer("bob@example.com").await);
    let mut ids = Vec::new();
    for visitor in [&ada, &bob, &Visitor::guest()] {
        let reply = twice(&server, visitor, "one", CREATE, Value::Null).await;
        ids.push(reply.answer().text("/cartCreate/cart/id"));
    }
    let made = keyed(&server, &Visitor::guest(), "two", CREATE, Value::Null).await;
    ids.push(made.answer().text("/cartCreate/cart/id"));
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4, "four carts");
    let guests: Vec<String> = {
        let mut guests = Vec::new();
        for key in ["three", "four"] {
            let made = keyed(&server, &Visitor::guest(), key, CREATE, Value::Null).await;
            guests.push(made.answer().text("/cartCreate/cart/id"));
        }
        guests
    };
    for (cart, text) in guests.iter().zip(["first", "second"]) {
        let variables = json!({ "id": cart, "note": text });
        let reply = twice(&server, &Visitor::guest(), "note", note, variables).await;
        assert_eq!(reply.answer().at("/cartNoteUpdate/cart/note"), text);
    }
    // A cart's id without its code names no cart, and does not use its keys up.
    let forged = format!("{}.AAAAAAAAAAAAAAAAAAAAAA", guests[0].split('.').next().expect("a uuid"));
    keyed(&server, &Visitor::guest(), "fresh", note, json!({ "id": forged, "note": "x" })).await;
    let own = keyed(&server, &Visitor::guest(), "fresh", note, json!({ "id": guests[0], "note": "mine" })).await;
    assert_eq!(own.answer().at("/cartNoteUpdate/cart/note"), "mine");
}

#[tokio::test]
async fn browsers_may_send_the_key_and_see_that_an_answer_is_old() {
    let server = Server::start().await;
    let request = server.request(Method::POST, "/graphql").header("origin", "https://shop.example");
    let reply = server.send(request.json(&json!({ "query": CREATE }))).await;
    assert!(reply.header("access-control-expose-headers").contains("idempotent-replayed"));
}

#[tokio::test]
async fn an_answer_as_an_event_stream_is_replayed_as_one() {
    let server = Server::still().await;
    let ask = || {
        let request = server.request(Method::POST, "/graphql").header("accept", "text/event-stream");
        server.send(request.header("idempotency-key", "one").json(&json!({ "query": CREATE })))
    };
    let (first, again) = (ask().await, ask().await);
    assert_eq!((again.header("idempotent-replayed"), again.text()), ("true", first.text()));
    let plain = keyed(&server, &Visitor::guest(), "one", CREATE, Value::Null).await;
    assert!(plain.status == 200 && first.text().contains(plain.text()), "{}", plain.text());
    assert_eq!(rows(&server.shop, "cart").await, 1);
}
