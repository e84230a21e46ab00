//! Which fact gives which mail, and that each gives it once.

use cartwright::{
    domain::{checkout, notification, order},
    platform::tx,
};
use entity::{
    ids::OrderId,
    notification::notification::NotificationState::{Dropped, Queued, Sent},
};
use serde_json::json;

use super::{delivered, kinds, queue, rows, send};
use crate::{
    make::checkout::Bought,
    support::{Caller, Process, TestShop},
};

fn order_id(bought: &Bought) -> OrderId {
    let uuid = bought.id.rsplit('/').next().and_then(|text| uuid::Uuid::try_parse(text).ok());
    OrderId(uuid.expect("an order's id"))
}

#[tokio::test]
async fn a_placed_order_is_confirmed_once_however_often_its_bank_tells() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_duplicate").await;
    for _ in 0..2 {
        process.deliver().await;
    }
    // The gateway's word, settled by two jobs at once and once more.
    let reference = shop.book().await[0].reference.clone();
    let state = shop.app.gateways.get("sandbox").expect("the sandbox").fetch(&reference).await;
    let state = state.expect("an answer").expect("known");
    let (ctx, id) = (shop.app.checkout(), state.payment_id.expect("ours"));
    let settle = || checkout::settle(&ctx, id, &state);
    let (one, two) = tokio::join!(settle(), settle());
    one.and(two).expect("settled");
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(queue(&shop).await, [("ORDER_CONFIRMATION".to_owned(), Queued)]);
    assert_eq!((send(&shop).await, send(&shop).await), (1, 0));
    assert_eq!(delivered(&shop).len(), 1);
    assert_eq!(queue(&shop).await, [("ORDER_CONFIRMATION".to_owned(), Sent)]);
}

#[tokio::test]
async fn what_is_rolled_back_gives_no_mail() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let bought = shop.order_of(&made, 1, "sandbox_challenge").await;
    let (db, sources) = (&shop.app.database, &shop.app.sources);
    let tx = tx::begin(db).await.expect("a transaction");
    let row = order::lock_order(&tx, order_id(&bought)).await.expect("locked");
    order::note(&tx, sources, &row, order::EventKind::Paid, "Paid.").await.expect("noted");
    assert_eq!(notification::find_of_order(&*tx, row.id).await.expect("read").len(), 1);
    tx.rollback().await.expect("rolled back");
    assert_eq!(kinds(&shop).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_declined_payment_is_told_of_only_when_the_shopper_did_not_try_again() {
    let shop = TestShop::still_with(&[("CARTWRIGHT_MAIL_PAYMENT_FAILED_SECONDS", "60")]).await;
    let made = shop.stocked("Pen", 250, 5).await;
    let left = shop.order_of(&made, 1, "sandbox_declined").await;
    let paid = shop.order_of(&made, 1, "sandbox_declined").await;
    paid.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    assert_eq!(send(&shop).await, 1, "the confirmation; failures wait a minute");
    shop.pass(61);
    assert_eq!(send(&shop).await, 2);
    let letters = delivered(&shop);
    let subjects: Vec<String> = letters.iter().map(|letter| letter.subject()).collect();
    let number = |order: &serde_json::Value| order["number"].to_string();
    let (left_number, paid_number) = (number(&left.now(&shop).await), number(&paid.now(&shop).await));
    assert_eq!(
        subjects,
        [
            format!("The payment of your order #{left_number} did not go through"),
            format!("Your order #{paid_number} at My shop"),
        ]
    );
    assert!(letters[0].text.contains("Your bank declined the payment."), "{}", letters[0].text);
    let states: Vec<_> = rows(&shop).await.into_iter().map(|row| row.state).collect();
    assert_eq!(states.iter().filter(|state| **state == Dropped).count(), 1, "{states:?}");
}

#[tokio::test]
async fn an_order_that_nobody_pays_is_told_of_when_its_time_is_over() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    shop.order_of(&made, 2, "sandbox_challenge").await;
    shop.pass(910);
    shop.sweep().await;
    send(&shop).await;
    assert_eq!(kinds(&shop).await, ["ORDER_EXPIRED"]);
    assert!(delivered(&shop)[0].subject().ends_with("was not paid"));
}

#[tokio::test]
async fn money_that_cannot_place_its_order_goes_back_and_the_shopper_is_told_once() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    let reference = shop.book().await[0].reference.clone();
    // The first attempt is approved while a second one is open: its money goes back.
    order.retry(&shop, "sandbox_challenge", json!({})).await.done("paymentRetry");
    shop.app.sandbox.answer_challenge(&reference, true).await.expect("answered");
    process.deliver().await;
    for _ in 0..2 {
        shop.sweep().await;
        process.deliver().await;
    }
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 1));
    assert_eq!(kinds(&shop).await, ["PAYMENT_RETURNED"]);
    send(&shop).await;
    let letter = delivered(&shop).remove(0);
    assert!(letter.text.contains("Your payment of 5.00 USD reached us"), "{}", letter.text);
}

#[tokio::test]
async fn canceling_twice_tells_of_the_cancellation_and_of_the_refund_once_each() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    for _ in 0..2 {
        order.cancel(&shop, &order.caller).await.done("orderCancel");
        shop.sweep().await;
    }
    assert_eq!(kinds(&shop).await, ["CANCELLATION", "ORDER_CONFIRMATION", "REFUND"]);
    assert_eq!(send(&shop).await, 3);
    let letters = delivered(&shop);
    let canceled = letters.iter().find(|letter| letter.subject().ends_with("canceled")).expect("the cancellation");
    assert!(canceled.text.contains("As you asked") && canceled.text.contains("goes back to you"), "{}", canceled.text);
    let refund = letters.iter().find(|letter| letter.subject().starts_with("5.00 USD")).expect("the refund");
    assert!(refund.html.contains("<strong>5.00 USD</strong>"), "{}", refund.html);
}

#[tokio::test]
async fn a_hold_that_is_given_up_is_not_called_money_that_goes_back() {
    let shop = TestShop::still().await;
    let (admin, made) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).hold().bought().await;
    order.cancel(&shop, &admin).await.done("orderCancel");
    shop.sweep().await;
    assert_eq!(kinds(&shop).await, ["CANCELLATION", "ORDER_CONFIRMATION"]);
    send(&shop).await;
    let letter = delivered(&shop).into_iter().find(|letter| letter.subject().ends_with("canceled")).expect("told");
    assert!(letter.text.contains("We had to cancel") && letter.text.contains("nothing was taken"), "{}", letter.text);
}

#[tokio::test]
async fn a_cart_that_is_edited_while_its_payment_pends_gives_no_mail() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
    let order = shop.complete(&cart).token("sandbox_challenge").bought().await;
    let document = "mutation($id: ID!, $lines: [CartLineInput!]!) { cartLinesAdd(cartId: $id, lines: $lines) { cart { \
                    totalQuantity } userErrors { code } } }";
    let lines = json!([{ "merchandiseId": made.variant_gid(0), "quantity": 1 }]);
    shop.guest(document, json!({ "id": cart, "lines": lines })).await.done("cartLinesAdd");
    assert_eq!(order.now(&shop).await["cancelReason"], "CART_CHANGED");
    assert_eq!(kinds(&shop).await, Vec::<String>::new());
}

#[tokio::test]
async fn each_parcel_is_told_of_unless_staff_say_not_to() {
    let shop = TestShop::still().await;
    let (admin, made) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let order = shop.order_of(&made, 3, "sandbox_ok").await;
    let line = order.now(&shop).await["lineItems"]["nodes"][0]["id"].clone();
    let document =
        "mutation($input: FulfillmentCreateInput!) { fulfillmentCreate(input: $input) { userErrors { code } } }";
    let ship = async |units: i64, notify: serde_json::Value| {
        let lines = json!([{ "lineItemId": line, "quantity": units }]);
        let tracking = json!({ "number": "TR <1>", "company": "Post", "url": "https://post.example/TR?a=1&b=2" });
        let input =
            json!({ "orderId": order.id, "lineItems": lines, "trackingInfo": tracking, "notifyCustomer": notify });
        shop.ask(&admin, document, json!({ "input": input })).await.done("fulfillmentCreate");
    };
    ship(1, json!(false)).await;
    assert_eq!(kinds(&shop).await, ["ORDER_CONFIRMATION"]);
    ship(1, json!(true)).await;
    ship(1, serde_json::Value::Null).await;
    assert_eq!(kinds(&shop).await, ["ORDER_CONFIRMATION", "SHIPMENT", "SHIPMENT"]);
    send(&shop).await;
    let letters = delivered(&shop);
    let parcels: Vec<_> = letters.iter().filter(|letter| letter.subject().ends_with("on its way")).collect();
    assert_eq!(parcels.len(), 2);
    for parcel in parcels {
        assert!(parcel.text.contains("handed over to Post.") && parcel.text.contains("Tracking number: TR <1>"));
        assert!(parcel.text.contains("Follow it: https://post.example/TR?a=1&b=2"), "{}", parcel.text);
        assert!(parcel.text.contains("1 x Pen"), "{}", parcel.text);
        assert!(parcel.html.contains("TR &lt;1&gt;") && parcel.html.contains("a=1&amp;b=2"), "{}", parcel.html);
    }
}
