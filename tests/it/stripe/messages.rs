//! Stripe's messages: verified over the raw body, stored once, believed only after asking.

use cartwright::domain::checkout;
use entity::payment::webhook_event::{self, WebhookState};
use sea_orm::EntityTrait;
use stripe_gateway::{Client, ClientSettings};
use stripe_stand_in::{Call, Fault, Told, sign};

use super::{PAID, Paying, SECRET, WAITING, borrowed, settings};
use crate::{
    staying_up::Log,
    support::{Process, TestShop},
};

async fn post(process: &Process, signature: &str, body: &str) -> u16 {
    let request = reqwest::Client::new().post(format!("http://{}/webhooks/stripe", process.address));
    let request = request.header("stripe-signature", signature).body(body.to_owned());
    request.send().await.expect("an answer").status().as_u16()
}

async fn inbox(shop: &TestShop) -> Vec<webhook_event::Model> {
    webhook_event::Entity::find().all(shop.app.database.reader()).await.expect("the inbox")
}

#[tokio::test]
async fn a_message_needs_a_fresh_signature_of_its_raw_body_by_one_of_the_secrets() {
    let paying = Paying::new().await;
    let body = r#"{"id": "evt_1", "type": "payment_intent.succeeded", "data": {"object": {"id": "pi_1", "object": "payment_intent"}}}"#;
    let now = paying.shop.app.sources.now().timestamp();
    let good = sign(SECRET, now, body.as_bytes());
    for (signature, sent) in [
        ("", body.to_owned()),
        (sign("whsec_other", now, body.as_bytes()).as_str(), body.to_owned()),
        (sign(SECRET, now - 301, body.as_bytes()).as_str(), body.to_owned()),
        (sign(SECRET, now + 302, body.as_bytes()).as_str(), body.to_owned()),
        (good.as_str(), body.replace(": ", ":")),
        (sign(SECRET, now, b"{}").as_str(), "{}".to_owned()),
    ] {
        assert_eq!(post(&paying.process, signature, &sent).await, 400, "{signature}");
    }
    assert!(inbox(&paying.shop).await.is_empty());
    for _ in 0..2 {
        assert_eq!(post(&paying.process, &good, body).await, 200);
    }
    assert_eq!(inbox(&paying.shop).await.len(), 1, "stored once");
}

#[tokio::test]
async fn both_secrets_are_good_while_they_are_rotated() {
    let stripe = stripe_stand_in::StandIn::start(stripe_stand_in::Options::default()).await.expect("it starts");
    let mut both = settings(&stripe);
    both.retain(|(name, _)| name != "STRIPE_WEBHOOK_SECRET");
    both.push(("STRIPE_WEBHOOK_SECRET".to_owned(), "whsec_the_next_one, whsec_stand_in".to_owned()));
    let shop = TestShop::still_with(&borrowed(&both)).await;
    let process = Process::of(&shop).await;
    for (secret, status) in [("whsec_the_next_one", 200), (SECRET, 200), ("whsec_gone", 400)] {
        let body = format!(r#"{{"id": "evt_{secret}", "type": "ping", "data": {{"object": {{}}}}}}"#);
        let signature = sign(secret, shop.app.sources.now().timestamp(), body.as_bytes());
        assert_eq!(post(&process, &signature, &body).await, status, "{secret}");
    }
}

#[tokio::test]
async fn a_message_about_nothing_that_matters_here_is_stored_and_ignored() {
    let paying = Paying::new().await;
    let body =
        r#"{"id": "evt_1", "type": "customer.created", "data": {"object": {"id": "cus_1", "object": "customer"}}}"#;
    let signature = sign(SECRET, paying.shop.app.sources.now().timestamp(), body.as_bytes());
    assert_eq!(post(&paying.process, &signature, body).await, 200);
    paying.deliver().await;
    let stored = inbox(&paying.shop).await;
    assert_eq!((stored[0].state, stored[0].payload.as_str()), (WebhookState::Ignored, body));
}

#[tokio::test]
async fn a_message_that_lies_about_its_payment_is_not_believed() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 5).await;
    let order = paying.order_of(&made, 2, "pm_card_threeDSecure2Required").await;
    let intent = paying.stripe.book().intents[0].id.clone();
    let body = format!(
        r#"{{"id": "evt_1", "type": "payment_intent.succeeded", "data": {{"object": {{"id": "{intent}", "object":
        "payment_intent", "status": "succeeded", "amount_received": 500}}}}}}"#
    );
    let signature = sign(SECRET, paying.shop.app.sources.now().timestamp(), body.as_bytes());
    assert_eq!(post(&paying.process, &signature, &body).await, 200);
    checkout::process_messages(&paying.shop.app.checkout()).await.expect("looked at");
    assert_eq!(order.axes(&paying.shop).await, WAITING);
}

#[tokio::test]
async fn five_events_in_all_their_120_orders_and_each_twice_end_the_same() {
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 200).await;
    let settings = ClientSettings {
        url: paying.stripe.url(),
        secret_key: "sk_test_stand_in".to_owned(),
        timeout: std::time::Duration::from_secs(2),
    };
    let client = Client::new(settings).expect("a client");
    for (number, places) in permutations(&[0, 1, 2, 3, 4]).into_iter().enumerate() {
        let before = paying.stripe.told().len();
        // The money is held and the answer says 500: only messages can tell.
        paying.stripe.fault(Call::Create, Fault::ErrorAfterWork);
        let cart = paying.shop.cart_with(&crate::support::Caller::guest(), &[(&made, 1)]).await;
        let mut payment = super::by("pm_card_visa");
        payment["captureMethod"] = serde_json::json!("MANUAL");
        let order = paying.shop.complete(&cart).with("payment", payment).bought().await;
        assert_eq!(order.payments(&paying.shop).await, ["PENDING"]);
        let intent = paying.stripe.book().intents.last().expect("the newest").id.clone();
        client.capture_intent(&intent, 250, &format!("in the dashboard {number}")).await.expect("taken");
        let told: Vec<Told> = paying.stripe.told().split_off(before);
        assert_eq!(told.len(), 5, "{told:?}");
        for event in places.iter().flat_map(|place| [&told[*place], &told[*place]]) {
            let signature = paying.stripe.signature(&event.body);
            assert_eq!(post(&paying.process, &signature, &event.body).await, 200);
            checkout::process_messages(&paying.shop.app.checkout()).await.expect("looked at");
        }
        assert_eq!(order.axes(&paying.shop).await, PAID, "{places:?}");
        assert_eq!(order.timeline(&paying.shop).await, ["ORDER_CREATED", "ORDER_PAID"], "{places:?}");
        let sold = i64::try_from(number).expect("few") + 1;
        assert_eq!(paying.shop.stock_of(made.variants[0]).await, (200 - sold, 0), "{places:?}");
        assert_eq!(paying.stripe.book().kept(), 250 * sold, "{places:?}");
    }
    assert_eq!(inbox(&paying.shop).await.len(), 600);
}

/// The endpoint of the live mode beside a test key, or the other way around: to send it again would help nobody.
#[tokio::test]
async fn a_message_of_the_other_mode_is_taken_and_ignored_and_the_log_says_what_to_set() {
    let log = Log::of_the_program();
    let paying = Paying::new().await;
    let made = paying.shop.stocked("Pen", 250, 5).await;
    let order = paying.order_of(&made, 2, "pm_card_threeDSecure2Required").await;
    let intent = paying.stripe.book().intents[0].id.clone();
    paying.stripe.authenticate(&intent, true).expect("a way back");
    for (id, live, state, axes) in
        [("evt_of_live", true, WebhookState::Ignored, WAITING), ("evt_of_test", false, WebhookState::Processed, PAID)]
    {
        let body = serde_json::json!({
            "id": id, "type": "payment_intent.succeeded", "livemode": live,
            "data": { "object": { "id": intent, "object": "payment_intent" } },
        });
        let body = body.to_string();
        assert_eq!(post(&paying.process, &paying.stripe.signature(&body), &body).await, 200, "{id}");
        checkout::process_messages(&paying.shop.app.checkout()).await.expect("looked at");
        let stored = inbox(&paying.shop).await.into_iter().find(|message| message.provider_event_id == id);
        assert_eq!(stored.map(|message| message.state), Some(state), "{id}");
        assert_eq!(order.axes(&paying.shop).await, axes, "{id}");
        let told = log.lines_with(id);
        assert_eq!(told.len(), usize::from(live), "{told:?}");
        assert!(told.iter().all(|line| line.contains("WARN") && line.contains("STRIPE_WEBHOOK_SECRET")), "{told:?}");
    }
}

fn permutations(items: &[usize]) -> Vec<Vec<usize>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (place, first) in items.iter().enumerate() {
        let mut rest = items.to_vec();
        rest.remove(place);
        all.extend(permutations(&rest).into_iter().map(|tail| [vec![*first], tail].concat()));
    }
    all
}
