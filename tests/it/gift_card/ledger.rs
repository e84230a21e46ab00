//! The ledger: staff's credits and debits, and what a list of cards costs to read.

use serde_json::{Value, json};

use super::{CARD, Till, money};

#[tokio::test]
async fn staff_put_money_on_a_card_and_take_it_off_and_every_change_is_in_the_ledger() {
    let till = Till::new().await;
    let card = till.card("20").await;
    let credit = json!({ "id": card.id, "amount": money("5.50", "USD"), "note": "for the trouble" });
    let document = "mutation($input: GiftCardCreditInput!) { giftCardCredit(input: $input) {
        giftCard { balance { amount } } giftCardTransaction { kind note amount { amount } } userErrors { code } } }";
    let done = till.shop.ask(&till.admin, document, json!({ "input": credit })).await.done("giftCardCredit");
    assert_eq!(done["giftCard"]["balance"]["amount"], "25.5");
    let entry = json!({ "kind": "CREDITED", "note": "for the trouble", "amount": { "amount": "5.5" } });
    assert_eq!(done["giftCardTransaction"], entry);
    till.change("giftCardDebit", json!({ "id": card.id, "amount": money("0.25", "USD") })).await;
    assert_eq!(till.ledger(&card.id).await, ["ISSUED 20.0", "CREDITED 5.5", "DEBITED -0.25"]);
    assert_eq!(till.balance(&card.id).await, "25.25");
    let debit = |amount: &str, currency: &str| json!({ "id": card.id, "amount": money(amount, currency) });
    assert_eq!(till.refused("giftCardDebit", debit("25.26", "USD")).await, ["BALANCE_TOO_LOW"]);
    assert_eq!(till.refused("giftCardDebit", debit("1", "EUR")).await, ["CURRENCY_MISMATCH"]);
    assert_eq!(till.refused("giftCardDebit", debit("0", "USD")).await, ["INVALID"]);
    assert_eq!(till.refused("giftCardCredit", debit("1000000000", "USD")).await, ["TOO_LARGE"]);
    assert_eq!(till.facts().await, ["gift_card.issued", "gift_card.credited", "gift_card.debited"]);
    assert_eq!(till.untrue().await, 0);
}

#[tokio::test]
async fn parallel_debits_take_no_more_than_there_is() {
    let till = Till::new().await;
    let card = till.card("20").await;
    let debit = || till.call("giftCardDebit", json!({ "id": card.id, "amount": money("1", "USD") }));
    let answers = futures::future::join_all((0..50).map(|_| debit())).await;
    let refused = answers.iter().filter(|answer| !answer.refusals("giftCardDebit").is_empty()).count();
    assert_eq!(refused, 30);
    assert_eq!((till.balance(&card.id).await, till.untrue().await), ("0.0".to_owned(), 0));
    assert_eq!(till.ledger(&card.id).await.len(), 21);
}

#[tokio::test]
async fn the_ledger_is_read_in_pages_the_newest_entry_first() {
    let till = Till::new().await;
    let card = till.card("20").await;
    for amount in ["1", "2", "3"] {
        till.change("giftCardCredit", json!({ "id": card.id, "amount": money(amount, "USD") })).await;
    }
    let document = "query($id: ID!, $after: String) { giftCard(id: $id) { transactions(first: 2, after: $after) {
        nodes { amount { amount } } pageInfo { endCursor hasNextPage } } } }";
    let amounts = |page: &Value| -> Vec<String> {
        let nodes = page["nodes"].as_array().expect("a list");
        nodes.iter().map(|node| node["amount"]["amount"].as_str().expect("an amount").to_owned()).collect()
    };
    let page = till.shop.ask(&till.admin, document, json!({ "id": card.id })).await.at("/giftCard/transactions");
    assert_eq!((amounts(&page), &page["pageInfo"]["hasNextPage"]), (vec!["3.0".into(), "2.0".into()], &json!(true)));
    let variables = json!({ "id": card.id, "after": page["pageInfo"]["endCursor"] });
    let page = till.shop.ask(&till.admin, document, variables).await.at("/giftCard/transactions");
    assert_eq!((amounts(&page), &page["pageInfo"]["hasNextPage"]), (vec!["1.0".into(), "20.0".into()], &json!(false)));
}

#[tokio::test]
async fn a_list_of_cards_with_their_ledgers_costs_as_many_statements_as_one_card() {
    let till = Till::new().await;
    let document = format!("{{ giftCards(first: 250) {{ nodes {{ ...G }} }} }} {CARD}");
    let mut counts = Vec::new();
    for _ in 0..3 {
        for _ in 0..3 {
            till.card("5").await;
        }
        let (answer, statements) = till.shop.statements(till.shop.ask(&till.admin, &document, json!({}))).await;
        answer.at("/giftCards/nodes/0/id");
        counts.push(statements);
    }
    assert_eq!(counts, [2, 2, 2], "the cards, and their ledgers");
}
