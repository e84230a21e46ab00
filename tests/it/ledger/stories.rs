//! What the ledger tells of each way that money goes.

use entity::{money::Money, payment::sandbox_intent};
use sea_orm::{EntityTrait, sea_query::Expr};
use serde_json::json;

use super::broken;
use crate::support::{Caller, Process, TestShop};

const SALE: &str = "SALE: RECEIVABLE 5.0, SALES -5.0";
const HELD: &str = "AUTHORIZATION: AUTHORIZED 5.0, HOLDS -5.0";
const TAKEN: &str = "CAPTURE: GATEWAY 5.0, RECEIVABLE -5.0, HOLDS 5.0, AUTHORIZED -5.0";
const DECIDED: &str = "REFUND_DECIDED: RECEIVABLE 5.0, REFUND_PAYABLE -5.0";
const SENT: &str = "REFUND_SENT: REFUND_PAYABLE 5.0, GATEWAY -5.0";

#[tokio::test]
async fn an_order_that_is_paid_owes_nothing_and_its_money_is_at_the_gateway() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let order = shop.order_of(&made, 2, "sandbox_duplicate").await;
    Process::of(&shop).await.deliver().await;
    shop.sweep().await;
    assert_eq!(order.facts(&shop, &staff).await, [HELD, TAKEN, SALE]);
    assert_eq!(order.balances(&shop, &staff).await, "SALES -5.0, GATEWAY 5.0");
    shop.pass(120);
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
}

#[tokio::test]
async fn money_that_is_held_is_owed_until_it_is_taken_or_let_go() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let guest = Caller::guest();
    let taken = shop.complete(&shop.cart_with(&guest, &[(&made, 2)]).await).hold().bought().await;
    let undone = shop.complete(&shop.cart_with(&guest, &[(&made, 2)]).await).hold().bought().await;
    assert_eq!(taken.balances(&shop, &staff).await, "RECEIVABLE 5.0, SALES -5.0, AUTHORIZED 5.0, HOLDS -5.0");
    for _ in 0..2 {
        taken.capture(&shop, &staff).await.done("orderCapture");
        undone.cancel(&shop, &staff).await.done("orderCancel");
    }
    assert_eq!(taken.facts(&shop, &staff).await, [HELD, SALE, TAKEN]);
    let canceled = "SALE_CANCELED: SALES 5.0, RECEIVABLE -5.0";
    let released = "RELEASE: HOLDS 5.0, AUTHORIZED -5.0";
    assert_eq!(undone.facts(&shop, &staff).await, [HELD, SALE, canceled, released]);
    assert_eq!(undone.balances(&shop, &staff).await, "");
    shop.pass(120);
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
}

#[tokio::test]
async fn an_order_that_is_canceled_after_it_was_paid_gives_everything_back_once() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    for _ in 0..2 {
        order.cancel(&shop, &order.caller).await.done("orderCancel");
        shop.sweep().await;
    }
    let canceled = "SALE_CANCELED: SALES 5.0, RECEIVABLE -5.0";
    assert_eq!(order.facts(&shop, &staff).await, [HELD, TAKEN, SALE, canceled, DECIDED, SENT]);
    assert_eq!(order.balances(&shop, &staff).await, "");
    shop.pass(120);
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
}

#[tokio::test]
async fn of_a_hold_that_was_taken_in_part_the_rest_is_let_go_and_still_owed() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let process = Process::of(&shop).await;
    let order = shop.complete(&shop.cart_with(&Caller::guest(), &[(&made, 2)]).await).hold().bought().await;
    let intent = shop.book().await[0].clone();
    let gateway = shop.app.gateways.get("sandbox").expect("the sandbox");
    gateway.capture(&intent.reference, Money::new(499, intent.currency), "part").await.expect("captured");
    process.deliver().await;
    let part = "CAPTURE: GATEWAY 4.99, RECEIVABLE -4.99, HOLDS 4.99, AUTHORIZED -4.99";
    let rest = "RELEASE: HOLDS 0.01, AUTHORIZED -0.01";
    assert_eq!(order.facts(&shop, &staff).await, [HELD, SALE, part, rest]);
    assert_eq!(order.balances(&shop, &staff).await, "RECEIVABLE 0.01, SALES -5.0, GATEWAY 4.99");
    shop.pass(120);
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
}

#[tokio::test]
async fn money_that_places_no_order_is_not_owed_and_goes_back() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let order = shop.order_of(&made, 2, "sandbox_wrong_amount").await;
    assert_eq!(order.balances(&shop, &staff).await, "RECEIVABLE -4.99, GATEWAY 4.99");
    shop.sweep().await;
    let held = "AUTHORIZATION: AUTHORIZED 4.99, HOLDS -4.99";
    let taken = "CAPTURE: GATEWAY 4.99, RECEIVABLE -4.99, HOLDS 4.99, AUTHORIZED -4.99";
    let decided = "REFUND_DECIDED: RECEIVABLE 4.99, REFUND_PAYABLE -4.99";
    let sent = "REFUND_SENT: REFUND_PAYABLE 4.99, GATEWAY -4.99";
    assert_eq!(order.facts(&shop, &staff).await, [held, taken, decided, sent]);
    // Another attempt pays the order; both are in its ledger.
    order.retry(&shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    assert_eq!(order.balances(&shop, &staff).await, "SALES -5.0, GATEWAY 5.0");
    let declined = shop.order_of(&made, 1, "sandbox_declined").await;
    assert!(declined.facts(&shop, &staff).await.is_empty(), "nothing moved");
    shop.pass(120);
    shop.sweep().await;
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
}

#[tokio::test]
async fn what_a_gateway_refuses_to_give_back_stays_payable_until_it_does() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let order = shop.order_of(&made, 2, "sandbox_ok").await;
    set_captured(&shop, 499).await;
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    assert_eq!(order.now(&shop).await["refunds"][0]["status"], "FAILED");
    assert_eq!(order.balances(&shop, &staff).await, "GATEWAY 5.0, REFUND_PAYABLE -5.0");
    set_captured(&shop, 500).await;
    let parked = shop.ask(&staff, "{ parkedItems(first: 9) { nodes { id kind } } }", json!({})).await;
    assert_eq!(parked.text("/parkedItems/nodes/0/kind"), "REFUND");
    let replay = "mutation($id: ID!) { parkedItemReplay(input: { id: $id }) { userErrors { code } } }";
    let id = parked.text("/parkedItems/nodes/0/id");
    shop.ask(&staff, replay, json!({ "id": id })).await.done("parkedItemReplay");
    shop.sweep().await;
    assert_eq!(order.now(&shop).await["refunds"][0]["status"], "SUCCEEDED");
    assert_eq!(order.balances(&shop, &staff).await, "");
    shop.pass(120);
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
}

/// Makes the bank believe that it took so much.
async fn set_captured(shop: &TestShop, minor: i64) {
    let tx = cartwright::platform::tx::begin(&shop.app.database).await.expect("a transaction");
    let change =
        sandbox_intent::Entity::update_many().col_expr(sandbox_intent::Column::CapturedMinor, Expr::value(minor));
    change.exec(&*tx).await.expect("changed");
    tx.commit().await.expect("committed");
}
