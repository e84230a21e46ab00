//! Products that are gift cards: a card for each unit that was paid, mailed to the buyer, ended when the order is canceled.

use cartwright::domain::notification;
use serde_json::{Value, json};

use super::Till;
use crate::{
    make::catalog::{Made, product, variant},
    support::{Caller, Process},
};

async fn voucher(till: &Till) -> Made {
    product("Voucher").gift_card().variant(variant(2_500)).make(&till.shop).await
}

/// The cards that staff see, oldest first: balance, status and to whom.
async fn sold(till: &Till) -> Vec<Value> {
    let document = "{ giftCards(first: 250) { nodes { id status balance { amount } recipientEmail order { id } } } }";
    let nodes = till.shop.ask(&till.admin, document, json!({})).await.at("/giftCards/nodes");
    nodes.as_array().expect("a list").iter().rev().cloned().collect()
}

#[tokio::test]
async fn each_unit_that_was_paid_becomes_a_card_whose_code_is_mailed_to_the_buyer() {
    let till = Till::new().await;
    let made = voucher(&till).await;
    let order = till.shop.order_of(&made, 2, "sandbox_ok").await;
    let cards = sold(&till).await;
    assert_eq!(cards.len(), 2);
    for card in &cards {
        assert_eq!((&card["balance"]["amount"], &card["status"]), (&json!("25.0"), &json!("ACTIVE")));
        assert_eq!((&card["recipientEmail"], &card["order"]["id"]), (&json!("jane@example.com"), &json!(order.id)));
    }
    notification::send_due(&till.shop.app.post()).await.expect("a round");
    let files = std::fs::read_dir(till.shop.mails_folder()).expect("the folder");
    let mails: Vec<String> =
        files.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a mail")).collect();
    assert_eq!(mails.iter().filter(|mail| mail.contains("Subject: A gift card of 25.00 USD")).count(), 2);
    assert_eq!(till.untrue().await, 0);
}

#[tokio::test]
async fn cards_come_once_however_the_payment_settles_and_not_before() {
    let till = Till::new().await;
    let made = voucher(&till).await;
    let process = Process::of(&till.shop).await;
    till.shop.order_of(&made, 1, "sandbox_duplicate").await;
    process.deliver().await;
    till.shop.sweep().await;
    assert_eq!(sold(&till).await.len(), 1);

    let cart = till.shop.cart_with(&Caller::guest(), &[(&made, 3)]).await;
    let held = till.shop.complete(&cart).hold().bought().await;
    assert_eq!(sold(&till).await.len(), 1, "money that is held is not there yet");
    held.capture(&till.shop, &till.admin).await.done("orderCapture");
    held.capture(&till.shop, &till.admin).await.done("orderCapture");
    till.shop.sweep().await;
    assert_eq!(sold(&till).await.len(), 4);
    till.shop.order_of(&made, 1, "sandbox_declined").await;
    assert_eq!(sold(&till).await.len(), 4);
}

#[tokio::test]
async fn canceling_ends_cards_that_nobody_used_and_is_refused_once_one_was() {
    let till = Till::new().await;
    let made = voucher(&till).await;
    let order = till.shop.order_of(&made, 2, "sandbox_ok").await;
    order.cancel(&till.shop, &order.caller).await.done("orderCancel");
    order.cancel(&till.shop, &order.caller).await.done("orderCancel");
    for card in sold(&till).await {
        assert_eq!((&card["balance"]["amount"], &card["status"]), (&json!("0.0"), &json!("DEACTIVATED")));
        let id = card["id"].as_str().expect("an id");
        assert_eq!(till.ledger(id).await, ["ISSUED 25.0", "DEBITED -25.0"]);
    }
    notification::send_due(&till.shop.app.post()).await.expect("a round");
    let queue = till.rows("SELECT state FROM notification WHERE kind = 'GIFT_CARD' AND state = 'DROPPED'").await;
    assert_eq!(queue.len(), 2, "codes of cards that ended are not mailed");

    let order = till.shop.order_of(&made, 1, "sandbox_ok").await;
    let card = sold(&till).await.pop().expect("a card");
    till.change("giftCardDebit", json!({ "id": card["id"], "amount": super::money("1", "USD") })).await;
    assert_eq!(order.cancel(&till.shop, &till.admin).await.refusals("orderCancel"), ["NOT_ALLOWED"]);
    assert_eq!(order.axes(&till.shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(till.untrue().await, 0);
}

#[tokio::test]
async fn staff_say_that_a_product_sells_gift_cards_and_shoppers_see_it() {
    let till = Till::new().await;
    let create = "mutation($input: ProductCreateInput!) { productCreate(input: $input) {
        product { id isGiftCard variants(first: 1) { nodes { requiresShipping } } } userErrors { code } } }";
    let input = json!({ "title": "Voucher", "publish": true, "isGiftCard": true, "variants": [{ "price": "10" }] });
    let made = till.shop.ask(&till.admin, create, json!({ "input": input })).await.done("productCreate");
    assert_eq!(made["product"]["isGiftCard"], true);
    assert_eq!(made["product"]["variants"]["nodes"][0]["requiresShipping"], false, "its code comes by mail");
    let read = "query($id: ID!) { product(id: $id) { isGiftCard } }";
    let seen = till.shop.guest(read, json!({ "id": made["product"]["id"] })).await;
    assert_eq!(seen.at("/product/isGiftCard"), true);
    let update = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { product { isGiftCard } userErrors { code } } }";
    let input = json!({ "id": made["product"]["id"], "isGiftCard": false });
    let changed = till.shop.ask(&till.admin, update, json!({ "input": input })).await.done("productUpdate");
    assert_eq!(changed["product"]["isGiftCard"], false);
}

#[tokio::test]
async fn a_gift_card_is_bought_with_a_gift_card() {
    let till = Till::new().await;
    let made = voucher(&till).await;
    let card = till.card("25").await;
    let cart = till.shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
    till.shop.apply_gift_cards(&Caller::guest(), &cart, &[&card.code]).await;
    let order = till.shop.complete(&cart).with("payment", Value::Null).bought().await;
    assert_eq!((till.balance(&card.id).await, sold(&till).await.len()), ("0.0".to_owned(), 2));
    order.cancel(&till.shop, &order.caller).await.done("orderCancel");
    assert_eq!((till.balance(&card.id).await, till.untrue().await), ("25.0".to_owned(), 0));
}

#[tokio::test]
async fn a_card_that_was_spent_stays_spent_when_staff_deactivate_it() {
    let till = Till::new().await;
    let made = voucher(&till).await;
    let order = till.shop.order_of(&made, 2, "sandbox_ok").await;
    let cards = sold(&till).await;
    let deactivate = async |card: &Value| till.change("giftCardDeactivate", json!({ "id": card["id"] })).await;
    // One that nobody used: the code was lost, say.
    deactivate(&cards[0]).await;
    till.change("giftCardDebit", json!({ "id": cards[1]["id"], "amount": super::money("20", "USD") })).await;
    deactivate(&cards[1]).await;
    assert_eq!(order.cancel(&till.shop, &order.caller).await.refusals("orderCancel"), ["NOT_ALLOWED"]);
    assert_eq!(till.shop.taken().await, 5_000);

    let unused = till.shop.order_of(&made, 1, "sandbox_ok").await;
    let card = sold(&till).await.pop().expect("a card");
    deactivate(&card).await;
    unused.cancel(&till.shop, &unused.caller).await.done("orderCancel");
    till.shop.sweep().await;
    assert_eq!((till.shop.taken().await, till.untrue().await), (5_000, 0), "nothing of it was spent");
    assert_eq!(till.balance(card["id"].as_str().expect("an id")).await, "0.0");
}
