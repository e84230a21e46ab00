//! Refunds at gateways that fail, refuse and come back.

use entity::payment::sandbox_intent;
use sea_orm::{EntityTrait, sea_query::Expr};
use serde_json::{Value, json};

use super::usd;
use crate::{
    ledger::broken,
    support::{Caller, TestShop},
};

const PARKED: &str = "{ parkedItems(first: 9) { nodes { id kind about } } }";
const REPLAY: &str = "mutation($id: ID!) { parkedItemReplay(input: { id: $id }) { userErrors { code } } }";

/// Makes the bank believe that it took so much.
async fn set_captured(shop: &TestShop, minor: i64) {
    let tx = cartwright::platform::tx::begin(&shop.app.database).await.expect("a transaction");
    let change =
        sandbox_intent::Entity::update_many().col_expr(sandbox_intent::Column::CapturedMinor, Expr::value(minor));
    change.exec(&*tx).await.expect("changed");
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn a_refused_refund_is_shown_to_staff_counts_as_given_and_is_sent_again() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&pen, 2, "sandbox_ok").await;
    set_captured(&shop, 100).await;
    let made = order.refund(&shop, &staff, json!({ "amount": usd("4.0") })).await.done("refundCreate");
    assert_eq!(made["refund"]["status"], "FAILED");
    assert_eq!(made["order"]["financialStatus"], "PAID", "nothing went back yet");
    assert_eq!(order.balances(&shop, &staff).await, "SALES -1.0, GATEWAY 5.0, REFUND_PAYABLE -4.0");
    let more = order.refund(&shop, &staff, json!({ "amount": usd("1.01") })).await;
    assert_eq!(more.refusals("refundCreate"), ["AMOUNT_INVALID"], "what was refused can still be sent");
    set_captured(&shop, 500).await;
    let parked = shop.ask(&staff, PARKED, json!({})).await;
    assert_eq!(parked.text("/parkedItems/nodes/0/kind"), "REFUND");
    let id = parked.text("/parkedItems/nodes/0/id");
    shop.ask(&staff, REPLAY, json!({ "id": id })).await.done("parkedItemReplay");
    shop.sweep().await;
    assert_eq!(order.refunds(&shop).await, ["SUCCEEDED 4.0"]);
    assert_eq!(order.axes(&shop).await, "PROCESSING PARTIALLY_REFUNDED UNFULFILLED");
    assert_eq!(order.balances(&shop, &staff).await, "SALES -1.0, GATEWAY 1.0");
    shop.pass(120);
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
}

#[cfg(feature = "stripe")]
#[tokio::test]
async fn stripe_gives_back_in_parts_and_its_book_is_the_ledger() {
    use cartwright::domain::checkout;
    use stripe_stand_in::{Call, Fault, Scripted};

    use crate::stripe::Paying;

    let paying = Paying::new().await;
    let shop = &paying.shop;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 50).await);
    let order = paying.order_of(&made, 4, "pm_card_visa").await;
    let line = order.line_ids(shop).await.remove(0);
    let one = json!({ "lineItems": [super::units(&line, 1, "NO_RESTOCK")] });
    assert_eq!(order.refund(shop, &staff, one).await.done("refundCreate")["refund"]["status"], "SUCCEEDED");
    // Stripe gives back and its answer is lost: the same key does it once.
    paying.stripe.script(Scripted { call: Call::Refund, fault: Fault::ErrorAfterWork, count: 1 });
    let lost = order.refund(shop, &staff, json!({ "amount": usd("2.0") })).await.done("refundCreate");
    assert!(["PENDING", "SUCCEEDED"].contains(&lost["refund"]["status"].as_str().unwrap_or("?")), "{lost}");
    paying.pass(5);
    shop.sweep().await;
    paying.deliver().await;
    let three = json!({ "lineItems": [super::units(&line, 3, "CANCEL")] });
    order.refund(shop, &staff, three).await.done("refundCreate");
    paying.deliver().await;
    assert_eq!(order.refunds(shop).await, ["SUCCEEDED 2.5", "SUCCEEDED 2.0", "SUCCEEDED 5.5"]);
    assert_eq!(order.axes(shop).await, "PROCESSING REFUNDED UNFULFILLED");
    let payments: Value = paying.payments(&order).await;
    assert_eq!(payments[0]["refundedAmount"]["amount"], "10.0");
    assert_eq!(order.balances(shop, &staff).await, "");
    paying.pass(120);
    assert_eq!(checkout::reconcile(&shop.app.checkout()).await.expect("compared"), 0);
    assert_eq!(broken(shop).await, Vec::<&str>::new());
    let guest = Caller::guest();
    assert_eq!(shop.ask(&guest, PARKED, json!({})).await.code(), "UNAUTHENTICATED");
}
