//! What refunds and edits give back to the cards that paid: after the gateway's money, never more than they paid, in no book
//! twice.

use serde_json::{Value, json};

use super::Till;
use crate::{
    refund::{units, usd},
    support::Caller,
};

/// What an order says of its money.
const MONEY: &str = "query($id: ID!) { order(id: $id) { financialStatus totals { due { amount } giftCards { amount } }
    giftCards { amount { amount } returnedAmount { amount } } invoices { kind } } }";

impl Till {
    async fn money_of(&self, order: &crate::make::checkout::Bought) -> Value {
        self.shop.ask(&order.caller, MONEY, json!({ "id": order.id })).await.at("/order")
    }
}

#[tokio::test]
async fn a_refund_gives_back_what_the_gateway_took_and_then_to_the_card() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 1_000, 9).await;
    let card = till.card("25").await;
    let cart = till.shop.cart_with(&Caller::guest(), &[(&pen, 4)]).await;
    till.shop.apply_gift_cards(&Caller::guest(), &cart, &[&card.code]).await;
    let order = till.shop.complete(&cart).bought().await;
    assert_eq!(till.shop.taken().await, 1_500);
    let line = order.line_ids(&till.shop).await.remove(0);
    let two = json!({ "lineItems": [units(&line, 2, "CANCEL")] });
    let made = order.refund(&till.shop, &till.admin, two).await.done("refundCreate");
    let given = (&made["refund"]["amount"]["amount"], &made["refund"]["giftCardAmount"]["amount"]);
    assert_eq!(given, (&json!("20.0"), &json!("5.0")), "15.00 by the gateway, the rest to the card");
    till.shop.sweep().await;
    assert_eq!((till.shop.taken().await, till.balance(&card.id).await), (0, "5.0".to_owned()));
    assert_eq!(made["order"]["financialStatus"], "PARTIALLY_REFUNDED");
    till.shop.books_are_right().await;

    let too_much = order.refund(&till.shop, &till.admin, json!({ "amount": usd("20.01") })).await;
    assert_eq!(too_much.refusals("refundCreate").len(), 1, "the card gave 20.00 more and no cent beyond");
    let rest = json!({ "lineItems": [units(&line, 2, "CANCEL")] });
    let made = order.refund(&till.shop, &till.admin, rest).await.done("refundCreate");
    assert_eq!(made["order"]["financialStatus"], "REFUNDED");
    assert_eq!((till.balance(&card.id).await, till.untrue().await), ("25.0".to_owned(), 0));
    assert_eq!(till.shop.stock_of(pen.variants[0]).await, (9, 0));
    till.shop.books_are_right().await;
}

#[tokio::test]
async fn refunds_at_once_give_a_card_back_no_more_than_it_paid() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 1_000, 9).await;
    let card = till.card("50").await;
    let cart = till.shop.cart_with(&Caller::guest(), &[(&pen, 4)]).await;
    till.shop.apply_gift_cards(&Caller::guest(), &cart, &[&card.code]).await;
    let order = till.shop.complete(&cart).with("payment", Value::Null).bought().await;
    assert_eq!(till.balance(&card.id).await, "10.0");
    let refund = || order.refund(&till.shop, &till.admin, json!({ "amount": usd("15") }));
    let answers = futures::future::join_all((0..10).map(|_| refund())).await;
    let done = answers.iter().filter(|answer| answer.at("/refundCreate/userErrors") == json!([])).count();
    assert_eq!(done, 2, "40.00 were paid");
    order.cancel(&till.shop, &till.admin).await.done("orderCancel");
    assert_eq!((till.balance(&card.id).await, till.untrue().await), ("50.0".to_owned(), 0));
    till.shop.books_are_right().await;
}

#[tokio::test]
async fn an_edit_that_makes_an_order_cheaper_gives_the_difference_back_to_the_card_with_a_credit_note() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 1_000, 9).await;
    let card = till.card("50").await;
    let cart = till.shop.cart_with(&Caller::guest(), &[(&pen, 4)]).await;
    till.shop.apply_gift_cards(&Caller::guest(), &cart, &[&card.code]).await;
    let order = till.shop.complete(&cart).with("payment", Value::Null).bought().await;
    let line = order.line(&till.shop, 0).await;
    let fewer = json!({ "lineItems": [{ "lineItemId": line, "quantity": 3 }] });
    let edited = order.edit(&till.shop, &till.admin, fewer).await.done("orderEdit")["order"].clone();
    assert_eq!((&edited["financialStatus"], &edited["balanceDue"]["amount"]), (&json!("PAID"), &json!("0.0")));
    assert_eq!((till.balance(&card.id).await, till.untrue().await), ("20.0".to_owned(), 0));
    let read = till.money_of(&order).await;
    assert_eq!(read["totals"], json!({ "due": { "amount": "0.0" }, "giftCards": { "amount": "30.0" } }));
    let kinds: Vec<&Value> = read["invoices"].as_array().expect("a list").iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["INVOICE", "CREDIT_NOTE"]);
    till.shop.books_are_right().await;

    order.cancel(&till.shop, &till.admin).await.done("orderCancel");
    assert_eq!((till.balance(&card.id).await, till.untrue().await), ("50.0".to_owned(), 0));
    till.shop.books_are_right().await;
}

#[tokio::test]
async fn what_an_edit_adds_to_an_order_that_a_card_paid_is_a_balance_that_its_shopper_pays() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 1_000, 9).await;
    let card = till.card("20").await;
    let cart = till.shop.cart_with(&Caller::guest(), &[(&pen, 2)]).await;
    till.shop.apply_gift_cards(&Caller::guest(), &cart, &[&card.code]).await;
    let order = till.shop.complete(&cart).with("payment", Value::Null).bought().await;
    let line = order.line(&till.shop, 0).await;
    let more = json!({ "lineItems": [{ "lineItemId": line, "quantity": 3 }] });
    let edited = order.edit(&till.shop, &till.admin, more).await.done("orderEdit")["order"].clone();
    let money = (&edited["financialStatus"], &edited["balanceDue"]["amount"]);
    assert_eq!(money, (&json!("PARTIALLY_PAID"), &json!("10.0")));
    till.shop.books_are_right().await;
    order.retry(&till.shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    till.shop.sweep().await;
    assert_eq!(
        (till.shop.taken().await, order.axes(&till.shop).await),
        (1_000, "PROCESSING PAID UNFULFILLED".to_owned())
    );
    till.shop.books_are_right().await;
}
