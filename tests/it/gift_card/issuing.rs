//! Issuing, changing and ending cards; who may; what stays secret.

use cartwright::domain::auth::Role;
use serde_json::{Value, json};

use super::{Till, money};
use crate::support::Caller;

#[tokio::test]
async fn a_card_is_issued_and_its_code_is_told_once() {
    let till = Till::new().await;
    let card = till.card_with("50.00", json!({ "note": " for Ada " })).await;
    assert_eq!((card.code.len(), card.code.matches('-').count()), (19, 3), "{}", card.code);
    let read = till.read(&card.id).await;
    assert_eq!(read["balance"], money("50.0", "USD"));
    assert_eq!((&read["status"], &read["note"]), (&json!("ACTIVE"), &json!("for Ada")));
    assert_eq!(read["lastCharacters"], card.code[15..]);
    assert_eq!(till.ledger(&card.id).await, ["ISSUED 50.0"]);
    assert!(read["transactions"]["nodes"][0]["staffMemberId"].is_string());
    assert_eq!(till.facts().await, ["gift_card.issued"]);
}

#[tokio::test]
async fn no_code_stands_in_the_database_in_plain() {
    let till = Till::new().await;
    let card = till.card_with("50.00", json!({ "recipientEmail": "ada@example.com" })).await;
    let plain = card.code.replace('-', "");
    for (table, columns) in [
        ("gift_card", "code_hash || COALESCE(note, '')"),
        ("outbox_event", "CAST(data AS TEXT)"),
        ("notification", "COALESCE(sealed, '') || COALESCE(last_error, '')"),
        ("idempotency_record", "CAST(key AS TEXT)"),
    ] {
        for row in till.rows(&format!("SELECT {columns} AS text FROM {table}")).await {
            let text: String = row.try_get("", "text").expect("a text");
            assert!(!text.contains(&plain) && !text.contains(&card.code), "{table}: {text}");
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_card_is_told_by_field() {
    let till = Till::new().await;
    let refused = async |input: Value| till.refused("giftCardCreate", input).await;
    assert_eq!(refused(json!({ "amount": money("0", "USD") })).await, ["INVALID"]);
    assert_eq!(refused(json!({ "amount": money("-1", "USD") })).await, ["INVALID"]);
    assert_eq!(refused(json!({ "amount": money("1000000000.01", "USD") })).await, ["TOO_LARGE"]);
    let wrong = json!({ "amount": money("5", "USD"), "expiresAt": "2020-01-01T00:00:00Z", "recipientEmail": "ada",
                        "note": "4242424242424242", "customerId": "gid://cartwright/Customer/01890000-0000-7000-8000-000000000000" });
    assert_eq!(refused(wrong).await, ["INVALID", "INVALID", "INVALID", "NOT_FOUND"]);
    assert_eq!(refused(json!({ "amount": money("5", "USD"), "note": "x".repeat(1_001) })).await, ["TOO_LONG"]);
    let answer = till.call("giftCardCreate", json!({ "amount": money("5", "USD"), "note": "\u{0}" })).await;
    assert_eq!(answer.code(), "BAD_USER_INPUT");
    let answer = till.call("giftCardCreate", json!({ "amount": money("5.001", "USD") })).await;
    assert_eq!(answer.code(), "BAD_USER_INPUT");
    assert!(till.rows("SELECT id FROM gift_card").await.is_empty());
}

#[tokio::test]
async fn a_card_is_changed_with_what_was_before_on_record() {
    let till = Till::new().await;
    till.shop.account("ada@example.com", Role::Customer).await;
    let customers = "{ customers(first: 1) { nodes { id } } }";
    let ada = till.shop.ask(&till.admin, customers, json!({})).await.at("/customers/nodes/0/id");
    let card = till.card("20").await;
    let changed = json!({ "id": card.id, "note": "VIP", "customerId": ada, "expiresAt": "2031-01-01T00:00:00Z" });
    let read = till.change("giftCardUpdate", changed).await;
    assert_eq!((&read["note"], &read["customer"]["email"]), (&json!("VIP"), &json!("ada@example.com")));
    till.change("giftCardUpdate", json!({ "id": card.id, "note": "VIP" })).await;
    let read = till
        .change("giftCardUpdate", json!({ "id": card.id, "expiresAt": "2020-01-01T00:00:00Z", "note": null }))
        .await;
    assert_eq!((&read["status"], &read["note"]), (&json!("EXPIRED"), &Value::Null));
    let read = till.change("giftCardUpdate", json!({ "id": card.id, "expiresAt": null })).await;
    assert_eq!((&read["status"], &read["expiresAt"]), (&json!("ACTIVE"), &Value::Null));
    assert_eq!(till.facts().await, ["gift_card.issued", "gift_card.updated", "gift_card.updated", "gift_card.updated"]);
    let rows = till
        .rows("SELECT CAST(data AS TEXT) AS data FROM outbox_event WHERE kind = 'gift_card.updated' ORDER BY position")
        .await;
    let first: Value = serde_json::from_str(&rows[0].try_get::<String>("", "data").expect("data")).expect("JSON");
    assert_eq!(first["changes"]["note"], json!({ "before": null, "after": "VIP" }));
    assert!(first["account_id"].is_string());
}

#[tokio::test]
async fn a_card_that_was_deactivated_stays_so_and_keeps_its_money_on_the_books() {
    let till = Till::new().await;
    let card = till.card("20").await;
    let read = till.change("giftCardDeactivate", json!({ "id": card.id })).await;
    assert_eq!((&read["status"], &read["balance"]["amount"]), (&json!("DEACTIVATED"), &json!("20.0")));
    till.change("giftCardDeactivate", json!({ "id": card.id })).await;
    assert_eq!(till.facts().await, ["gift_card.issued", "gift_card.deactivated"]);
    let credit = json!({ "id": card.id, "amount": money("1", "USD") });
    assert_eq!(till.refused("giftCardCredit", credit).await, ["DEACTIVATED"]);
    till.change("giftCardDebit", json!({ "id": card.id, "amount": money("20", "USD"), "note": "lost" })).await;
    assert_eq!(till.ledger(&card.id).await, ["ISSUED 20.0", "DEBITED -20.0"]);
    let unknown = "gid://cartwright/GiftCard/01890000-0000-7000-8000-000000000000";
    assert_eq!(till.call("giftCardDeactivate", json!({ "id": unknown })).await.code(), "NOT_FOUND");
}

#[tokio::test]
async fn only_those_who_may_manage_payments_issue_cards_and_only_those_who_may_read_them_see_them() {
    let till = Till::new().await;
    let card = till.card("20").await;
    let clerk = till.shop.staff("clerk@example.com", Role::Staff).await;
    let (shopper, guest) = (till.shop.customer("ada@example.com").await, Caller::guest());
    let create = "mutation($input: GiftCardCreateInput!) { giftCardCreate(input: $input) { giftCardCode } }";
    let input = json!({ "input": { "amount": money("5", "USD") } });
    for (caller, code) in [(&clerk, "FORBIDDEN"), (&shopper, "FORBIDDEN"), (&guest, "UNAUTHENTICATED")] {
        assert_eq!(till.shop.ask(caller, create, input.clone()).await.code(), code);
    }
    let read = "query($id: ID!) { giftCard(id: $id) { lastCharacters } }";
    let list = "{ giftCards(first: 1) { nodes { id } } }";
    let id = json!({ "id": card.id });
    assert!(till.shop.ask(&clerk, read, id.clone()).await.at("/giftCard").is_object());
    for (caller, code) in [(&shopper, "FORBIDDEN"), (&guest, "UNAUTHENTICATED")] {
        assert_eq!(till.shop.ask(caller, read, id.clone()).await.code(), code);
        assert_eq!(till.shop.ask(caller, list, json!({})).await.code(), code);
        let node = till.shop.ask(caller, "query($id: ID!) { node(id: $id) { id } }", id.clone()).await;
        assert_eq!(node.at("/node"), Value::Null);
    }
    let node = till.shop.ask(&clerk, "query($id: ID!) { node(id: $id) { __typename id } }", id.clone()).await;
    assert_eq!(node.at("/node"), json!({ "__typename": "GiftCard", "id": card.id }));
}

#[tokio::test]
async fn cards_are_found_by_code_by_ending_and_by_how_they_stand() {
    let till = Till::new().await;
    let (first, second, third) = (till.card("20").await, till.card("30").await, till.card("40").await);
    till.change("giftCardDeactivate", json!({ "id": second.id })).await;
    till.change("giftCardDebit", json!({ "id": third.id, "amount": money("40", "USD") })).await;
    let document = "query($code: String, $last: String, $status: GiftCardStatus, $after: String, $first: Int) {
        giftCards(first: $first, after: $after, code: $code, lastCharacters: $last, status: $status) {
            nodes { id } pageInfo { hasNextPage endCursor } } }";
    let find = async |variables: Value| {
        let nodes = till.shop.ask(&till.admin, document, variables).await.at("/giftCards/nodes");
        nodes
            .as_array()
            .expect("a list")
            .iter()
            .map(|node| node["id"].as_str().expect("an id").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(find(json!({})).await, [third.id.clone(), second.id.clone(), first.id.clone()]);
    assert_eq!(
        find(json!({ "code": first.code.to_lowercase().replace('-', " ") })).await,
        std::slice::from_ref(&first.id)
    );
    assert_eq!(find(json!({ "code": "AAAA-AAAA-AAAA-AAAA" })).await, Vec::<String>::new());
    assert_eq!(find(json!({ "code": "no code" })).await, Vec::<String>::new());
    assert!(find(json!({ "last": second.code[15..].to_lowercase() })).await.contains(&second.id));
    assert_eq!(find(json!({ "status": "ACTIVE" })).await, std::slice::from_ref(&first.id));
    assert_eq!(find(json!({ "status": "DEACTIVATED" })).await, std::slice::from_ref(&second.id));
    assert_eq!(find(json!({ "status": "EMPTY" })).await, std::slice::from_ref(&third.id));
    assert_eq!(find(json!({ "status": "EXPIRED" })).await, Vec::<String>::new());
    let page = till.shop.ask(&till.admin, document, json!({ "first": 2 })).await.at("/giftCards");
    assert_eq!(page["pageInfo"]["hasNextPage"], json!(true));
    assert_eq!(find(json!({ "after": page["pageInfo"]["endCursor"] })).await, [first.id]);
}
