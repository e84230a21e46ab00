//! Messages of the gateway: stored once, believed only after asking.

use cartwright::domain::{
    checkout,
    payment::{GatewayState, GatewayStatus, sandbox::Signer},
};
use entity::{
    money::Money,
    payment::webhook_event::{self, WebhookState},
};
use sea_orm::EntityTrait;

use crate::support::{Process, TestShop};

fn body(event: &str, reference: &str) -> String {
    format!("{{\"id\": \"{event}\", \"type\": \"payment.updated\", \"reference\": \"{reference}\"}}")
}

fn signed(shop: &TestShop, body: &str) -> String {
    Signer::new(&shop.app.capability_keys).sign(body.as_bytes(), shop.app.sources.now())
}

async fn inbox(shop: &TestShop) -> Vec<webhook_event::Model> {
    webhook_event::Entity::find().all(shop.app.database.reader()).await.expect("the inbox")
}

#[tokio::test]
async fn a_message_without_a_good_fresh_signature_of_its_raw_body_is_refused() {
    let shop = TestShop::still().await;
    let process = Process::of(&shop).await;
    let body = body("evt_1", "sbx_1");
    let good = signed(&shop, &body);
    assert_eq!(process.message(None, &body).await, 400);
    let nonsense = ["", "nonsense", "t=1,v1=00", "t=-9223372036854775808,v1=00", "t=,v1=", "v1=00"];
    for bad in nonsense {
        assert_eq!(process.message(Some(bad), &body).await, 400, "{bad}");
    }
    assert_eq!(process.message(Some(&good), &body.replace(": ", ":")).await, 400, "written again");
    // The clock goes on beside these jumps: a slow machine must not bring it back into the 300 seconds.
    shop.pass(360);
    assert_eq!(process.message(Some(&good), &body).await, 400, "too old");
    shop.pass(-720);
    assert_eq!(process.message(Some(&good), &body).await, 400, "ahead of its time");
    shop.pass(360);
    assert_eq!(process.message(Some(&format!("{good},v1=00")), &body).await, 200, "one good one is enough");
    let empty = "{}";
    assert_eq!(process.message(Some(&signed(&shop, empty)), empty).await, 400);
    assert_eq!(inbox(&shop).await.len(), 1);
}

#[tokio::test]
async fn a_message_of_something_unknown_is_stored_and_ignored() {
    let shop = TestShop::still().await;
    let process = Process::of(&shop).await;
    let body = body("evt_1", "sbx_of_nobody");
    assert_eq!(process.message(Some(&signed(&shop, &body)), &body).await, 200);
    process.deliver().await;
    let stored = inbox(&shop).await;
    assert_eq!(stored.len(), 1);
    assert_eq!((stored[0].state, stored[0].payload.as_str()), (WebhookState::Ignored, body.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_message_ten_times_at_once_in_two_processes_is_stored_once_and_has_one_effect() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let (here, there) = (Process::of(&shop).await, Process::beside(&shop).await);
    let order = shop.order_of(&made, 2, "sandbox_challenge").await;
    let reference = shop.book().await[0].reference.clone();
    shop.app.sandbox.answer_challenge(&reference, true).await.expect("answered");
    let body = body("evt_1", &reference);
    let signature = signed(&shop, &body);
    let sent = (0..10).map(|number| {
        let process = if number % 2 == 0 { &here } else { &there };
        process.message(Some(&signature), &body)
    });
    assert_eq!(futures::future::join_all(sent).await, [200; 10]);
    assert_eq!(inbox(&shop).await.len(), 1);
    let (one, two) = (here.app.checkout(), there.app.checkout());
    let process = checkout::process_messages;
    let (one, two) = tokio::join!(process(&one), process(&two));
    assert!(one.expect("processed") + two.expect("processed") >= 1);
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(order.timeline(&shop).await, ["ORDER_CREATED", "PAYMENT_ACTION_REQUIRED", "ORDER_PAID"]);
    assert_eq!((shop.taken().await, shop.stock_of(made.variants[0]).await), (500, (3, 0)));
    assert_eq!(inbox(&shop).await[0].state, WebhookState::Processed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_comes_while_the_payment_still_runs_places_the_order_once() {
    let settings = [("CARTWRIGHT_GATEWAY_TIMEOUT_SECONDS", "2"), ("CARTWRIGHT_SANDBOX_SILENCE_SECONDS", "1")];
    let shop = std::sync::Arc::new(TestShop::still_with(&settings).await);
    let made = shop.stocked("Pen", 250, 5).await;
    let process = Process::of(&shop).await;
    let buying = tokio::spawn({
        let (shop, made) = (std::sync::Arc::clone(&shop), made.clone());
        async move { shop.order_of(&made, 2, "sandbox_timeout").await }
    });
    let reference = loop {
        match shop.book().await.first() {
            Some(intent) => break intent.reference.clone(),
            None => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
        }
    };
    let body = body("evt_1", &reference);
    assert_eq!(process.message(Some(&signed(&shop, &body)), &body).await, 200);
    process.deliver().await;
    let order = buying.await.expect("it ends");
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(order.timeline(&shop).await, ["ORDER_CREATED", "ORDER_PAID"]);
    assert_eq!((shop.taken().await, shop.stock_of(made.variants[0]).await), (500, (3, 0)));
}

#[tokio::test]
async fn a_message_that_cannot_be_stored_is_not_taken_so_that_it_is_sent_again() {
    let shop = TestShop::still().await;
    let process = Process::beside(&shop).await;
    process.app.database.clone().close().await.expect("the database goes away");
    let body = body("evt_1", "sbx_1");
    assert_eq!(process.message(Some(&signed(&shop, &body)), &body).await, 503);
    assert!(inbox(&shop).await.is_empty());
}

#[tokio::test]
async fn five_reports_of_a_payment_in_any_order_and_each_twice_end_the_same() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 200).await;
    let reports = [
        (GatewayStatus::Processing, 0, 0),
        (GatewayStatus::RequiresAction, 0, 0),
        (GatewayStatus::Failed, 0, 0),
        (GatewayStatus::Authorized, 250, 0),
        (GatewayStatus::Captured, 250, 250),
    ];
    let gateway = shop.app.gateways.get("sandbox").expect("the sandbox");
    for (number, order_of_reports) in permutations(&reports).into_iter().enumerate() {
        let order = shop.order_of(&made, 1, "sandbox_late").await;
        let reference = shop.book().await.last().expect("the newest").reference.clone();
        let known = gateway.fetch(&reference).await.expect("an answer").expect("known");
        let money = |minor| Money::new(minor, known.authorized.currency);
        for (status, authorized, captured) in order_of_reports.iter().flat_map(|report| [report, report]) {
            let (authorized, captured) = (money(*authorized), money(*captured));
            let told = GatewayState { status: *status, authorized, captured, ..known.clone() };
            let payment_id = known.payment_id.expect("ours");
            checkout::settle(&shop.app.checkout(), payment_id, &told).await.expect("settled");
        }
        assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED", "{order_of_reports:?}");
        assert_eq!(order.payments(&shop).await, ["CAPTURED"], "{order_of_reports:?}");
        let sold = i64::try_from(number).expect("few") + 1;
        assert_eq!(shop.stock_of(made.variants[0]).await, (200 - sold, 0), "{order_of_reports:?}");
    }
}

fn permutations<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for place in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(place);
        for mut tail in permutations(&rest) {
            tail.insert(0, first.clone());
            all.push(tail);
        }
    }
    all
}
