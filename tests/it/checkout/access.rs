//! Who may open and change an order. For everybody else it is not there.

use entity::auth::account::Role;
use serde_json::{Value, json};

use crate::{
    make::checkout::{Bought, address},
    support::{Caller, TestShop},
};

async fn seen_by(shop: &TestShop, order: &Bought, caller: &Caller) -> bool {
    let document = "query($id: ID!) { order(id: $id) { id } }";
    shop.ask(caller, document, json!({ "id": order.id })).await.at("/order") != Value::Null
}

async fn denied(shop: &TestShop, order: &Bought, caller: &Caller) {
    assert!(!seen_by(shop, order, caller).await);
    let by = Bought { caller: caller.clone(), ..order.clone() };
    assert_eq!(by.cancel(shop, caller).await.code(), "NOT_FOUND");
    assert_eq!(by.deliver(shop, caller).await.code(), "NOT_FOUND");
    assert_eq!(by.retry(shop, "sandbox_ok", json!({})).await.code(), "NOT_FOUND");
}

#[tokio::test]
async fn a_guests_order_opens_with_its_own_token_only() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 9).await;
    let (order, other) = (shop.order_of(&made, 1, "sandbox_ok").await, shop.order_of(&made, 1, "sandbox_ok").await);
    assert!(seen_by(&shop, &order, &order.caller).await);
    for token in [None, Some("nonsense".to_owned()), other.caller.order_access_token.clone()] {
        denied(&shop, &order, &Caller { order_access_token: token, ..Caller::guest() }).await;
    }
    denied(&shop, &order, &shop.customer("jane@example.com").await).await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
}

#[tokio::test]
async fn a_customers_order_opens_for_that_customer_only() {
    let shop = TestShop::still().await;
    let (jane, john) = (shop.customer("jane@example.com").await, shop.customer("john@example.com").await);
    let made = shop.stocked("Pen", 250, 9).await;
    let cart = shop.cart_with(&jane, &[(&made, 1)]).await;
    let order = shop.complete(&cart).caller(&jane).with("email", Value::Null).bought().await;
    assert_eq!(order.caller.order_access_token, None, "it is hers anyway");
    assert_eq!(order.now(&shop).await["email"], "jane@example.com");
    denied(&shop, &order, &john).await;
    denied(&shop, &order, &Caller::guest()).await;
}

#[tokio::test]
async fn staff_open_every_order_and_change_it_with_the_permission() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&made, 1, "sandbox_ok").await;
    let (admin, staff) = (shop.admin().await, shop.staff("staff@example.com", Role::Staff).await);
    assert!(seen_by(&shop, &order, &admin).await && seen_by(&shop, &order, &staff).await);
    order.cancel(&shop, &admin).await.done("orderCancel");
}

#[tokio::test]
async fn the_list_of_orders_is_for_staff_and_finds_by_number_and_address() {
    let shop = TestShop::still().await;
    let (admin, made) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let order = shop.order_of(&made, 1, "sandbox_ok").await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
    let other = shop.complete(&cart).with("email", json!("John@Example.com")).token("sandbox_declined").bought().await;
    let document = "query($query: String, $filter: OrderFilterInput, $after: String, $first: Int) { orders(query: \
                    $query, filter: $filter, after: $after, first: $first) { nodes { id } pageInfo { hasNextPage \
                    endCursor } } }";
    assert_eq!(shop.guest(document, json!({})).await.code(), "UNAUTHENTICATED");
    assert_eq!(shop.ask(&shop.customer("a@example.com").await, document, json!({})).await.code(), "FORBIDDEN");
    let found = async |variables: Value| {
        let answer = shop.ask(&admin, document, variables).await;
        crate::make::checkout::texts(&answer.at("/orders/nodes"), "id")
    };
    assert_eq!(found(json!({})).await, [&*other.id, &*order.id], "newest first");
    let number = order.now(&shop).await["number"].as_i64().expect("a number");
    assert_eq!(found(json!({ "query": format!("#{number}") })).await, [&*order.id]);
    assert_eq!(found(json!({ "query": "JOHN@" })).await, [&*other.id]);
    assert_eq!(found(json!({ "query": "%" })).await, Vec::<String>::new());
    assert_eq!(found(json!({ "filter": { "statuses": ["PENDING_PAYMENT"] } })).await, [&*other.id]);
    assert_eq!(found(json!({ "filter": { "financialStatuses": ["PAID"] } })).await, [&*order.id]);
    let page = shop.ask(&admin, document, json!({ "first": 1 })).await;
    assert_eq!(page.at("/orders/pageInfo/hasNextPage"), true);
    assert_eq!(found(json!({ "after": page.text("/orders/pageInfo/endCursor") })).await, [&*order.id]);
    for bad in [json!({ "after": "nonsense" }), json!({ "query": "a\u{0}b" }), json!({ "first": 251 })] {
        assert_eq!(shop.ask(&admin, document, bad).await.code(), "BAD_USER_INPUT");
    }
}

#[tokio::test]
async fn a_customer_reads_the_own_paid_orders() {
    let shop = TestShop::still().await;
    let (jane, made) = (shop.customer("jane@example.com").await, shop.stocked("Pen", 250, 9).await);
    let mut ids = Vec::new();
    for token in ["sandbox_ok", "sandbox_declined", "sandbox_ok"] {
        let cart = shop.cart_with(&jane, &[(&made, 1)]).await;
        ids.push(shop.complete(&cart).caller(&jane).token(token).bought().await.id);
    }
    let document = "{ customer { orders(first: 10) { nodes { id } } } }";
    let mine =
        crate::make::checkout::texts(&shop.ask(&jane, document, json!({})).await.at("/customer/orders/nodes"), "id");
    assert_eq!(mine, [&*ids[2], &*ids[0]], "newest first, without the one that was never paid");
    let john = shop.customer("john@example.com").await;
    assert_eq!(shop.ask(&john, document, json!({})).await.at("/customer/orders/nodes"), json!([]));
    let admin = shop.admin().await;
    let everybody = "{ customers(first: 10) { nodes { orders(first: 1) { nodes { id } } } } }";
    let seen = shop.ask(&admin, everybody, json!({})).await;
    assert_eq!(seen.at("/customers/nodes/0/orders"), Value::Null, "staff use the list of orders");
}

#[tokio::test]
async fn ids_of_another_type_are_refused_and_unknown_ones_are_not_there() {
    let shop = TestShop::still().await;
    let document = "query($id: ID!) { order(id: $id) { id } }";
    let unknown = format!("gid://cartwright/Order/{}", uuid::Uuid::now_v7());
    assert_eq!(shop.guest(document, json!({ "id": unknown })).await.at("/order"), Value::Null);
    for bad in ["gid://cartwright/Cart/1", "1", ""] {
        assert_eq!(shop.guest(document, json!({ "id": bad })).await.code(), "BAD_USER_INPUT");
    }
}

#[tokio::test]
async fn what_a_retry_sends_is_checked_like_a_completion() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&made, 1, "sandbox_declined").await;
    let mut bad = address();
    bad["city"] = Value::Null;
    let refused = order.retry(&shop, "", json!({ "billingAddress": bad })).await;
    assert_eq!(refused.refusals("paymentRetry"), ["PAYMENT_INPUT_INVALID", "ADDRESS_FIELD_IS_REQUIRED"]);
    assert_eq!(order.payments(&shop).await, ["FAILED"]);
}
