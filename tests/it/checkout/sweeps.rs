//! What the jobs make of a process that died between two phases, and of gateways that know nothing.

use cartwright::{
    domain::{checkout, payment, payment::Gateways},
    platform::tx,
};
use entity::{
    ids::OrderId,
    payment::{
        payment::{self as payments, CaptureMethod, PaymentStatus},
        refund::{self, RefundStatus},
    },
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;

use crate::{
    make::{catalog::Made, checkout::Bought},
    support::{Process, TestShop},
};

fn order_id(order: &Bought) -> OrderId {
    let (_, id) = order.id.rsplit_once('/').expect("an id");
    OrderId(uuid::Uuid::try_parse(id).expect("a uuid"))
}

/// An order whose process died after the first phase: a payment is open of which no gateway ever heard.
async fn died_before_the_charge(shop: &TestShop, units: i64) -> (Bought, payment::Payment) {
    let made = shop.stocked(&format!("Pen {units}"), 250, 5).await;
    died_while_buying(shop, &made, units).await
}

/// The same, of goods that are there already.
pub(super) async fn died_while_buying(shop: &TestShop, made: &Made, units: i64) -> (Bought, payment::Payment) {
    let order = shop.order_of(made, units, "sandbox_declined").await;
    let (database, sources) = (&shop.app.database, &shop.app.sources);
    let first = payment::latest_payment(database.reader(), order_id(&order)).await.expect("read").expect("there");
    let tx = tx::begin(database).await.expect("a transaction");
    let new = payment::NewPayment {
        balance_revision: None,
        order_id: order_id(&order),
        gateway: "sandbox".to_owned(),
        amount: entity::money::Money::new(first.amount_minor, first.currency),
        token: Some("sandbox_ok".to_owned()),
        save: false,
        off_session: false,
        return_url: None,
        capture_method: CaptureMethod::Automatic,
        idempotency_key: None,
        request_hash: String::new(),
    };
    let open = payment::insert_payment(&tx, sources, new).await.expect("inserted");
    tx.commit().await.expect("committed");
    (order, open)
}

pub(super) async fn charge_at_last(shop: &TestShop, open: &payment::Payment) {
    let request = payment::gateway::Authorization {
        payment_id: open.id,
        order_id: open.order_id,
        customer: None,
        save: false,
        off_session: false,
        amount: entity::money::Money::new(open.amount_minor, open.currency),
        token: Some("sandbox_timeout".to_owned()),
        return_url: None,
        capture: true,
    };
    let gateway = shop.app.gateways.get("sandbox").expect("the sandbox");
    let before = shop.taken().await;
    let silent = tokio::time::timeout(std::time::Duration::from_millis(300), gateway.authorize(&request)).await;
    assert!(silent.is_err(), "it charges and says nothing");
    assert_eq!(shop.taken().await - before, open.amount_minor);
}

#[tokio::test]
async fn a_payment_whose_process_died_before_the_charge_fails_and_can_be_tried_again() {
    let shop = TestShop::still().await;
    let (order, _) = died_before_the_charge(&shop, 2).await;
    shop.pass(15);
    shop.sweep().await;
    assert_eq!(order.payments(&shop).await, ["FAILED", "FAILED"]);
    assert_eq!(order.now(&shop).await["payments"][1]["failureCode"], "gateway_lost");
    order.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
}

#[tokio::test]
async fn a_charge_that_arrives_at_its_gateway_after_it_was_given_up_and_is_never_told_of_is_found() {
    let shop = TestShop::still().await;
    let (order, open) = died_before_the_charge(&shop, 2).await;
    shop.pass(15);
    shop.sweep().await;
    assert_eq!(order.payments(&shop).await, ["FAILED", "FAILED"]);
    charge_at_last(&shop, &open).await;
    shop.pass(10);
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!((shop.taken().await, shop.refunds().await), (500, 0));
}

#[tokio::test]
async fn a_charge_that_arrives_after_its_order_was_canceled_goes_back() {
    let shop = TestShop::still().await;
    let (order, open) = died_before_the_charge(&shop, 2).await;
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    shop.pass(15);
    shop.sweep().await;
    charge_at_last(&shop, &open).await;
    shop.pass(10);
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "CANCELED VOIDED UNFULFILLED");
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 1));
    shop.pass(700);
    shop.sweep().await;
    let waiting = payments::Entity::find().filter(payments::Column::ReversalDue.eq(true));
    assert!(waiting.all(shop.app.database.reader()).await.expect("read").is_empty(), "nothing is asked about for ever");
}

#[tokio::test]
async fn an_order_whose_process_died_after_the_charge_is_placed() {
    let shop = TestShop::still().await;
    let (order, open) = died_before_the_charge(&shop, 2).await;
    charge_at_last(&shop, &open).await;
    shop.pass(15);
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!((shop.book().await.len(), shop.taken().await), (2, 500));
}

#[tokio::test]
async fn a_refund_whose_gateway_is_gone_waits_and_keeps_nobody_busy() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    let ctx = checkout::CheckoutContext { gateways: Gateways::default(), ..shop.app.checkout() };
    checkout::cancel_order(&ctx, order_id(&order), checkout::Canceler::Shopper).await.expect("canceled");
    shop.pass(5);
    assert_eq!(checkout::send_due_refunds(&ctx).await.expect("tried"), 0, "nothing was dealt with");
    assert_eq!(checkout::send_due_refunds(&ctx).await.expect("tried"), 0);
    let rows = refund::Entity::find().all(shop.app.database.reader()).await.expect("read");
    assert_eq!((rows[0].status, rows[0].attempts), (RefundStatus::Pending, 2));
    shop.pass(60);
    shop.sweep().await;
    assert_eq!((shop.taken().await, order.axes(&shop).await.as_str()), (0, "CANCELED REFUNDED UNFULFILLED"));
}

#[tokio::test]
async fn a_payment_of_an_unknown_gateway_keeps_no_other_waiting() {
    let shop = TestShop::still().await;
    let (stuck, open) = died_before_the_charge(&shop, 1).await;
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    let lost = payments::Entity::update_many().col_expr(payments::Column::Gateway, Expr::value("gone"));
    lost.filter(payments::Column::Id.eq(open.id)).exec(&*tx).await.expect("renamed");
    tx.commit().await.expect("committed");
    let (order, open) = died_before_the_charge(&shop, 2).await;
    charge_at_last(&shop, &open).await;
    shop.pass(15);
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(stuck.payments(&shop).await, ["FAILED", "PENDING"]);
    shop.pass(1_000);
    shop.sweep().await;
    assert_eq!(stuck.axes(&shop).await, "CANCELED EXPIRED UNFULFILLED", "its stock is free all the same");
}

#[tokio::test]
async fn the_worker_does_all_of_it_by_itself() {
    let settings = [
        ("CARTWRIGHT_STOCK_HOLD_SECONDS", "3"),
        ("CARTWRIGHT_PAYMENT_CHASE_SECONDS", "0.5"),
        ("CARTWRIGHT_GATEWAY_TIMEOUT_SECONDS", "0.3"),
        ("CARTWRIGHT_SANDBOX_SILENCE_SECONDS", "0.6"),
    ];
    let shop = TestShop::still_with(&settings).await;
    let made = shop.stocked("Pen", 250, 9).await;
    let process = Process::of(&shop).await;
    cartwright::jobs::start_worker(&process.app);
    let orders = [
        (shop.order_of(&made, 1, "sandbox_timeout").await, "PROCESSING PAID UNFULFILLED"),
        (shop.order_of(&made, 1, "sandbox_late").await, "PROCESSING PAID UNFULFILLED"),
        (shop.order_of(&made, 1, "sandbox_challenge").await, "CANCELED EXPIRED UNFULFILLED"),
        (shop.order_of(&made, 1, "sandbox_wrong_amount").await, "CANCELED EXPIRED UNFULFILLED"),
    ];
    for (order, expected) in &orders {
        let mut waited = 0;
        while order.axes(&shop).await != *expected {
            waited += 1;
            assert!(waited < 300, "{} instead of {expected}", order.axes(&shop).await);
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
    for _ in 0..200 {
        if shop.taken().await == 500 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!((shop.taken().await, shop.stock_of(made.variants[0]).await), (500, (7, 0)));
    let open = payments::Entity::find().filter(payments::Column::Status.eq(PaymentStatus::Pending));
    assert!(open.all(shop.app.database.reader()).await.expect("read").is_empty());
}
