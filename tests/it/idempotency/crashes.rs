//! What a crash, a fault or a lost lease leaves: the work with its answer, or neither.

use std::sync::Arc;

use async_graphql::{Request, Variables};
use cartwright::{
    graphql,
    platform::{
        hold::{self, Hold},
        idempotency::{self, Answered, Claimed},
        tx,
    },
};
use graphql_transport::Answer;
use serde_json::{Value, json};

use super::{CREATE, keyed, rows, run};
use crate::{
    make::{catalog::product, checkout::complete_document},
    support::{Caller, Server, TestShop, Visitor},
};

fn request(document: &str, variables: Value) -> Request {
    Request::new(document).variables(Variables::from_json(variables))
}

/// What a keyed request answers, as text, or the code of its refusal.
async fn ask(shop: &TestShop, key: &str, document: &str, variables: Value) -> Result<String, String> {
    let schema = graphql::schema(true);
    let context = shop.context(&Caller::guest());
    match graphql::execute(&schema, request(document, variables), context, Some(key.to_owned())).await {
        Ok(Answer::Written(written)) => Ok(written.body),
        Ok(Answer::Response(response)) => panic!("not kept: {response:?}"),
        Err(refusal) => Err(refusal.code().to_owned()),
    }
}

async fn claimed(shop: &TestShop, key: &str, document: &str, variables: Value) -> idempotency::Ticket {
    let mut request = request(document, variables);
    let usage = graphql::idempotency::usage(&mut request, &shop.context(&Caller::guest()), Some(key.to_owned()));
    let usage = usage.expect("a key").expect("a mutation");
    let ticket = usage.ticket(&shop.app.sources);
    match idempotency::claim(&shop.app.database, &shop.app.sources, &usage, &ticket).await.expect("it runs") {
        Claimed::Run => ticket,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_crash_between_the_work_and_its_answer_leaves_nothing_and_the_next_attempt_does_it() {
    let shop = TestShop::still().await;
    claimed(&shop, "one", CREATE, json!({})).await;
    let hold = Arc::new(Hold::default());
    let work = graphql::prepare(request(CREATE, json!({})), shop.context(&Caller::guest()));
    let response = hold::within(Arc::clone(&hold), graphql::schema(true).execute(work)).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    assert!(response.data.to_string().contains("gid://"), "the work was done and read: {}", response.data);
    drop(hold);
    assert_eq!(rows(&shop, "cart").await, 0, "nothing of it remains");
    assert_eq!(ask(&shop, "one", CREATE, json!({})).await, Err("IDEMPOTENCY_IN_PROGRESS".to_owned()));
    shop.pass(16);
    let answer = ask(&shop, "one", CREATE, json!({})).await.expect("it runs now");
    assert_eq!(ask(&shop, "one", CREATE, json!({})).await, Ok(answer));
    assert_eq!((rows(&shop, "cart").await, rows(&shop, "idempotency_record").await), (1, 1));
}

#[tokio::test]
async fn who_lost_the_lease_cannot_close_the_key() {
    let shop = TestShop::still().await;
    let late = claimed(&shop, "one", CREATE, json!({})).await;
    let hold = Arc::new(Hold::default());
    shop.pass(16);
    let answer = ask(&shop, "one", CREATE, json!({})).await.expect("another attempt does it");
    let work = graphql::prepare(request(CREATE, json!({})), shop.context(&Caller::guest()));
    hold::within(Arc::clone(&hold), graphql::schema(true).execute(work)).await;
    let tx = hold.take().await.expect("whole").expect("the late one wrote a cart");
    let other = Answered { body: "{}".to_owned(), code: None, order_id: None };
    assert!(!idempotency::complete(&tx, &late, other, shop.app.sources.now()).await.expect("it runs"));
    tx.rollback().await.expect("undone");
    idempotency::release(&shop.app.database, &late).await.expect("it runs");
    assert_eq!(rows(&shop, "cart").await, 1);
    assert_eq!(ask(&shop, "one", CREATE, json!({})).await, Ok(answer), "the key and its answer stand");
}

#[tokio::test]
async fn who_lost_the_lease_cannot_close_or_free_the_key_while_the_next_attempt_works() {
    let shop = TestShop::still().await;
    let late = claimed(&shop, "one", CREATE, json!({})).await;
    shop.pass(16);
    let next = claimed(&shop, "one", CREATE, json!({})).await;
    let complete = async |ticket: &idempotency::Ticket, body: &str| {
        let tx = tx::begin(&shop.app.database).await.expect("a transaction");
        let answer = Answered { body: body.to_owned(), code: None, order_id: None };
        let kept = idempotency::complete(&tx, ticket, answer, shop.app.sources.now()).await.expect("it runs");
        tx.commit().await.expect("committed");
        kept
    };
    assert!(!complete(&late, "late").await, "the key is another's now");
    idempotency::release(&shop.app.database, &late).await.expect("it runs");
    assert_eq!(ask(&shop, "one", CREATE, json!({})).await, Err("IDEMPOTENCY_IN_PROGRESS".to_owned()));
    assert!(complete(&next, "next").await);
    assert_eq!(ask(&shop, "one", CREATE, json!({})).await, Ok("next".to_owned()));
}

#[tokio::test]
async fn a_fault_undoes_the_work_and_frees_the_key() {
    let server = Server::still().await;
    let shop = &server.shop;
    let lamp = product("Lamp").make(shop).await;
    let document = "mutation($l: [CartLineInput!]!) { cartCreate(input: { lines: $l }) { cart { id lines(first: 5) { nodes {
        merchandise { ... on ProductVariant { product { collections(first: 1) { nodes { title } } } } } } } } userErrors { code } } }";
    let variables = json!({ "l": [{ "merchandiseId": lamp.variant_gid(0), "quantity": 1 }] });
    run(shop, "ALTER TABLE collection_product RENAME TO away").await;
    for _ in 0..2 {
        let reply = keyed(&server, &Visitor::guest(), "one", document, variables.clone()).await;
        assert_eq!((reply.code().as_str(), reply.header("idempotent-replayed")), ("INTERNAL_SERVER_ERROR", ""));
        assert_eq!((rows(shop, "cart").await, rows(shop, "idempotency_record").await), (0, 0));
    }
    run(shop, "ALTER TABLE away RENAME TO collection_product").await;
    let reply = keyed(&server, &Visitor::guest(), "one", document, variables.clone()).await;
    reply.answer().done("cartCreate");
    let again = keyed(&server, &Visitor::guest(), "one", document, variables).await;
    assert_eq!((again.text(), rows(shop, "cart").await), (reply.text(), 1));
}

#[tokio::test]
async fn a_fault_in_the_keys_own_table_is_a_fault_and_not_an_outage() {
    let server = Server::still().await;
    let shop = &server.shop;
    run(shop, "ALTER TABLE idempotency_record RENAME TO away").await;
    let reply = keyed(&server, &Visitor::guest(), "one", CREATE, json!({})).await;
    assert_eq!((reply.status, reply.code().as_str()), (500, "INTERNAL_SERVER_ERROR"), "{}", reply.text());
    run(shop, "ALTER TABLE away RENAME TO idempotency_record").await;
    assert_eq!(rows(shop, "cart").await, 0);
    assert_eq!(keyed(&server, &Visitor::guest(), "one", CREATE, json!({})).await.status, 200);
}

/// Makes a key look as a process left it that died before it answered.
async fn as_after_a_crash(shop: &TestShop) {
    run(shop, "UPDATE idempotency_record SET state = 'in_progress', response = NULL, completed_at = NULL").await;
    shop.pass(16);
}

#[tokio::test]
async fn a_checkout_that_died_before_its_answer_is_not_carried_out_twice() {
    let shop = TestShop::still().await;
    let pen = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&pen, 2)]).await;
    let variables = shop.complete(&cart).variables();
    let first = ask(&shop, "one", &complete_document(), variables.clone()).await.expect("placed");
    as_after_a_crash(&shop).await;
    let again = ask(&shop, "one", &complete_document(), variables).await.expect("answered");
    assert_eq!(again, first);
    assert_eq!((shop.book().await.len(), shop.taken().await, rows(&shop, "orders").await), (1, 500, 1));
}

#[tokio::test]
async fn a_checkout_that_died_before_its_gateway_was_asked_is_paid_by_the_next_attempt() {
    let shop = TestShop::still().await;
    let pen = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&pen, 2)]).await;
    // The gateway takes the money of nobody: as if the process had died before it was called.
    run(&shop, "ALTER TABLE sandbox_intent RENAME TO away").await;
    let variables = shop.complete(&cart).variables();
    let pending = ask(&shop, "one", &complete_document(), variables.clone()).await.expect("an order");
    assert!(pending.contains("PENDING_PAYMENT"), "{pending}");
    run(&shop, "ALTER TABLE away RENAME TO sandbox_intent").await;
    as_after_a_crash(&shop).await;
    let paid = ask(&shop, "one", &complete_document(), variables).await.expect("answered");
    assert!(paid.contains("PROCESSING"), "{paid}");
    assert_eq!((shop.book().await.len(), shop.taken().await, rows(&shop, "orders").await), (1, 500, 1));
}

#[tokio::test]
async fn another_attempt_to_pay_that_died_is_not_charged_twice() {
    let shop = TestShop::still().await;
    let pen = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&pen, 2, "sandbox_declined").await;
    let retry = |token: &'static str| {
        let (order, shop) = (&order, &shop);
        async move { order.retry(shop, token, json!({ "idempotencyKey": "again" })).await }
    };
    let first = retry("sandbox_ok").await;
    as_after_a_crash(&shop).await;
    let again = retry("sandbox_ok").await;
    assert_eq!(again.body, first.body);
    assert_eq!((shop.book().await.len(), shop.taken().await), (2, 500), "the declined one and this one");
    as_after_a_crash(&shop).await;
    assert_eq!(retry("sandbox_challenge").await.code(), "IDEMPOTENCY_KEY_REUSED");
}

#[tokio::test]
async fn canceling_and_capturing_again_after_a_crash_change_nothing() {
    let server = Server::still().await;
    let (shop, admin) = (&server.shop, server.admin().await);
    let pen = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&pen, 2)]).await;
    let order = shop.complete(&cart).hold().bought().await;
    for (key, field, input) in
        [("take", "orderCapture", "OrderCaptureInput"), ("cancel", "orderCancel", "OrderCancelInput")]
    {
        let document = format!(
            "mutation($i: {input}!) {{ {field}(input: $i) {{ order {{ status financialStatus version }} userErrors {{ code }} }} }}"
        );
        let variables = json!({ "i": { "orderId": order.id } });
        let first = keyed(&server, &admin, key, &document, variables.clone()).await;
        first.answer().done(field);
        as_after_a_crash(shop).await;
        let again = keyed(&server, &admin, key, &document, variables).await;
        assert_eq!(again.json()["data"], first.json()["data"], "{field}");
    }
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 1));
    assert_eq!(shop.stock_of(pen.variants[0]).await, (5, 0));
}
