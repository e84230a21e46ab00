//! The ways to pay that go well, and those that the bank refuses.

use serde_json::{Value, json};

use super::{PAID, Paying, WAITING, by, client};
use crate::{make::checkout::Bought, support::Caller};

#[tokio::test]
async fn a_card_that_pays_pays_at_once_and_its_messages_change_nothing() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 5).await;
    let order = paying.order_of(&made, 2, "pm_card_visa").await;
    assert_eq!(order.axes(&paying.shop).await, PAID);
    assert_eq!(order.payments(&paying.shop).await, ["CAPTURED"]);
    let booked = paying.stripe.book();
    assert_eq!((booked.kept(), booked.intents.len(), booked.intents[0].currency.as_str()), (500, 1, "usd"));
    let metadata = &booked.intents[0].metadata;
    assert!(order.id.ends_with(&metadata["cartwright_order"]), "{metadata:?}");
    assert_eq!(paying.deliver().await, 3);
    assert_eq!(order.timeline(&paying.shop).await, ["ORDER_CREATED", "ORDER_PAID"]);
    assert_eq!(paying.shop.stock_of(made.variants[0]).await, (3, 0));
}

#[tokio::test]
async fn a_declined_card_says_why_as_far_as_it_should_and_another_one_pays() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    for (method, code) in [
        ("pm_card_chargeDeclined", "card_declined"),
        ("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card"),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc"),
        ("pm_card_visa_chargeDeclinedStolenCard", "card_declined"),
    ] {
        let answer = paying.pay(&Caller::guest(), &made, 2, by(method)).await;
        assert_eq!(answer.refusals("checkoutComplete"), ["PAYMENT_DECLINED"], "{method}");
        assert_eq!(answer.at("/checkoutComplete/payment/failureCode"), code, "{method}");
        let order = Bought::of(&answer, &Caller::guest()).expect("an order");
        assert_eq!(order.axes(&paying.shop).await, WAITING);
        let again = json!({ "payment": by("pm_card_mastercard") });
        order.retry(&paying.shop, "", again).await.done("paymentRetry");
        assert_eq!(order.axes(&paying.shop).await, PAID, "{method}");
    }
    paying.deliver().await;
    assert_eq!(paying.stripe.book().kept(), 2_500);
}

#[tokio::test]
async fn a_payment_form_finishes_what_a_checkout_without_a_token_began() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 5).await;
    let offered =
        paying.shop.guest("{ shop { paymentGateways { name publishableKey hasForm remembers } } }", json!({}));
    let expected = json!([
        { "name": "sandbox", "publishableKey": null, "hasForm": false, "remembers": false },
        { "name": "stripe", "publishableKey": "pk_test_stand_in", "hasForm": true, "remembers": true },
    ]);
    assert_eq!(offered.await.at("/shop/paymentGateways"), expected);
    let answer = paying.pay(&Caller::guest(), &made, 2, json!({ "gateway": "stripe" })).await;
    let order = Bought::of(&answer, &Caller::guest()).expect("an order");
    let payment = paying.payments(&order).await[0].clone();
    assert_eq!(payment["status"], "REQUIRES_ACTION");
    let secret = payment["clientSecret"].as_str().expect("a client secret").to_owned();
    let (intent, _) = secret.split_once("_secret_").expect("an intent's secret");
    let confirm = |number: &str| {
        let url = format!("{}v1/payment_intents/{intent}/confirm", paying.stripe.url());
        let card = format!("payment_method_data[type]=card&payment_method_data[card][number]={number}");
        let body = format!("client_secret={secret}&return_url=https://shop.example/thanks&{card}");
        reqwest::Client::new().post(url).bearer_auth("pk_test_stand_in").body(body).send()
    };
    assert_eq!(confirm("4000000000000002").await.expect("an answer").status(), 402);
    paying.deliver().await;
    assert_eq!(order.payments(&paying.shop).await, ["REQUIRES_ACTION"], "the form lets them try again");
    assert_eq!(confirm("4242424242424242").await.expect("an answer").status(), 200);
    assert_eq!(order.axes(&paying.shop).await, WAITING, "only Stripe's word counts");
    paying.deliver().await;
    assert_eq!(order.axes(&paying.shop).await, PAID);
    assert_eq!(paying.payments(&order).await[0]["clientSecret"], Value::Null, "it served its purpose");
    assert_eq!(paying.stripe.book().kept(), 500);
}

#[tokio::test]
async fn an_authentication_leads_to_the_bank_and_back() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    for (passed, after) in [(true, PAID), (false, WAITING)] {
        let order = paying.order_of(&made, 2, "pm_card_threeDSecure2Required").await;
        let payment = paying.payments(&order).await[0].clone();
        assert_eq!(payment["status"], "REQUIRES_ACTION");
        let page = payment["nextAction"]["url"].as_str().expect("where to go").to_owned();
        let intent = page.rsplit('/').next().expect("an intent");
        let back = paying.stripe.authenticate(intent, passed).expect("a way back");
        assert!(back.starts_with("https://shop.example/thanks?step=3&payment_intent="), "{back}");
        assert_eq!(order.axes(&paying.shop).await, WAITING, "coming back is no payment");
        paying.deliver().await;
        assert_eq!(order.axes(&paying.shop).await, after);
        if !passed {
            assert_eq!(paying.payments(&order).await[0]["failureCode"], "challenge_declined");
        }
    }
    assert_eq!(paying.stripe.book().kept(), 500);
}

#[tokio::test]
async fn held_money_is_taken_by_staff_or_given_up_with_the_order() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let mut payment = by("pm_card_visa");
    payment["captureMethod"] = json!("MANUAL");
    let held = async || {
        let answer = paying.pay(&Caller::guest(), &made, 2, payment.clone()).await;
        let order = Bought::of(&answer, &Caller::guest()).expect("an order");
        assert_eq!(order.axes(&paying.shop).await, "PROCESSING AUTHORIZED UNFULFILLED");
        order
    };
    let (taken, given_up) = (held().await, held().await);
    for _ in 0..2 {
        taken.capture(&paying.shop, &staff).await.done("orderCapture");
    }
    given_up.cancel(&paying.shop, &staff).await.done("orderCancel");
    paying.deliver().await;
    paying.shop.sweep().await;
    assert_eq!(taken.axes(&paying.shop).await, PAID);
    assert_eq!(given_up.axes(&paying.shop).await, "CANCELED VOIDED UNFULFILLED");
    let booked = paying.stripe.book();
    assert_eq!((booked.kept(), booked.charges[1].released), (500, true));
}

#[tokio::test]
async fn a_part_of_held_money_is_taken_and_an_edit_gives_back_by_stripe() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let mut payment = by("pm_card_visa");
    payment["captureMethod"] = json!("MANUAL");
    let answer = paying.pay(&Caller::guest(), &made, 2, payment).await;
    let order = Bought::of(&answer, &Caller::guest()).expect("an order");
    order.capture_part(&paying.shop, &staff, "3.00").await.done("orderCapture");
    paying.deliver().await;
    paying.shop.sweep().await;
    assert_eq!(order.axes(&paying.shop).await, "PROCESSING PARTIALLY_PAID UNFULFILLED");
    let booked = paying.stripe.book();
    assert_eq!(booked.kept(), 300);
    paying.shop.books_are_right().await;

    let edited = paying.order_of(&made, 3, "pm_card_visa").await;
    let line = edited.line(&paying.shop, 0).await;
    let fewer = json!({ "lineItems": [{ "lineItemId": line, "quantity": 1 }] });
    edited.edit(&paying.shop, &staff, fewer).await.done("orderEdit");
    paying.shop.sweep().await;
    paying.deliver().await;
    paying.shop.sweep().await;
    assert_eq!(edited.axes(&paying.shop).await, PAID);
    assert_eq!(paying.stripe.book().kept(), 300 + 250);
    paying.shop.books_are_right().await;
}

#[tokio::test]
async fn of_two_captures_of_other_amounts_only_the_one_that_was_done_succeeds() {
    let paying = Paying::new().await;
    let (staff, made) = (paying.shop.admin().await, paying.shop.stocked("Pen", 250, 50).await);
    let mut payment = by("pm_card_visa");
    payment["captureMethod"] = json!("MANUAL");
    let held = async || {
        let answer = paying.pay(&Caller::guest(), &made, 2, payment.clone()).await;
        Bought::of(&answer, &Caller::guest()).expect("an order")
    };
    // The first capture is done, and the shop has not heard of it.
    let order = held().await;
    let intent = paying.stripe.book().intents[0].id.clone();
    client(&paying).capture_intent(&intent, 300, "the other one").await.expect("captured");
    let second = order.capture_part(&paying.shop, &staff, "2.00").await;
    assert_eq!(second.refusals("orderCapture"), ["NOT_ALLOWED"]);
    assert!(
        second.text("/orderCapture/userErrors/0/message").starts_with("3.00 USD was captured"),
        "{:#}",
        second.body
    );
    assert_eq!(order.axes(&paying.shop).await, "PROCESSING PARTIALLY_PAID UNFULFILLED");
    assert_eq!(
        order.capture(&paying.shop, &staff).await.refusals("orderCapture"),
        ["NOT_ALLOWED"],
        "not all was taken"
    );
    order.capture_part(&paying.shop, &staff, "3.00").await.done("orderCapture");

    let order = held().await;
    let (one, other) = tokio::join!(
        order.capture_part(&paying.shop, &staff, "3.00"),
        order.capture_part(&paying.shop, &staff, "2.00")
    );
    let done = [&one, &other].iter().filter(|answer| answer.refusals("orderCapture").is_empty()).count();
    assert!(done <= 1, "{:#} {:#}", one.body, other.body);
    paying.pass(20);
    paying.deliver().await;
    paying.shop.books_are_right().await;
}

#[tokio::test]
async fn money_of_a_canceled_order_goes_back_once() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    for (method, later) in [("pm_card_visa", 0), ("pm_card_pendingRefund", 1)] {
        let order = paying.order_of(&made, 2, method).await;
        order.cancel(&paying.shop, &order.caller).await.done("orderCancel");
        assert_eq!(paying.stripe.settle_refunds(), later);
        paying.deliver().await;
        paying.pass(60);
        paying.shop.sweep().await;
        assert_eq!(order.axes(&paying.shop).await, "CANCELED REFUNDED UNFULFILLED", "{method}");
        assert_eq!(paying.payments(&order).await[0]["refundedAmount"]["amount"], "5.0");
    }
    let booked = paying.stripe.book();
    assert_eq!((booked.kept(), booked.refunds.len()), (0, 2));
}

#[tokio::test]
async fn an_order_that_nobody_pays_in_time_gives_up_its_payment_at_stripe() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 5).await;
    let answer = paying.pay(&Caller::guest(), &made, 2, json!({ "gateway": "stripe" })).await;
    let order = Bought::of(&answer, &Caller::guest()).expect("an order");
    paying.pass(1_000);
    paying.shop.sweep().await;
    assert_eq!(order.axes(&paying.shop).await, "CANCELED EXPIRED UNFULFILLED");
    assert_eq!(paying.stripe.book().intents[0].status, "canceled");
    assert_eq!(paying.payments(&order).await[0]["clientSecret"], Value::Null);
    assert_eq!(paying.shop.stock_of(made.variants[0]).await, (5, 0));
}

#[tokio::test]
async fn a_token_that_is_none_of_stripes_charges_nothing() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 5).await;
    let order = paying.order_of(&made, 2, "pm_nothing").await;
    assert_eq!(order.payments(&paying.shop).await, ["FAILED"]);
    let card = paying.pay(&Caller::guest(), &made, 1, by("4242 4242 4242 4242")).await;
    assert_eq!(card.refusals("checkoutComplete"), ["PAYMENT_INPUT_INVALID"]);
    let sandbox = paying.pay(&Caller::guest(), &made, 1, json!({ "gateway": "sandbox" })).await;
    assert_eq!(sandbox.refusals("checkoutComplete"), ["PAYMENT_INPUT_INVALID"], "it has no form");
    assert!(paying.stripe.book().intents.is_empty());
}
