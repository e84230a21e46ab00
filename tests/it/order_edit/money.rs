//! What an edit costs, and where its money and stock go.

use serde_json::{Value, json};

use crate::support::{Caller, Process, TestShop};

#[tokio::test]
async fn fewer_units_give_their_money_and_stock_back_and_the_order_stays_paid() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let order = shop.order_of(&pen, 3, "sandbox_ok").await;
    let line = order.line(&shop, 0).await;
    let changes = json!({ "lineItems": [{ "lineItemId": line, "quantity": 1 }] });

    let preview = order.edit_preview(&shop, &staff, changes.clone()).await.at("/orderEditPreview/preview");
    assert_eq!(preview["totals"]["total"]["amount"], "2.5");
    assert_eq!(preview["totalChange"]["amount"], "-5.0");
    assert_eq!(preview["lineItems"][0]["quantity"], 1);
    assert_eq!(shop.taken().await, 750, "a preview changes nothing");

    let edited = order.edit(&shop, &staff, changes).await.done("orderEdit")["order"].clone();
    assert_eq!(edited["financialStatus"], "PAID");
    assert_eq!(edited["totals"]["total"]["amount"], "2.5");
    assert_eq!(edited["balanceDue"]["amount"], "0.0");
    assert_eq!(edited["lineItems"]["nodes"][0]["quantity"], 1);
    shop.sweep().await;
    assert_eq!((shop.taken().await, shop.refunds().await), (250, 1));
    assert_eq!(shop.stock_of(pen.variants[0]).await, (4, 0));
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(order.timeline(&shop).await, ["ORDER_CREATED", "ORDER_PAID", "ORDER_EDITED", "ORDER_REFUNDED"]);
    shop.books_are_right().await;

    order.cancel(&shop, &staff).await.done("orderCancel");
    shop.sweep().await;
    assert_eq!((shop.taken().await, shop.stock_of(pen.variants[0]).await), (0, (5, 0)));
    assert_eq!(order.axes(&shop).await, "CANCELED REFUNDED UNFULFILLED");
    shop.books_are_right().await;
}

#[tokio::test]
async fn what_is_added_takes_stock_at_once_and_its_shopper_pays_the_rest() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let ink = shop.stocked("Ink", 400, 2).await;
    let order = shop.order_of(&pen, 1, "sandbox_ok").await;
    let added = json!({ "addedItems": [{ "merchandiseId": ink.variant_gid(0), "quantity": 2 }] });
    let edited = order.edit(&shop, &staff, added).await.done("orderEdit")["order"].clone();
    assert_eq!((&edited["financialStatus"], &edited["status"]), (&json!("PARTIALLY_PAID"), &json!("PROCESSING")));
    assert_eq!(edited["balanceDue"]["amount"], "8.0");
    assert_eq!(edited["lineItems"]["nodes"][1]["title"], "Ink");
    assert_eq!(edited["lineItems"]["nodes"][1]["status"], "EXECUTED");
    assert_eq!(shop.stock_of(ink.variants[0]).await, (0, 0));
    assert_eq!(shop.taken().await, 250, "nothing is taken without its shopper");
    assert_eq!(
        order.ship(&shop, &staff, Value::Null).await.refusals("fulfillmentCreate"),
        ["NOT_ALLOWED"],
        "goods go when they are paid"
    );
    shop.books_are_right().await;

    assert_eq!(order.retry(&shop, "sandbox_declined", json!({})).await.refusals("paymentRetry"), ["PAYMENT_DECLINED"]);
    assert_eq!(order.axes(&shop).await, "PROCESSING PARTIALLY_PAID UNFULFILLED");
    order.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(shop.taken().await, 1050);
    assert_eq!(order.retry(&shop, "sandbox_ok", json!({})).await.refusals("paymentRetry"), ["ORDER_NOT_PAYABLE"]);
    shop.books_are_right().await;

    order.cancel(&shop, &staff).await.done("orderCancel");
    shop.sweep().await;
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 2), "both payments went back");
    assert_eq!((shop.stock_of(pen.variants[0]).await, shop.stock_of(ink.variants[0]).await), ((5, 0), (2, 0)));
    assert_eq!(order.axes(&shop).await, "CANCELED REFUNDED UNFULFILLED");
    shop.books_are_right().await;
}

#[tokio::test]
async fn money_that_comes_for_a_balance_that_is_not_owed_any_more_goes_back() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let process = Process::of(&shop).await;
    let order = shop.order_of(&pen, 1, "sandbox_ok").await;
    let line = order.line(&shop, 0).await;
    let units = |quantity: i64| json!({ "lineItems": [{ "lineItemId": line, "quantity": quantity }] });
    order.edit(&shop, &staff, units(3)).await.done("orderEdit");
    order.retry(&shop, "sandbox_late", json!({})).await.done("paymentRetry");
    order.edit(&shop, &staff, units(1)).await.done("orderEdit");
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    shop.pass(10);
    process.deliver().await;
    shop.pass(120);
    shop.sweep().await;
    assert_eq!(shop.taken().await, 250);
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(shop.stock_of(pen.variants[0]).await, (8, 0));
    shop.books_are_right().await;
}

#[tokio::test]
async fn of_held_money_only_what_is_still_owed_is_taken() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let cart = shop.cart_with(&Caller::guest(), &[(&pen, 3)]).await;
    let order = shop.complete(&cart).hold().bought().await;
    let line = order.line(&shop, 0).await;
    let units = |quantity: i64| json!({ "lineItems": [{ "lineItemId": line, "quantity": quantity }] });
    assert_eq!(order.edit(&shop, &staff, units(4)).await.refusals("orderEdit"), ["CAPTURE_FIRST"]);
    let edited = order.edit(&shop, &staff, units(2)).await.done("orderEdit")["order"].clone();
    assert_eq!(edited["financialStatus"], "AUTHORIZED");
    shop.books_are_right().await;
    order.capture(&shop, &staff).await.done("orderCapture");
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(shop.taken().await, 500);
    shop.books_are_right().await;
}

#[tokio::test]
async fn an_edit_that_costs_the_same_moves_no_money() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let pencil = shop.stocked("Pencil", 250, 5).await;
    let order = shop.order_of(&pen, 1, "sandbox_ok").await;
    let line = order.line(&shop, 0).await;
    let swap = json!({ "lineItems": [{ "lineItemId": line, "quantity": 0 }],
        "addedItems": [{ "merchandiseId": pencil.variant_gid(0), "quantity": 1 }] });
    let edited = order.edit(&shop, &staff, swap).await.done("orderEdit")["order"].clone();
    let titles: Vec<&str> = edited["lineItems"]["nodes"]
        .as_array()
        .expect("lines")
        .iter()
        .filter_map(|line| line["title"].as_str())
        .collect();
    assert_eq!(titles, ["Pencil"]);
    shop.sweep().await;
    assert_eq!((shop.taken().await, shop.refunds().await), (250, 0));
    assert_eq!((shop.stock_of(pen.variants[0]).await, shop.stock_of(pencil.variants[0]).await), ((5, 0), (4, 0)));
    shop.books_are_right().await;
}

#[tokio::test]
async fn what_was_taken_beyond_what_an_edited_order_costs_goes_back() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let process = Process::of(&shop).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&pen, 3)]).await;
    let order = shop.complete(&cart).hold().bought().await;
    let line = order.line(&shop, 0).await;
    // All of the hold is taken, as by a capture that was under way while the order was edited, or by hand.
    let fewer = json!({ "lineItems": [{ "lineItemId": line, "quantity": 2 }] });
    order.edit(&shop, &staff, fewer).await.done("orderEdit");
    let held = shop.book().await[0].clone();
    let whole = entity::money::Money::new(750, held.currency);
    let gateway = shop.app.gateways.get("sandbox").expect("the sandbox");
    gateway.capture(&held.reference, whole, "whole").await.expect("captured");
    process.deliver().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    shop.sweep().await;
    assert_eq!((shop.taken().await, shop.refunds().await), (500, 1));
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    shop.books_are_right().await;
    order.cancel(&shop, &staff).await.done("orderCancel");
    shop.sweep().await;
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 2));
    assert_eq!(order.axes(&shop).await, "CANCELED REFUNDED UNFULFILLED");
    shop.books_are_right().await;
}

#[tokio::test]
async fn a_part_of_held_money_is_taken_and_its_shopper_pays_the_rest() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let held = async || {
        let cart = shop.cart_with(&Caller::guest(), &[(&pen, 2)]).await;
        shop.complete(&cart).hold().bought().await
    };
    let order = held().await;
    for amount in ["0", "5.01", "-1"] {
        let refused = order.capture_part(&shop, &staff, amount).await;
        assert_eq!(refused.refusals("orderCapture"), ["AMOUNT_INVALID"], "{amount}");
    }
    assert_eq!(shop.taken().await, 0);
    // The same again is the same capture; the hold is gone then.
    for _ in 0..2 {
        order.capture_part(&shop, &staff, "3").await.done("orderCapture");
    }
    assert_eq!(order.capture_part(&shop, &staff, "1").await.refusals("orderCapture"), ["NOT_ALLOWED"]);
    assert_eq!(
        (shop.taken().await, order.axes(&shop).await),
        (300, "PROCESSING PARTIALLY_PAID UNFULFILLED".to_owned())
    );
    shop.books_are_right().await;
    let line = order.line(&shop, 0).await;
    let fewer = json!({ "lineItems": [{ "lineItemId": line, "quantity": 1 }] });
    assert_eq!(order.edit(&shop, &staff, fewer).await.refusals("orderEdit"), ["NOT_ALLOWED"]);
    order.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    shop.sweep().await;
    assert_eq!((shop.taken().await, order.axes(&shop).await), (500, "PROCESSING PAID UNFULFILLED".to_owned()));
    let invoices = "query($id: ID!) { order(id: $id) { balanceDue { amount } invoices { kind } } }";
    let read = shop.ask(&staff, invoices, json!({ "id": order.id })).await.at("/order");
    assert_eq!(read, json!({ "balanceDue": { "amount": "0.0" }, "invoices": [{ "kind": "INVOICE" }] }));
    shop.books_are_right().await;

    // Of one of which something was sent all is taken: nobody could pay, refund or edit the rest.
    let order = held().await;
    let line = order.line(&shop, 0).await;
    let sent = json!({ "input": { "orderId": order.id, "lineItems": [{ "lineItemId": line, "quantity": 1 }] } });
    let ship = "mutation($input: FulfillmentCreateInput!) { fulfillmentCreate(input: $input) { userErrors { code message } } }";
    shop.ask(&staff, ship, sent).await.done("fulfillmentCreate");
    assert_eq!(order.capture_part(&shop, &staff, "2.50").await.refusals("orderCapture"), ["NOT_ALLOWED"]);
    order.capture_part(&shop, &staff, "5").await.done("orderCapture");
    assert_eq!(
        (shop.taken().await, order.axes(&shop).await),
        (1_000, "PROCESSING PAID PARTIALLY_FULFILLED".to_owned())
    );

    // One whose rest is never paid is canceled, and what was taken goes back.
    let order = held().await;
    order.capture_part(&shop, &staff, "0.01").await.done("orderCapture");
    order.cancel(&shop, &staff).await.done("orderCancel");
    shop.sweep().await;
    assert_eq!((shop.taken().await, order.axes(&shop).await), (1_000, "CANCELED REFUNDED UNFULFILLED".to_owned()));
    shop.books_are_right().await;
}
