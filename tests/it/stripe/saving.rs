//! Ways to pay that a customer saved.

use serde_json::{Value, json};
use stripe_gateway::{Client, ClientSettings};

use super::{PAID, Paying, by};
use crate::{make::checkout::Bought, support::Caller};

fn saving(method: &str) -> Value {
    let mut payment = by(method);
    payment["save"] = json!(true);
    payment
}

/// The id of the one payment method that was saved at Stripe.
async fn saved(paying: &Paying) -> String {
    let booked = paying.stripe.book();
    let customer = booked.intents.iter().find_map(|intent| intent.customer.clone()).expect("a customer");
    let settings = ClientSettings {
        url: paying.stripe.url(),
        secret_key: "sk_test_stand_in".to_owned(),
        timeout: std::time::Duration::from_secs(2),
    };
    let mut methods = Client::new(settings).expect("a client").methods_of(&customer).await.expect("a list");
    assert_eq!(methods.len(), 1);
    methods.remove(0).id
}

#[tokio::test]
async fn a_saved_card_pays_again_for_the_customer_who_saved_it_and_for_nobody_else() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    let (jane, joe) = (paying.shop.customer("jane@example.com").await, paying.shop.customer("joe@example.com").await);
    let first = paying.pay(&jane, &made, 2, saving("pm_card_visa")).await;
    first.done("checkoutComplete");
    let card = saved(&paying).await;
    let again = paying.pay(&jane, &made, 1, by(&card)).await;
    let order = Bought::of(&again, &jane).expect("an order");
    assert_eq!(order.axes(&paying.shop).await, PAID);
    for stranger in [&joe, &Caller::guest()] {
        let refused = paying.pay(stranger, &made, 1, by(&card)).await;
        let order = Bought::of(&refused, stranger).expect("an order that waits");
        assert_eq!(order.payments(&paying.shop).await, ["FAILED"]);
    }
    assert_eq!(paying.stripe.book().kept(), 750);
}

#[tokio::test]
async fn one_customer_is_made_at_stripe_however_often_a_card_is_saved() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    let jane = paying.shop.customer("jane@example.com").await;
    for method in ["pm_card_visa", "pm_card_mastercard"] {
        paying.pay(&jane, &made, 1, saving(method)).await.done("checkoutComplete");
    }
    let customers: Vec<_> = paying.stripe.book().intents.iter().map(|intent| intent.customer.clone()).collect();
    assert!(customers[0].is_some() && customers[0] == customers[1], "{customers:?}");
}

#[tokio::test]
async fn a_guest_and_the_sandbox_save_nothing() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    let jane = paying.shop.customer("jane@example.com").await;
    let sandbox = json!({ "gateway": "sandbox", "token": "sandbox_ok", "save": true });
    for (caller, payment) in [(&Caller::guest(), saving("pm_card_visa")), (&jane, sandbox)] {
        let refused = paying.pay(caller, &made, 1, payment).await;
        assert_eq!(refused.refusals("checkoutComplete"), ["PAYMENT_INPUT_INVALID"]);
        assert_eq!(refused.at("/checkoutComplete/userErrors/0/field"), json!(["input", "payment", "save"]));
    }
    assert!(paying.stripe.book().intents.is_empty());
}

/// Somebody deletes a customer in Stripe's dashboard.
async fn delete(paying: &Paying, customer: &str) {
    let url = format!("{}v1/customers/{customer}", paying.stripe.url());
    let deleted = reqwest::Client::new().delete(url).bearer_auth("sk_test_stand_in").send().await;
    assert!(deleted.expect("an answer").status().is_success());
}

#[tokio::test]
async fn a_customer_who_was_deleted_at_stripe_pays_saves_and_pays_with_what_was_saved_as_before() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 50).await;
    let jane = paying.shop.customer("jane@example.com").await;
    paying.pay(&jane, &made, 2, saving("pm_card_visa")).await.done("checkoutComplete");
    let customer = || paying.stripe.book().intents.last().and_then(|intent| intent.customer.clone());
    let mut gone = vec![customer().expect("a customer")];
    delete(&paying, &gone[0]).await;
    let methods = "{ customer { paymentMethods { id last4 } } }";
    let none = paying.shop.ask(&jane, methods, json!({})).await;
    assert_eq!(none.at("/customer/paymentMethods"), json!([]), "{:#}", none.body);
    let without = Bought::of(&paying.pay(&jane, &made, 1, by("pm_card_visa")).await, &jane).expect("an order");
    assert_eq!((without.axes(&paying.shop).await.as_str(), customer()), (PAID, None));
    // The second time that one is deleted nothing of the first is in the way.
    for _ in 0..2 {
        let order = Bought::of(&paying.pay(&jane, &made, 1, saving("pm_card_visa")).await, &jane).expect("an order");
        assert_eq!(order.axes(&paying.shop).await, PAID);
        let now = customer().expect("another customer");
        assert!(!gone.contains(&now), "{now} in {gone:?}");
        let saved = paying.shop.ask(&jane, methods, json!({})).await.text("/customer/paymentMethods/0/id");
        let again = Bought::of(&paying.pay(&jane, &made, 1, by(&saved)).await, &jane).expect("an order");
        assert_eq!(again.axes(&paying.shop).await, PAID);
        delete(&paying, &now).await;
        gone.push(now);
    }
    assert_eq!(paying.stripe.book().kept(), 1_750);
}
