//! The time limit of held stock, and money that comes when it is over.

use serde_json::{Value, json};

use crate::{
    make::{
        catalog::{product, variant},
        checkout::Bought,
    },
    support::{Caller, Process, TestShop},
};

async fn approve(shop: &TestShop, order: &Bought) {
    let url = order.payment["nextAction"]["url"].as_str().expect("where to go");
    let reference = url.rsplit('/').next().expect("a reference");
    shop.app.sandbox.answer_challenge(reference, true).await.expect("answered").expect("it is there");
}

#[tokio::test]
async fn an_expired_hold_frees_the_stock_cancels_the_order_and_gives_the_cart_back() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).token("sandbox_challenge").bought().await;
    shop.pass(890);
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "PENDING_PAYMENT PENDING UNFULFILLED");
    shop.pass(20);
    let late = order.retry(&shop, "sandbox_ok", json!({})).await;
    assert_eq!(late.refusals("paymentRetry"), ["ORDER_NOT_PAYABLE"]);
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "CANCELED EXPIRED UNFULFILLED");
    assert_eq!(order.now(&shop).await["cancelReason"], "EXPIRED");
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 0));
    assert_eq!(shop.book().await[0].status, "voided");

    let again = shop.complete(&cart).bought().await;
    assert_ne!(again.id, order.id, "the cart can be completed again");
    assert_eq!(again.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(shop.stock_of(made.variants[0]).await, (3, 0));
}

#[tokio::test]
async fn money_that_comes_after_the_hold_ended_places_the_order_while_stock_is_left() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).token("sandbox_challenge").bought().await;
    expire_unheard(&shop, &order).await;
    process.deliver().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(shop.stock_of(made.variants[0]).await, (3, 0));
    assert_eq!(shop.cart_status(&cart).await, Value::Null);
    shop.sweep().await;
    process.deliver().await;
    assert_eq!((shop.taken().await, shop.refunds().await), (500, 0));
    assert_eq!(
        order.timeline(&shop).await,
        ["ORDER_CREATED", "PAYMENT_ACTION_REQUIRED", "ORDER_CANCELED", "ORDER_PAID"]
    );
    assert_eq!(order.now(&shop).await["cancelReason"], Value::Null);
}

/// The time to pay passes, and the shopper approves before the bank hears of it.
async fn expire_unheard(shop: &TestShop, order: &Bought) {
    shop.pass(1_000);
    let expired = cartwright::domain::checkout::expire_overdue(&shop.app.checkout()).await;
    assert_eq!(expired.expect("expired"), 1);
    approve(shop, order).await;
}

#[tokio::test]
async fn money_that_comes_after_the_hold_ended_goes_back_when_the_stock_is_gone() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 3).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    expire_unheard(&shop, &order).await;
    shop.order_of(&made, 2, "sandbox_ok").await;
    for _ in 0..3 {
        process.deliver().await;
        shop.sweep().await;
    }
    assert_eq!(order.axes(&shop).await, "CANCELED EXPIRED UNFULFILLED");
    assert_eq!(order.payments(&shop).await, ["REFUNDED"]);
    assert_eq!((shop.taken().await, shop.refunds().await), (500, 1), "only the other order's money stays");
    assert_eq!(shop.stock_of(made.variants[0]).await, (1, 0), "nothing leaked");
}

#[tokio::test]
async fn late_money_places_an_order_of_goods_that_are_sold_beyond_their_stock() {
    let shop = TestShop::still().await;
    let process = Process::of(&shop).await;
    let made = product("Made to order").variant(variant(250).stock(1).continue_selling()).make(&shop).await;
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    expire_unheard(&shop, &order).await;
    shop.order_of(&made, 1, "sandbox_ok").await;
    process.deliver().await;
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!((shop.taken().await, shop.stock_of(made.variants[0]).await), (750, (-2, 0)));
}

#[tokio::test]
async fn money_of_an_expired_order_goes_back_when_its_cart_was_completed_again() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 9).await, Process::of(&shop).await);
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).token("sandbox_challenge").bought().await;
    expire_unheard(&shop, &order).await;
    let again = shop.complete(&cart).bought().await;
    for _ in 0..3 {
        process.deliver().await;
        shop.sweep().await;
    }
    assert_eq!(order.axes(&shop).await, "CANCELED EXPIRED UNFULFILLED");
    assert_eq!(again.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!((shop.taken().await, shop.stock_of(made.variants[0]).await), (500, (7, 0)));
}

#[tokio::test]
async fn money_of_an_expired_order_goes_back_when_the_shopper_canceled_it() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 9).await, Process::of(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    shop.pass(1_000);
    cartwright::domain::checkout::expire_overdue(&shop.app.checkout()).await.expect("expired");
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    approve(&shop, &order).await;
    for _ in 0..3 {
        process.deliver().await;
        shop.sweep().await;
    }
    assert_eq!(order.axes(&shop).await, "CANCELED EXPIRED UNFULFILLED");
    assert_eq!((shop.taken().await, shop.stock_of(made.variants[0]).await), (0, (9, 0)));
}

#[tokio::test]
async fn editing_a_cart_whose_payment_pends_cancels_its_order_and_money_that_comes_then_goes_back() {
    let shop = TestShop::still().await;
    let (made, process) = (shop.stocked("Pen", 250, 5).await, Process::of(&shop).await);
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).token("sandbox_challenge").bought().await;
    let lines = json!([{ "merchandiseId": made.variant_gid(0), "quantity": 1 }]);
    let document = "mutation($id: ID!, $lines: [CartLineInput!]!) { cartLinesAdd(cartId: $id, lines: $lines) { cart { \
                    totalQuantity } userErrors { code } } }";
    let edited = shop.guest(document, json!({ "id": cart, "lines": lines })).await.done("cartLinesAdd");
    assert_eq!(edited["cart"]["totalQuantity"], 3);
    assert_eq!(order.axes(&shop).await, "CANCELED VOIDED UNFULFILLED");
    assert_eq!(order.now(&shop).await["cancelReason"], "CART_CHANGED");
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 0));

    approve(&shop, &order).await;
    for _ in 0..3 {
        process.deliver().await;
        shop.sweep().await;
    }
    assert_eq!(order.axes(&shop).await, "CANCELED VOIDED UNFULFILLED");
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 1));

    let again = shop.complete(&cart).bought().await;
    assert_eq!(again.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!((shop.taken().await, shop.stock_of(made.variants[0]).await), (750, (2, 0)));
}

#[tokio::test]
async fn a_refused_edit_leaves_the_pending_order_as_it_is() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let order = shop.complete(&cart).token("sandbox_challenge").bought().await;
    let document = "mutation($id: ID!) { cartNoteUpdate(cartId: $id, note: \"4242 4242 4242 4242\") { userErrors { \
                    code } } }";
    let refused = shop.guest(document, json!({ "id": cart })).await;
    assert_eq!(refused.refusals("cartNoteUpdate").len(), 1);
    assert_eq!(order.axes(&shop).await, "PENDING_PAYMENT PENDING UNFULFILLED");
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 2));
}

#[tokio::test]
async fn two_processes_that_sweep_at_once_free_the_stock_once() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 30).await;
    let mut orders = Vec::new();
    for _ in 0..6 {
        orders.push(shop.order_of(&made, 2, "sandbox_challenge").await);
    }
    let other = Process::beside(&shop).await;
    shop.pass(1_000);
    let (one, two) = (shop.app.checkout(), other.app.checkout());
    let expire = cartwright::domain::checkout::expire_overdue;
    let (first, second) = tokio::join!(expire(&one), expire(&two));
    assert_eq!(first.expect("swept") + second.expect("swept"), 6, "each order once");
    let reverse = cartwright::domain::checkout::reverse_due;
    let (first, second) = tokio::join!(reverse(&one), reverse(&two));
    assert!(first.expect("swept") + second.expect("swept") >= 6);
    shop.sweep().await;
    for order in orders {
        assert_eq!(order.axes(&shop).await, "CANCELED EXPIRED UNFULFILLED");
    }
    assert_eq!(shop.stock_of(made.variants[0]).await, (30, 0));
    assert!(shop.book().await.iter().all(|intent| intent.status == "voided"));
}
