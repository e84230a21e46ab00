//! A saved way to pay: charged by staff while its customer is away, seen and removed by its customer.

use entity::{
    notification::notification::{self, NotificationKind},
    platform::outbox_event,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::{PAID, Paying, WAITING, by};
use crate::{
    make::{catalog::Made, checkout::Bought},
    support::{Answer, Caller},
};

const CHARGE: &str = "mutation($input: OrderChargeSavedMethodInput!) { orderChargeSavedMethod(input: $input) { \
    order { id status } payment { status failureCode } userErrors { code field message } } }";
const METHODS: &str = "{ customer { paymentMethods { id gateway brand last4 expiryMonth expiryYear } } }";

async fn charge(paying: &Paying, staff: &Caller, input: Value) -> Answer {
    paying.shop.ask(staff, CHARGE, json!({ "input": input })).await
}

async fn methods(paying: &Paying, caller: &Caller) -> Value {
    paying.shop.ask(caller, METHODS, json!({})).await.at("/customer/paymentMethods")
}

/// Pays an order with a card that is saved on the way.
async fn save(paying: &Paying, caller: &Caller, made: &Made, method: &str) {
    let mut payment = by(method);
    payment["save"] = json!(true);
    paying.pay(caller, made, 1, payment).await.done("checkoutComplete");
    // A card that asks its owner is saved once they answered.
    let waiting = paying.stripe.book().intents.into_iter().find(|intent| intent.status == "requires_action");
    if let Some(intent) = waiting {
        paying.stripe.authenticate(&intent.id, true).expect("a way back");
        paying.deliver().await;
    }
}

/// A customer's order whose payment was declined.
async fn waiting(paying: &Paying, caller: &Caller, made: &Made) -> Bought {
    let declined = paying.pay(caller, made, 2, by("pm_card_chargeDeclined")).await;
    let order = Bought::of(&declined, caller).expect("an order that waits");
    assert_eq!(order.axes(&paying.shop).await, WAITING);
    order
}

#[tokio::test]
async fn staff_charge_the_saved_card_of_a_customer_who_is_away_once() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let jane = paying.shop.customer("jane@example.com").await;
    save(&paying, &jane, &made, "pm_card_visa").await;
    let order = waiting(&paying, &jane, &made).await;
    let input = json!({ "orderId": order.id, "idempotencyKey": "by-phone" });
    let first = charge(&paying, &staff, input.clone()).await;
    first.done("orderChargeSavedMethod");
    assert_eq!(first.at("/orderChargeSavedMethod/payment/status"), "CAPTURED");
    assert_eq!(charge(&paying, &staff, input).await.body, first.body);
    assert_eq!(order.axes(&paying.shop).await, PAID);
    assert_eq!(paying.stripe.book().kept(), 750);
    let facts = outbox_event::Entity::find().filter(outbox_event::Column::Kind.eq("payment.charged_by_staff"));
    let facts = facts.all(paying.shop.app.database.reader()).await.expect("facts");
    assert_eq!(facts.len(), 1);
    assert!(facts[0].data["account_id"].is_string() && facts[0].data["order_id"].is_string(), "{:?}", facts[0].data);
    let again = charge(&paying, &staff, json!({ "orderId": order.id })).await;
    assert_eq!(again.refusals("orderChargeSavedMethod"), ["ORDER_NOT_PAYABLE"]);
}

#[tokio::test]
async fn a_bank_that_wants_to_ask_the_customer_declines_and_the_customer_gets_a_mail() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let jane = paying.shop.customer("jane@example.com").await;
    save(&paying, &jane, &made, "pm_card_authenticationRequired").await;
    let order = waiting(&paying, &jane, &made).await;
    let mails = async || {
        let failed =
            notification::Entity::find().filter(notification::Column::Kind.eq(NotificationKind::PaymentFailed));
        failed.all(paying.shop.app.database.reader()).await.expect("the queue").len()
    };
    let before = mails().await;
    let answer = charge(&paying, &staff, json!({ "orderId": order.id })).await;
    assert_eq!(answer.refusals("orderChargeSavedMethod"), ["PAYMENT_DECLINED"]);
    assert_eq!(answer.at("/orderChargeSavedMethod/payment/failureCode"), "authentication_required");
    assert_eq!(mails().await, before + 1, "the customer is told how to pay");
    assert_eq!(order.axes(&paying.shop).await, WAITING);
    // Back in the shop they can be asked.
    let card = methods(&paying, &jane).await[0]["id"].clone();
    let again = json!({ "payment": by(card.as_str().expect("an id")) });
    let retried = order.retry(&paying.shop, "", again).await;
    assert_eq!(retried.at("/paymentRetry/payment/status"), "REQUIRES_ACTION");
}

#[tokio::test]
async fn a_charge_needs_a_card_of_the_orders_customer_and_staff_who_may() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let (jane, joe) = (paying.shop.customer("jane@example.com").await, paying.shop.customer("joe@example.com").await);
    save(&paying, &jane, &made, "pm_card_visa").await;
    save(&paying, &joe, &made, "pm_card_visa").await;
    let (order, guests) = (waiting(&paying, &jane, &made).await, waiting(&paying, &Caller::guest(), &made).await);
    let joes = methods(&paying, &joe).await[0]["id"].clone();
    for input in [json!({ "orderId": guests.id }), json!({ "orderId": order.id, "paymentMethodId": joes })] {
        let refused = charge(&paying, &staff, input).await;
        assert_eq!(refused.refusals("orderChargeSavedMethod"), ["PAYMENT_METHOD_NOT_FOUND"]);
    }
    let by_herself = charge(&paying, &jane, json!({ "orderId": order.id })).await;
    assert!(by_herself.body.get("errors").is_some(), "staff only: {:#}", by_herself.body);
    assert_eq!(order.axes(&paying.shop).await, WAITING);
    assert_eq!(paying.stripe.book().kept(), 500);
}

#[tokio::test]
async fn customers_see_and_remove_their_own_saved_cards() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    let (jane, joe) = (paying.shop.customer("jane@example.com").await, paying.shop.customer("joe@example.com").await);
    assert_eq!(methods(&paying, &jane).await, json!([]), "nothing was saved yet");
    for method in ["pm_card_visa", "pm_card_mastercard"] {
        save(&paying, &jane, &made, method).await;
    }
    let saved = methods(&paying, &jane).await;
    assert_eq!(saved[0]["brand"], "mastercard");
    assert_eq!((saved[1]["last4"].as_str(), saved[1]["gateway"].as_str()), (Some("4242"), Some("stripe")));
    assert!(saved[1]["expiryMonth"].is_i64() && saved[1]["expiryYear"].is_i64(), "{saved}");
    let revoke = "mutation($input: CustomerPaymentMethodRevokeInput!) { customerPaymentMethodRevoke(input: $input) { \
                  revokedCustomerPaymentMethodId userErrors { code } } }";
    let input = json!({ "input": { "paymentMethodId": saved[1]["id"] } });
    for stranger in [&joe, &Caller::guest()] {
        assert!(paying.shop.ask(stranger, revoke, input.clone()).await.body.get("errors").is_some());
    }
    let revoked = paying.shop.ask(&jane, revoke, input.clone()).await;
    assert_eq!(revoked.at("/customerPaymentMethodRevoke/revokedCustomerPaymentMethodId"), saved[1]["id"]);
    assert_eq!(methods(&paying, &jane).await, json!([saved[0]]));
    assert_eq!(paying.shop.ask(&jane, revoke, input).await.code(), "NOT_FOUND");
    let refused = paying.pay(&jane, &made, 1, by(saved[1]["id"].as_str().expect("an id"))).await;
    let order = Bought::of(&refused, &jane).expect("an order that waits");
    assert_eq!(order.payments(&paying.shop).await, ["FAILED"], "what was removed pays no more");
}
