//! What mails say of money: what an order was paid with, where it goes back to, what is still to be paid.

use serde_json::json;

use super::{delivered, kinds, send};
use crate::{
    make::checkout::Bought,
    support::{Caller, TestShop},
};

/// The last characters of a gift card's code.
fn last(code: &str) -> String {
    let letters: Vec<char> = code.chars().filter(|letter| letter.is_alphanumeric()).collect();
    letters[letters.len() - 4..].iter().collect()
}

/// A guest's order of some pens of 10.00 and a card of 20.00 with its last characters; the bank paid the rest.
async fn order_by_both(shop: &TestShop, staff: &Caller, units: i64) -> (Bought, String) {
    let pen = shop.stocked("Pen", 1_000, 20).await;
    let code = shop.gift_card(staff, "20").await;
    let cart = shop.cart_with(&Caller::guest(), &[(&pen, units)]).await;
    shop.apply_gift_cards(&Caller::guest(), &cart, &[&code]).await;
    (shop.complete(&cart).bought().await, last(&code))
}

/// The text, its lines joined, and the page of the mail whose subject has this in it.
fn told(shop: &TestShop, subject: &str) -> [String; 2] {
    let found = delivered(shop).into_iter().find(|letter| letter.subject().contains(subject));
    let letter = found.unwrap_or_else(|| panic!("no mail {subject}"));
    [letter.text.split_whitespace().collect::<Vec<_>>().join(" "), letter.html.replace("&#x2f;", "/")]
}

#[tokio::test]
async fn a_confirmation_and_the_invoice_say_what_gift_cards_paid_and_what_was_paid_otherwise() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let (_, last) = order_by_both(&shop, &staff, 5).await;
    send(&shop).await;
    for part in told(&shop, "Your order") {
        assert!(part.contains(&format!("Gift card •••• {last}")), "{part}");
        assert!(part.contains("20.00 USD") && part.contains("30.00 USD"), "{part}");
    }
    use sea_orm::EntityTrait;
    let rows = entity::invoice::invoice::Entity::find().all(shop.app.database.reader()).await.expect("documents");
    let page = cartwright::domain::invoice::html(&rows[0]).expect("a page");
    for part in [format!("Gift card •••• {last}"), "Payment of".to_owned(), "30.00 USD".to_owned()] {
        assert!(page.contains(&part), "{part} in {page}");
    }
}

#[tokio::test]
async fn a_refund_says_what_goes_to_gift_cards_and_what_to_the_bank() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let (order, last) = order_by_both(&shop, &staff, 5).await;
    let usd = |amount: &str| json!({ "amount": { "amount": amount, "currencyCode": "USD" } });
    for amount in ["15", "25", "10"] {
        order.refund(&shop, &staff, usd(amount)).await.done("refundCreate");
        shop.sweep().await;
    }
    send(&shop).await;
    let card = |amount: &str| format!("Gift card •••• {last}: {amount} USD");
    let [bank, _] = told(&shop, "15.00 USD");
    assert!(bank.contains("the way you paid. Your bank may take") && !bank.contains("gift card"), "{bank}");
    let [both, page] = told(&shop, "25.00 USD");
    assert!(both.contains("10.00 USD of it is back on the gift cards") && both.contains(&card("10.00")), "{both}");
    assert!(both.contains("We sent the other 15.00 USD the way you paid it."), "{both}");
    assert!(page.contains("the other <strong>15.00 USD</strong>") && page.contains(&last), "{page}");
    let [cards, _] = told(&shop, "10.00 USD of your order");
    assert!(
        cards.contains(&card("10.00")) && !cards.contains("bank") && !cards.contains("the way you paid"),
        "{cards}"
    );
    assert!([bank, both, cards].iter().all(|text| text.contains("Your credit note CN-")));
}

#[tokio::test]
async fn edits_and_cancellations_say_what_goes_to_gift_cards_and_what_to_the_bank() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let (order, last) = order_by_both(&shop, &staff, 5).await;
    let line = order.line(&shop, 0).await;
    let units = |quantity: i64| json!({ "lineItems": [{ "lineItemId": line, "quantity": quantity }] });
    order.edit(&shop, &staff, units(1)).await.done("orderEdit");
    send(&shop).await;
    let [text, _] = told(&shop, "was changed");
    assert!(text.contains("30.00 USD goes back to you, the way you paid."), "{text}");
    assert!(text.contains(&format!("Gift card •••• {last}: 10.00 USD")) && text.contains("credit note CN-1"), "{text}");
    order.cancel(&shop, &staff).await.done("orderCancel");
    shop.sweep().await;
    send(&shop).await;
    let [text, page] = told(&shop, "was canceled");
    assert!(text.contains(&format!("Gift card •••• {last}: 10.00 USD")) && text.contains("credit note CN-2"), "{text}");
    for part in [text, page] {
        assert!(!part.contains("We write again"), "the bank has everything back already: {part}");
    }
}

#[tokio::test]
async fn canceling_an_order_whose_money_is_back_promises_no_money() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let order = shop.order_of(&pen, 2, "sandbox_ok").await;
    let all = json!({ "amount": { "amount": "5", "currencyCode": "USD" } });
    order.refund(&shop, &staff, all).await.done("refundCreate");
    shop.sweep().await;
    order.cancel(&shop, &staff).await.done("orderCancel");
    shop.sweep().await;
    send(&shop).await;
    for part in told(&shop, "was canceled") {
        assert!(!part.contains("goes back") && !part.contains("We write again"), "{part}");
    }
    assert_eq!(kinds(&shop).await, ["CANCELLATION", "ORDER_CONFIRMATION", "REFUND"]);
}

#[tokio::test]
async fn whose_hold_was_taken_in_part_is_told_once_that_the_rest_is_to_be_paid() {
    let shop = TestShop::still_with(&[("CARTWRIGHT_ORDER_URL", "https://shop.example/orders/{number}")]).await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let held = async || {
        let cart = shop.cart_with(&Caller::guest(), &[(&pen, 2)]).await;
        shop.complete(&cart).hold().bought().await
    };
    let order = held().await;
    send(&shop).await;
    assert!(told(&shop, "Your order")[0].contains("Held for us, not taken yet: 5.00 USD"));
    for _ in 0..2 {
        order.capture_part(&shop, &staff, "3").await.done("orderCapture");
    }
    send(&shop).await;
    for part in told(&shop, "2.00 USD of your order") {
        assert!(part.contains("3.00 USD") && part.contains("still to be paid"), "{part}");
        assert!(part.contains("https://shop.example/orders/"), "{part}");
    }
    assert_eq!(kinds(&shop).await, ["BALANCE_DUE", "ORDER_CONFIRMATION"]);
    // Who paid the rest before the mail was sent gets none, and a capture of all that is held gives none.
    let (paid, whole) = (held().await, held().await);
    paid.capture_part(&shop, &staff, "3").await.done("orderCapture");
    paid.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    whole.capture(&shop, &staff).await.done("orderCapture");
    send(&shop).await;
    let sent = delivered(&shop).into_iter().filter(|letter| letter.subject().contains("still to be paid")).count();
    assert_eq!((sent, shop.taken().await), (1, 1_300));
}

#[tokio::test]
async fn the_amounts_of_a_mails_lines_add_up_to_its_subtotal() {
    let shop = TestShop::still().await;
    let (staff, lamp) = (shop.admin().await, shop.stocked("Lamp", 13_800, 9).await);
    let part = shop.stocked("Part", 1_600, 9).await;
    let create = "mutation($input: DiscountAutomaticCreateInput!) { discountAutomaticCreate(input: $input) { \
                  userErrors { message } } }";
    let tenth = json!({ "title": "Tenth", "effect": { "order": { "percentage": "10" } } });
    shop.ask(&staff, create, json!({ "input": tenth })).await.done("discountAutomaticCreate");
    let cart = shop.cart_with(&Caller::guest(), &[(&lamp, 1), (&part, 2)]).await;
    shop.complete(&cart).bought().await;
    send(&shop).await;
    let [text, page] = told(&shop, "Your order");
    for part in [
        "138.00 USD each, 138.00 USD (discount -13.80 USD)",
        "16.00 USD each, 32.00 USD (discount -3.20 USD)",
        "Subtotal: 170.00 USD",
        "Discount: -17.00 USD",
        "Total: 153.00 USD",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    for part in [">138.00 USD</td>", ">32.00 USD</td>", "Discount -13.80 USD"] {
        assert!(page.contains(part), "{part} in {page}");
    }
}
