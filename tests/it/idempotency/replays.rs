//! The first answer again, byte for byte, for each kind of mutation; and what happens when it is not the same request.

use serde_json::{Value, json};

use super::{CREATE, keyed, number, rows, twice};
use crate::{
    make::{catalog::product, purchase::completion},
    support::{Caller, Server, TestShop, Visitor},
};

#[tokio::test]
async fn the_first_answer_comes_again_byte_for_byte_for_carts_catalog_stock_and_checkout() {
    let server = Server::still().await;
    let (guest, admin) = (Visitor::guest(), server.admin().await);
    let shop = &server.shop;
    let pen = shop.stocked("Pen", 250, 5).await;

    let lines = json!([{ "merchandiseId": pen.variant_gid(0), "quantity": 2 }]);
    let create = "mutation($l: [CartLineInput!]!) { cartCreate(input: { lines: $l }) { cart { id totalQuantity version
        lines(first: 5) { nodes { id quantity merchandise { ... on ProductVariant { title product { title } } } } } } userErrors { code } } }";
    let made = twice(&server, &guest, "create", create, json!({ "l": lines })).await.answer();
    assert_eq!(made.at("/cartCreate/cart/lines/nodes/0/merchandise/product/title"), "Pen");
    let cart = made.text("/cartCreate/cart/id");
    let add = "mutation($id: ID!, $l: [CartLineInput!]!) { cartLinesAdd(cartId: $id, lines: $l) { cart { totalQuantity } userErrors { code } } }";
    let added = twice(&server, &guest, "add", add, json!({ "id": cart, "l": lines })).await;
    assert_eq!(added.answer().at("/cartLinesAdd/cart/totalQuantity"), 4);

    let adjust =
        "mutation($c: [InventoryChangeInput!]!) { inventoryAdjustQuantities(input: { reason: RECEIVE, changes: $c }) {
        inventoryLevels { onHand location { name } variant { product { title } } } userErrors { code } } }";
    let change = json!([{ "variantId": pen.variant_gid(0), "delta": 3 }]);
    let adjusted = twice(&server, &admin, "adjust", adjust, json!({ "c": change })).await;
    assert_eq!(adjusted.answer().at("/inventoryAdjustQuantities/userErrors"), json!([]));
    assert_eq!(shop.stock_of(pen.variants[0]).await, (8, 0));

    let product = "mutation { productCreate(input: { title: \"Ink\", variants: [{ price: \"2.50\" }] }) {
        product { id title version variants(first: 2) { nodes { sku price { amount } } } } userErrors { code } } }";
    let products = rows(shop, "product").await;
    let made = twice(&server, &admin, "product", product, json!({})).await;
    assert_eq!(made.answer().at("/productCreate/product/variants/nodes/0/price/amount"), "2.5");
    assert_eq!(rows(shop, "product").await, products + 1);

    let complete =
        "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { id number status }
        payment { status } orderAccessToken userErrors { code } } }";
    let placed = twice(&server, &guest, "pay", complete, json!({ "input": completion(&cart, "sandbox_ok") })).await;
    assert_eq!(placed.answer().at("/checkoutComplete/order/status"), "PROCESSING");
    assert_eq!((shop.book().await.len(), shop.taken().await, rows(shop, "orders").await), (1, 1_000, 1));
    assert_eq!(shop.stock_of(pen.variants[0]).await, (4, 0));
    let closed = "SELECT count(*) AS n FROM idempotency_record WHERE state = 'done' AND completed_at IS NOT NULL";
    assert_eq!((number(shop, closed).await, rows(shop, "idempotency_record").await), (5, 5));
    let of_order = "SELECT count(*) AS n FROM idempotency_record WHERE order_id IS NOT NULL";
    assert_eq!(number(shop, of_order).await, 1, "the books know which order a key placed");
}

#[tokio::test]
async fn another_request_with_the_key_is_refused_and_does_nothing() {
    let server = Server::still().await;
    let guest = Visitor::guest();
    let first = keyed(&server, &guest, "one", CREATE, json!({ "note": "mine" })).await;
    for (document, variables) in [
        (CREATE.to_owned(), json!({ "note": "other" })),
        (CREATE.to_owned(), json!({})),
        (CREATE.replace("id note", "id"), json!({ "note": "mine" })),
    ] {
        let other = keyed(&server, &guest, "one", &document, variables).await;
        assert_eq!((other.status, other.code().as_str()), (422, "IDEMPOTENCY_KEY_REUSED"));
    }
    let again = keyed(&server, &guest, "one", CREATE, json!({ "note": "mine" })).await;
    assert_eq!((again.text(), rows(&server.shop, "cart").await), (first.text(), 1));
}

#[tokio::test]
async fn an_order_that_costs_nothing_is_placed_once_for_its_key() {
    let server = Server::still().await;
    let gift = product("Leaflet").price(0).make(&server.shop).await;
    let cart = server.cart_of(&Visitor::guest(), &gift.variant_gid(0)).await;
    let complete = "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { id } userErrors { code } } }";
    let mut input = completion(&cart, "sandbox_ok");
    input["idempotencyKey"] = json!("free");
    let send = async |input: &Value| {
        server.post(&Visitor::guest(), json!({ "query": complete, "variables": { "input": input } })).await
    };
    let first = send(&input).await;
    let again = send(&input).await;
    assert_eq!((again.text(), again.header("idempotent-replayed")), (first.text(), "true"));
    input["email"] = json!("eve@example.com");
    assert_eq!(send(&input).await.code(), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(rows(&server.shop, "orders").await, 1);
}

#[tokio::test]
async fn refusals_are_replayed_with_their_status_although_the_reason_is_gone() {
    let server = Server::still().await;
    let shop = &server.shop;
    let pen = shop.stocked("Pen", 250, 0).await;
    let guest = Visitor::guest();
    let made = keyed(&server, &guest, "cart", CREATE, json!({})).await;
    let cart = made.answer().text("/cartCreate/cart/id");
    let note = "mutation($id: ID!, $v: Int) { cartNoteUpdate(cartId: $id, note: \"x\", expectedVersion: $v) { cart { id } userErrors { code } } }";
    let conflict = twice(&server, &guest, "conflict", note, json!({ "id": cart, "v": 77 })).await;
    assert_eq!((conflict.status, conflict.code().as_str()), (200, "VERSION_CONFLICT"));

    let complete = "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { id } userErrors { code } } }";
    let variables = json!({ "input": completion(&cart, "sandbox_ok") });
    let empty = twice(&server, &guest, "empty", complete, variables.clone()).await;
    assert_eq!(empty.answer().refusals("checkoutComplete"), ["CART_EMPTY"]);
    shop.stock(pen.variants[0], 3).await;
    let lines = json!([{ "merchandiseId": pen.variant_gid(0), "quantity": 1 }]);
    let add =
        "mutation($id: ID!, $l: [CartLineInput!]!) { cartLinesAdd(cartId: $id, lines: $l) { userErrors { code } } }";
    server.graphql(&guest, add, json!({ "id": cart, "l": lines })).await.done("cartLinesAdd");
    let still = keyed(&server, &guest, "empty", complete, variables.clone()).await;
    assert_eq!((still.text(), rows(shop, "orders").await), (empty.text(), 0), "the key has its answer");
    let anew = keyed(&server, &guest, "filled", complete, variables).await;
    anew.answer().done("checkoutComplete");

    // What could not even begin has used no key up.
    let wrong = keyed(&server, &guest, "typo", "mutation { cartCreate { cart { idd } } }", json!({})).await;
    assert_eq!(wrong.status, 400);
    assert_eq!(keyed(&server, &guest, "typo", CREATE, json!({})).await.status, 200);
}

#[tokio::test]
async fn after_the_retention_a_key_is_new() {
    let server = Server::still().await;
    let guest = Visitor::guest();
    let first = keyed(&server, &guest, "one", CREATE, json!({})).await;
    server.shop.pass(86_390);
    assert_eq!(keyed(&server, &guest, "one", CREATE, json!({})).await.text(), first.text());
    server.shop.pass(20);
    let anew = keyed(&server, &guest, "one", CREATE, json!({ "note": "another body" })).await;
    assert_eq!((anew.status, anew.header("idempotent-replayed")), (200, ""));
    assert_eq!((rows(&server.shop, "cart").await, rows(&server.shop, "idempotency_record").await), (2, 1));
}

#[tokio::test]
async fn records_past_their_time_are_deleted_in_batches() {
    use cartwright::platform::{idempotency::delete_before, tx};
    let server = Server::still().await;
    for key in ["one", "two", "three"] {
        keyed(&server, &Visitor::guest(), key, CREATE, json!({})).await;
    }
    server.shop.pass(60);
    keyed(&server, &Visitor::guest(), "young", CREATE, json!({})).await;
    let moment = server.shop.app.sources.now() - chrono::TimeDelta::seconds(30);
    let mut deleted = Vec::new();
    for _ in 0..3 {
        let tx = tx::begin(&server.shop.app.database).await.expect("a transaction");
        deleted.push(delete_before(&tx, moment, 2).await.expect("deleted"));
        tx.commit().await.expect("committed");
    }
    assert_eq!((deleted.as_slice(), rows(&server.shop, "idempotency_record").await), ([2, 1, 0].as_slice(), 1));
}

#[tokio::test]
async fn a_mutation_without_a_key_costs_no_statement_more() {
    use async_graphql::{Request, Variables};
    use cartwright::graphql;
    let shop = TestShop::still().await;
    let pen = shop.stocked("Pen", 250, 50).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&pen, 1)]).await;
    let document = "mutation($id: ID!, $l: [CartLineInput!]!) { cartLinesAdd(cartId: $id, lines: $l) { cart { totalQuantity
        lines(first: 5) { nodes { merchandise { ... on ProductVariant { title product { title } } } } } } userErrors { code } } }";
    let variables = json!({ "id": cart, "l": [{ "merchandiseId": pen.variant_gid(0), "quantity": 1 }] });
    let schema = graphql::schema(true);
    let bare = || {
        let request = Request::new(document).variables(Variables::from_json(variables.clone()));
        schema.execute(graphql::prepare(request, shop.context(&Caller::guest())))
    };
    shop.guest(document, variables.clone()).await.done("cartLinesAdd");
    let (_, before) = shop.statements(bare()).await;
    let (answer, unkeyed) = shop.statements(shop.guest(document, variables.clone())).await;
    answer.done("cartLinesAdd");
    assert_eq!(unkeyed, before, "what the library runs by itself");
    let request = Request::new(document).variables(Variables::from_json(variables.clone()));
    let running = graphql::execute(&schema, request, shop.context(&Caller::guest()), Some("one".to_owned()));
    let (_, with_key) = shop.statements(running).await;
    assert!(with_key <= before + 3, "the clock, the claim and the answer: {before} and {with_key}");
}
