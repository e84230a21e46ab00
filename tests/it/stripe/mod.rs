//! Payments by Stripe, against the stand-in in this process: the same client, the same HTTP, the same signed messages.

mod away;
mod faults;
mod given_back;
mod holds;
mod keys;
mod least;
mod logs;
mod messages;
mod not_now;
mod odd;
mod paying;
mod reconciling;
mod saving;
mod steps;
mod waiting;

use cartwright::domain::checkout;
use serde_json::{Value, json};
use stripe_gateway::{Client, ClientSettings};
use stripe_stand_in::{Options, StandIn};

use crate::{
    make::{catalog::Made, checkout::Bought},
    support::{Answer, Caller, Process, TestShop},
};

const PAID: &str = "PROCESSING PAID UNFULFILLED";
const WAITING: &str = "PENDING_PAYMENT PENDING UNFULFILLED";
const SECRET: &str = "whsec_stand_in";

/// The settings of a shop that pays at this stand-in.
fn settings(stripe: &StandIn) -> Vec<(String, String)> {
    [
        ("STRIPE_SECRET_KEY", "sk_test_stand_in".to_owned()),
        ("STRIPE_PUBLISHABLE_KEY", "pk_test_stand_in".to_owned()),
        ("STRIPE_WEBHOOK_SECRET", SECRET.to_owned()),
        ("CARTWRIGHT_STRIPE_URL", stripe.url()),
        ("CARTWRIGHT_GATEWAY_TIMEOUT_SECONDS", "1".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

fn borrowed(settings: &[(String, String)]) -> Vec<(&str, &str)> {
    settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// A still shop, its stand-in, and the process that hears the messages.
pub struct Paying {
    pub shop: TestShop,
    pub stripe: StandIn,
    process: Process,
}

impl Paying {
    pub async fn new() -> Self {
        let stripe = StandIn::start(Options { posts_by_itself: false, ..Options::default() }).await.expect("it starts");
        let shop = TestShop::still_with(&borrowed(&settings(&stripe))).await;
        let process = Process::of(&shop).await;
        stripe.post_to(format!("http://{}/webhooks/stripe", process.address));
        Self { shop, stripe, process }
    }

    /// Completes a cart with some units, paid as told.
    async fn pay(&self, caller: &Caller, made: &Made, units: i64, payment: Value) -> Answer {
        let cart = self.shop.cart_with(caller, &[(made, units)]).await;
        self.shop.complete(&cart).caller(caller).with("payment", payment).send().await
    }

    /// A guest's order of some units, paid with this payment method.
    pub async fn order_of(&self, made: &Made, units: i64, method: &str) -> Bought {
        let answer = self.pay(&Caller::guest(), made, units, by(method)).await;
        Bought::of(&answer, &Caller::guest()).unwrap_or_else(|| panic!("no order in {:#}", answer.body))
    }

    /// Lets Stripe post what is due, and the shop look at what came.
    pub async fn deliver(&self) -> usize {
        let mut taken = 0;
        loop {
            let now = self.stripe.deliver().await;
            taken += now;
            if now == 0 {
                break;
            }
        }
        checkout::process_messages(&self.shop.app.checkout()).await.expect("the messages are looked at");
        taken
    }

    /// Lets time pass for both.
    pub fn pass(&self, seconds: i64) {
        self.shop.pass(seconds);
        self.stripe.pass(seconds);
    }

    /// What is read of an order's payments.
    pub async fn payments(&self, order: &Bought) -> Value {
        let document = "query($id: ID!) { order(id: $id) { payments { status clientSecret failureCode \
                        nextAction { url } capturedAmount { amount } refundedAmount { amount } } } }";
        self.shop.ask(&order.caller, document, json!({ "id": order.id })).await.at("/order/payments")
    }
}

/// The client of somebody who does things at Stripe that the shop does not know of.
fn client(paying: &Paying) -> Client {
    let (url, secret_key) = (paying.stripe.url(), "sk_test_stand_in".to_owned());
    Client::new(ClientSettings { url, secret_key, timeout: std::time::Duration::from_secs(2) }).expect("a client")
}

/// Paying with this payment method.
fn by(method: &str) -> Value {
    json!({ "gateway": "stripe", "token": method, "returnUrl": "https://shop.example/thanks?step=3" })
}
