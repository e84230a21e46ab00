//! When a document is issued, and what stands in it.

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{documents, numbers, printed, rows};
use crate::support::{Caller, Process, TestShop};

#[tokio::test]
async fn a_paid_order_has_one_invoice_that_says_what_was_bought_from_whom_and_by_whom() {
    let settings = [
        ("CARTWRIGHT_SELLER_ADDRESS", "Main Street 1 | 10115 Berlin"),
        ("CARTWRIGHT_SELLER_TAX_NUMBER", "VAT DE123456789"),
        ("CARTWRIGHT_INVOICE_PREFIX", "2026/"),
    ];
    let shop = TestShop::still_with(&settings).await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_duplicate").await;
    process.deliver().await;
    shop.sweep().await;
    assert_eq!(numbers(&shop, &order).await, ["2026/1"]);
    let document = printed(&rows(&shop).await[0]);
    assert_eq!(document.seller.lines, ["My shop", "Main Street 1", "10115 Berlin"]);
    assert_eq!(document.seller.tax_number.as_deref(), Some("VAT DE123456789"));
    assert_eq!(document.buyer.lines, ["Jane Doe", "1 Main Street", "Springfield 12345", "United States"]);
    let line = &document.lines[0];
    assert_eq!((&*line.title, line.quantity, &*line.unit_price, &*line.total), ("Pen", 2, "2.50 USD", "5.00 USD"));
    let rows: Vec<(&str, &str)> = document.rows.iter().map(|row| (&*row.key, &*row.amount)).collect();
    assert_eq!(rows, [("subtotal", "5.00 USD"), ("total", "5.00 USD")]);
    assert_eq!((document.total_minor, document.corrects), (500, Vec::new()));
}

#[tokio::test]
async fn an_order_that_is_not_paid_has_none_and_held_money_only_once_it_is_taken() {
    let shop = TestShop::still().await;
    let (admin, made) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let declined = shop.order_of(&made, 1, "sandbox_declined").await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
    let held = shop.complete(&cart).hold().bought().await;
    let given_up = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
    let given_up = shop.complete(&given_up).hold().bought().await;
    given_up.cancel(&shop, &admin).await.done("orderCancel");
    shop.sweep().await;
    for order in [&declined, &held, &given_up] {
        assert_eq!(numbers(&shop, order).await, Vec::<String>::new());
    }
    for _ in 0..2 {
        held.capture(&shop, &admin).await.done("orderCapture");
    }
    assert_eq!(numbers(&shop, &held).await, ["INV-1"]);
}

#[tokio::test]
async fn money_that_goes_back_gives_a_credit_note_for_its_invoice_once() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    for _ in 0..2 {
        order.cancel(&shop, &order.caller).await.done("orderCancel");
        shop.sweep().await;
    }
    let kinds: Vec<_> = documents(&shop, &order.caller, &order).await.iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(kinds, ["INVOICE", "CREDIT_NOTE"]);
    assert_eq!(numbers(&shop, &order).await, ["INV-1", "CN-1"]);
    let rows = rows(&shop).await;
    let note = printed(rows.iter().find(|row| row.number == "CN-1").expect("the note"));
    let invoice = printed(rows.iter().find(|row| row.number == "INV-1").expect("the invoice"));
    assert_eq!(note.corrects, [(invoice.number, invoice.date)]);
    assert_eq!((note.total_minor, &note.lines, &note.rows), (500, &invoice.lines, &invoice.rows));
}

#[tokio::test]
async fn money_that_never_placed_its_order_goes_back_without_a_document() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    let reference = shop.book().await[0].reference.clone();
    order.retry(&shop, "sandbox_challenge", json!({})).await.done("paymentRetry");
    shop.app.sandbox.answer_challenge(&reference, true).await.expect("answered");
    process.deliver().await;
    shop.sweep().await;
    assert_eq!((shop.refunds().await, rows(&shop).await.len()), (1, 0));
}

#[tokio::test]
async fn what_changes_later_changes_no_document() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&made, 1, "sandbox_ok").await;
    let before = rows(&shop).await;
    let db = shop.app.database.reader();
    for change in [
        "UPDATE shop SET name = 'Other'",
        "UPDATE order_line SET title = 'Other'",
        "UPDATE orders SET email = 'x@y.zz'",
    ] {
        db.execute_unprepared(change).await.expect("changed");
    }
    let page = cartwright::domain::invoice::html(&before[0]).expect("a page");
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    shop.sweep().await;
    let after = rows(&shop).await.into_iter().find(|row| row.number == "INV-1").expect("the invoice");
    assert_eq!(after, before[0]);
    assert_eq!(cartwright::domain::invoice::html(&after).expect("a page"), page);
}

#[tokio::test]
async fn a_list_of_orders_reads_all_documents_with_one_statement() {
    let shop = TestShop::still().await;
    let (admin, made) = (shop.admin().await, shop.stocked("Pen", 250, 50).await);
    let mut costs = Vec::new();
    for _ in 0..2 {
        for _ in 0..3 {
            shop.order_of(&made, 1, "sandbox_ok").await;
        }
        let document = "{ orders(first: 50) { nodes { invoices { number url } } } }";
        let (answer, count) = shop.statements(shop.ask(&admin, document, json!({}))).await;
        assert!(answer.at("/orders/nodes").as_array().is_some_and(|orders| orders.len() >= 3));
        costs.push(count);
    }
    assert_eq!(costs[0], costs[1]);
}
