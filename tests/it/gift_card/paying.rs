//! Orders paid with gift cards: taken with the order, given back once when it comes to nothing, never overdrawn.

use serde_json::{Value, json};

use super::{Issued, Till, money};
use crate::{
    make::{
        cart::ADD as LINES_ADD,
        catalog::Made,
        checkout::{Bought, Completing},
    },
    support::Caller,
};

/// What an order says of the cards that paid it.
const PAID: &str = "query($id: ID!) { order(id: $id) { status financialStatus
    totals { total { amount } giftCards { amount } due { amount } }
    giftCards { lastCharacters amount { amount } returnedAmount { amount } }
    payments { status capturedAmount { amount } refundedAmount { amount } } invoices { kind } timeline { type } } }";

/// A guest's cart with units of a product and these cards.
async fn cart_with(till: &Till, made: &Made, units: i64, cards: &[&Issued]) -> String {
    let cart = till.shop.cart_with(&Caller::guest(), &[(made, units)]).await;
    apply(till, &cart, cards).await;
    cart
}

async fn apply(till: &Till, cart: &str, cards: &[&Issued]) {
    let codes: Vec<&str> = cards.iter().map(|card| card.code.as_str()).collect();
    till.shop.apply_gift_cards(&Caller::guest(), cart, &codes).await;
}

/// A completion without a payment: nothing is left to pay.
fn covered<'a>(till: &'a Till, cart: &str) -> Completing<'a> {
    till.shop.complete(cart).with("payment", Value::Null)
}

async fn paid(till: &Till, order: &Bought) -> Value {
    till.shop.ask(&order.caller, PAID, json!({ "id": order.id })).await.at("/order")
}

fn cards(order: &Value) -> Vec<String> {
    let text = |value: &Value| value["amount"].as_str().expect("an amount").to_owned();
    let line = |card: &Value| format!("{} back {}", text(&card["amount"]), text(&card["returnedAmount"]));
    order["giftCards"].as_array().expect("a list").iter().map(line).collect()
}

#[tokio::test]
async fn an_order_that_cards_cover_is_placed_at_once_and_the_rest_stays_on_the_card() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 5_000, 9).await;
    let (first, second) = (till.card("20").await, till.card("45").await);
    let cart = cart_with(&till, &pen, 1, &[&first, &second]).await;
    let order = covered(&till, &cart).bought().await;
    assert!(order.payment.is_null());
    let read = paid(&till, &order).await;
    assert_eq!((&read["status"], &read["financialStatus"]), (&json!("PROCESSING"), &json!("PAID")));
    assert_eq!(
        read["totals"],
        json!({ "total": { "amount": "50.0" }, "giftCards": { "amount": "50.0" }, "due": { "amount": "0.0" } })
    );
    assert_eq!(cards(&read), ["20.0 back 0.0", "30.0 back 0.0"]);
    assert_eq!(read["invoices"], json!([{ "kind": "INVOICE" }]));
    assert_eq!(till.ledger(&first.id).await, ["ISSUED 20.0", "USED -20.0"]);
    assert_eq!((till.balance(&second.id).await, till.untrue().await), ("15.0".to_owned(), 0));
    assert_eq!(till.shop.cart_status(&cart).await, Value::Null);
    let entry = &till.read(&first.id).await["transactions"]["nodes"][0];
    assert_eq!(entry["order"]["id"], order.id.as_str());
}

#[tokio::test]
async fn what_cards_do_not_cover_is_charged_and_no_more() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 5_000, 9).await;
    let card = till.card("20").await;
    let cart = cart_with(&till, &pen, 1, &[&card]).await;
    let answer = covered(&till, &cart).send().await;
    assert_eq!(answer.refusals("checkoutComplete"), ["PAYMENT_INPUT_INVALID"]);
    let order = till.shop.complete(&cart).bought().await;
    let read = paid(&till, &order).await;
    assert_eq!(read["totals"]["due"]["amount"], "30.0");
    assert_eq!((till.shop.taken().await, till.balance(&card.id).await), (3_000, "0.0".to_owned()));
    assert_eq!(read["financialStatus"], "PAID");
}

#[tokio::test]
async fn a_client_hears_that_less_is_paid_by_cards_than_it_showed() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 5_000, 9).await;
    let card = till.card("20").await;
    let cart = cart_with(&till, &pen, 1, &[&card]).await;
    till.change("giftCardDebit", json!({ "id": card.id, "amount": money("5", "USD") })).await;
    let saw = |due: &str| {
        till.shop.complete(&cart).with("expectedDue", money(due, "USD")).with("expectedTotal", money("50", "USD"))
    };
    let answer = saw("30").send().await;
    assert_eq!(answer.refusals("checkoutComplete"), ["TOTAL_CHANGED"]);
    assert_eq!(answer.at("/checkoutComplete/userErrors/0/field"), json!(["input", "expectedDue"]));
    assert_eq!(answer.at("/checkoutComplete/cart/id"), cart.as_str());
    assert_eq!(till.ledger(&card.id).await, ["ISSUED 20.0", "DEBITED -5.0"]);
    let order = saw("35").bought().await;
    assert_eq!(cards(&paid(&till, &order).await), ["15.0 back 0.0"]);
}

#[tokio::test]
async fn a_pending_order_has_its_cards_and_an_edit_or_the_end_of_its_time_gives_them_back_once() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 5_000, 99).await;
    let card = till.card("20").await;
    let cart = cart_with(&till, &pen, 1, &[&card]).await;
    let pending = till.shop.complete(&cart).token("sandbox_challenge").bought().await;
    assert_eq!(till.balance(&card.id).await, "0.0");
    let applied = "query($id: ID!) { cart(id: $id) { cost { checkoutChargeAmount { amount } }
        appliedGiftCards { amountUsed { amount } balance { amount } } } }";
    let seen = till.shop.guest(applied, json!({ "id": cart })).await.at("/cart");
    assert_eq!(seen["cost"]["checkoutChargeAmount"]["amount"], "30.0", "what its order took is still the cart's");
    assert_eq!(
        seen["appliedGiftCards"],
        json!([{ "amountUsed": { "amount": "20.0" }, "balance": { "amount": "20.0" } }])
    );

    let more = json!({ "cartId": cart, "lines": [{ "merchandiseId": pen.variant_gid(0), "quantity": 1 }] });
    till.shop.change(LINES_ADD, more).await;
    assert_eq!(pending.axes(&till.shop).await, "CANCELED VOIDED UNFULFILLED");
    assert_eq!(till.ledger(&card.id).await, ["ISSUED 20.0", "USED -20.0", "GIVEN_BACK 20.0"]);
    assert_eq!(cards(&paid(&till, &pending).await), ["20.0 back 20.0"]);

    let again = till.shop.complete(&cart).token("sandbox_challenge").bought().await;
    assert_eq!(till.balance(&card.id).await, "0.0");
    till.shop.pass(1_000);
    till.shop.sweep().await;
    till.shop.sweep().await;
    assert_eq!(again.axes(&till.shop).await, "CANCELED EXPIRED UNFULFILLED");
    assert_eq!((till.balance(&card.id).await, till.untrue().await), ("20.0".to_owned(), 0));
    let kinds =
        ["gift_card.issued", "gift_card.used", "gift_card.given_back", "gift_card.used", "gift_card.given_back"];
    assert_eq!(till.facts().await, kinds);
}

#[tokio::test]
async fn money_that_comes_late_takes_the_card_again_or_goes_back_when_the_card_is_spent() {
    for spent in [false, true] {
        let till = Till::new().await;
        let pen = till.shop.stocked("Pen", 5_000, 99).await;
        let card = till.card("20").await;
        let cart = cart_with(&till, &pen, 1, &[&card]).await;
        let late = till.shop.complete(&cart).token("sandbox_challenge").bought().await;
        let reference = till.shop.book().await.last().expect("a payment").reference.clone();
        till.shop.pass(1_000);
        assert_eq!(cartwright::domain::checkout::expire_overdue(&till.shop.app.checkout()).await.expect("expiry"), 1);
        assert_eq!(till.balance(&card.id).await, "20.0");
        if spent {
            let other = till.shop.cart_with(&Caller::guest(), &[(&pen, 1)]).await;
            apply(&till, &other, &[&card]).await;
            till.shop.complete(&other).bought().await;
        }
        till.shop.app.sandbox.answer_challenge(&reference, true).await.expect("answered");
        till.shop.sweep().await;
        let axes = late.axes(&till.shop).await;
        let other = if spent { 3_000 } else { 0 };
        if spent {
            assert_eq!(axes, "CANCELED EXPIRED UNFULFILLED");
            assert_eq!(till.shop.taken().await, other, "the late money went back");
        } else {
            assert_eq!(axes, "PROCESSING PAID UNFULFILLED");
            assert_eq!(till.ledger(&card.id).await, ["ISSUED 20.0", "USED -20.0", "GIVEN_BACK 20.0", "USED -20.0"]);
            assert_eq!(cards(&paid(&till, &late).await), ["20.0 back 0.0"]);
        }
        assert_eq!((till.balance(&card.id).await, till.untrue().await), ("0.0".to_owned(), 0));
    }
}

#[tokio::test]
async fn a_cancellation_gives_back_to_cards_and_gateway_once_however_often_it_is_asked_for() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 5_000, 9).await;
    let (card, whole) = (till.card("20").await, till.card("50").await);
    let cart = cart_with(&till, &pen, 1, &[&card]).await;
    let order = till.shop.complete(&cart).bought().await;
    let cancel = || order.cancel(&till.shop, &till.admin);
    let answers = futures::future::join_all((0..5).map(|_| cancel())).await;
    answers.iter().for_each(|answer| drop(answer.done("orderCancel")));
    till.shop.sweep().await;
    assert_eq!((till.shop.taken().await, till.balance(&card.id).await), (0, "20.0".to_owned()));
    assert_eq!(till.ledger(&card.id).await, ["ISSUED 20.0", "USED -20.0", "GIVEN_BACK 20.0"]);
    let read = paid(&till, &order).await;
    assert_eq!((&read["status"], &read["financialStatus"]), (&json!("CANCELED"), &json!("REFUNDED")));
    assert_eq!(cards(&read), ["20.0 back 20.0"]);
    let kinds = json!([{ "kind": "INVOICE" }, { "kind": "CREDIT_NOTE" }]);
    assert_eq!(read["invoices"], kinds);

    let cart = cart_with(&till, &pen, 1, &[&whole]).await;
    let order = covered(&till, &cart).bought().await;
    order.cancel(&till.shop, &order.caller).await.done("orderCancel");
    order.cancel(&till.shop, &till.admin).await.done("orderCancel");
    let read = paid(&till, &order).await;
    assert_eq!((&read["status"], &read["financialStatus"]), (&json!("CANCELED"), &json!("REFUNDED")));
    assert_eq!(read["invoices"], json!([{ "kind": "INVOICE" }, { "kind": "CREDIT_NOTE" }]));
    assert_eq!((till.balance(&whole.id).await, till.untrue().await), ("50.0".to_owned(), 0));
}

#[tokio::test]
async fn fifty_orders_at_once_never_overdraw_a_card() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 1_000, 500).await;
    let card = till.card("200").await;
    let mut carts = Vec::new();
    for _ in 0..50 {
        carts.push(cart_with(&till, &pen, 1, &[&card]).await);
    }
    let completions: Vec<_> = carts.iter().map(|cart| covered(&till, cart)).collect();
    let answers = futures::future::join_all(completions.iter().map(Completing::send)).await;
    let placed = answers.iter().filter(|answer| answer.body["data"]["checkoutComplete"]["order"].is_object()).count();
    for answer in &answers {
        for code in answer.refusals("checkoutComplete") {
            assert!(["TOTAL_CHANGED", "PAYMENT_INPUT_INVALID"].contains(&code.as_str()), "{code}");
        }
    }
    // Those that lost a race for the card may ask again; nothing that was refused took anything.
    let used = till.ledger(&card.id).await.iter().filter(|entry| entry.starts_with("USED")).count();
    assert_eq!((placed, placed <= 20), (used, true));
    let mut placed = placed;
    for completion in &completions {
        let before = till.balance(&card.id).await;
        if before == "0.0" {
            break;
        }
        let answer = completion.send().await;
        let again = !answer.body["data"]["checkoutComplete"]["order"].is_null();
        placed += usize::from(again && till.balance(&card.id).await != before);
    }
    assert_eq!((placed, till.balance(&card.id).await, till.untrue().await), (20, "0.0".to_owned(), 0));
    let sold: Vec<_> = till.rows("SELECT id FROM orders WHERE status = 'PROCESSING'").await;
    assert_eq!(sold.len(), 20);
}

#[tokio::test]
async fn cards_that_two_orders_name_in_opposite_order_do_not_block_each_other() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 1_000, 500).await;
    let (first, second) = (till.card("100").await, till.card("100").await);
    let mut carts = Vec::new();
    for round in 0..10 {
        let pair = if round % 2 == 0 { [&first, &second] } else { [&second, &first] };
        carts.push(cart_with(&till, &pen, 12, &pair).await);
    }
    // Every order wants 120 of 200: at most one of those that run at once can be covered.
    let completions: Vec<_> = carts.iter().map(|cart| covered(&till, cart)).collect();
    let answers = futures::future::join_all(completions.iter().map(Completing::send)).await;
    let placed = answers.iter().filter(|answer| answer.body["data"]["checkoutComplete"]["order"].is_object()).count();
    assert!(answers.iter().all(|answer| answer.body.get("errors").is_none()), "nobody waits in a circle");
    assert_eq!((placed, till.untrue().await), (1, 0));
}
