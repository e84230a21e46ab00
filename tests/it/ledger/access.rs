//! Who sees the ledger, and what it costs to read.

use cartwright::domain::auth::Role;
use serde_json::json;

use super::LEDGER;
use crate::support::{Caller, TestShop};

#[tokio::test]
async fn shoppers_neither_see_the_ledger_nor_know_of_it() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 9).await;
    let staff = shop.staff("kim@example.com", Role::Staff).await;
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    let refused = shop.ask(&order.caller, LEDGER, json!({ "id": order.id })).await;
    assert_eq!(refused.code(), "UNAUTHENTICATED");
    let ada = shop.customer("ada@example.com").await;
    let own = shop.complete(&shop.cart_with(&ada, &[(&made, 1)]).await).caller(&ada).bought().await;
    assert_eq!(shop.ask(&ada, LEDGER, json!({ "id": own.id })).await.code(), "FORBIDDEN");
    assert!(refused.body["data"]["order"]["ledger"].is_null(), "{}", refused.body);
    let fields = "{ __type(name: \"Order\") { fields { name } } }";
    let kinds = "{ __schema { types { name } } }";
    for (document, word) in [(fields, "\"ledger\""), (kinds, "Ledger")] {
        let seen = shop.ask(&staff, document, json!({})).await.body.to_string();
        assert!(seen.contains(word), "staff see {word}");
        let hidden = shop.ask(&order.caller, document, json!({})).await.body.to_string();
        assert!(!hidden.contains(word), "shoppers do not see {word}");
    }
}

#[tokio::test]
async fn the_entries_come_in_pages_with_their_facts() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    let document = "query($id: ID!, $after: String) { order(id: $id) { payments { id } ledger { entries(first: 3, \
                    after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id account \
                    transaction { kind paymentId refundId } } } } } }";
    let first = shop.ask(&staff, document, json!({ "id": order.id })).await.at("/order");
    let page = &first["ledger"]["entries"];
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    assert_eq!(page["nodes"][0]["transaction"]["kind"], "AUTHORIZATION");
    assert_eq!(page["nodes"][0]["transaction"]["paymentId"], first["payments"][0]["id"]);
    let after = page["pageInfo"]["endCursor"].clone();
    let second =
        shop.ask(&staff, document, json!({ "id": order.id, "after": after })).await.at("/order/ledger/entries");
    assert_eq!(second["nodes"].as_array().map(Vec::len), Some(3));
    assert_ne!(second["nodes"][0]["id"], page["nodes"][0]["id"]);
}

#[tokio::test]
async fn the_ledgers_of_many_orders_cost_as_many_statements_as_one() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 90).await);
    let document = "{ orders(first: 50) { nodes { id ledger { balances { account amount { amount } } \
                    entries(first: 9) { nodes { id } } } } } }";
    let mut costs = Vec::new();
    for _ in 0..4 {
        shop.order_of(&made, 1, "sandbox_ok").await.cancel(&shop, &staff).await.done("orderCancel");
        shop.complete(&shop.cart_with(&Caller::guest(), &[(&made, 1)]).await).hold().bought().await;
        let (answer, count) = shop.statements(shop.ask(&staff, document, json!({}))).await;
        answer.at("/orders/nodes");
        costs.push(count);
    }
    assert!(costs.iter().all(|cost| *cost == costs[0]) && costs[0] <= 3, "orders, facts, entries: {costs:?}");
}
