//! The fault table: what goes wrong at Stripe, what the shopper sees, what the books say, after how long. It is measured
//! against a served shop whose jobs run, with a time limit of one second for a call, and printed for docs/payments.md.

use std::time::{Duration, Instant};

use serde_json::json;
use stripe_stand_in::{Call, Fault, Options, StandIn};

use super::{borrowed, settings};
use crate::{
    make::catalog::Made,
    support::{Caller, Server},
};

/// One row to be measured.
struct Case {
    name: &'static str,
    faults: Vec<(Call, Fault)>,
    lost_messages: u32,
    /// Status and failure of the payment in the answer.
    seen: &'static str,
    /// The order's axes in the end.
    books: &'static str,
    /// What Stripe keeps in the end.
    kept: i64,
}

fn case(name: &'static str, faults: Vec<(Call, Fault)>, seen: &'static str, books: &'static str, kept: i64) -> Case {
    Case { name, faults, lost_messages: 0, seen, books, kept }
}

fn cases() -> Vec<Case> {
    const PAID: &str = "PROCESSING PAID";
    const OPEN: &str = "PENDING_PAYMENT PENDING";
    let silent = || Fault::SilenceAfterWork { milliseconds: 5_000 };
    let late = || Fault::LateWork { milliseconds: 1_500 };
    vec![
        case("none", vec![], "CAPTURED", PAID, 500),
        case(
            "declined",
            vec![(Call::Create, Fault::Decline { reason: "insufficient_funds".to_owned() })],
            "FAILED insufficient_funds",
            OPEN,
            0,
        ),
        case("charged, then silent", vec![(Call::Create, silent())], "PENDING", PAID, 500),
        Case {
            lost_messages: 9,
            ..case("charged, then silent, no message comes", vec![(Call::Create, silent())], "PENDING", PAID, 500)
        },
        case("500, nothing done", vec![(Call::Create, Fault::ErrorBeforeWork)], "PENDING", OPEN, 0),
        case("charged, then 500", vec![(Call::Create, Fault::ErrorAfterWork)], "PENDING", PAID, 500),
        Case {
            lost_messages: 9,
            ..case(
                "charged, then 500, no message comes",
                vec![(Call::Create, Fault::ErrorAfterWork)],
                "PENDING",
                PAID,
                500,
            )
        },
        case("charged, then the connection is cut", vec![(Call::Create, Fault::CutAfterWork)], "CAPTURED", PAID, 500),
        case("429", vec![(Call::Create, Fault::RateLimit)], "CAPTURED", PAID, 500),
        case(
            "one cent less than asked for",
            vec![(Call::Create, Fault::WrongAmount)],
            "FAILED amount_mismatch",
            OPEN,
            0,
        ),
        case("works on it for 1.5 s", vec![(Call::Create, late())], "PENDING", PAID, 500),
        Case {
            lost_messages: 9,
            ..case("works on it for 1.5 s, no message comes", vec![(Call::Create, late())], "PENDING", PAID, 500)
        },
        case(
            "every message twice",
            vec![
                (Call::Any, Fault::DoubleMessage),
                (Call::Any, Fault::DoubleMessage),
                (Call::Any, Fault::DoubleMessage),
            ],
            "CAPTURED",
            PAID,
            500,
        ),
        case(
            "the first message last",
            vec![(Call::Any, Fault::DelayMessage { milliseconds: 800 }), (Call::Create, late())],
            "PENDING",
            PAID,
            500,
        ),
    ]
}

async fn measure(server: &Server, stripe: &StandIn, made: &Made, case: &Case) -> String {
    stripe.behave();
    stripe.forget_messages();
    for (call, fault) in &case.faults {
        stripe.fault(*call, fault.clone());
    }
    if case.lost_messages > 0 {
        let fault = Fault::LoseMessage;
        stripe.script(stripe_stand_in::Scripted { call: Call::Any, fault, count: case.lost_messages });
    }
    let shop = &server.shop;
    let before = stripe.book().kept();
    let cart = shop.cart_with(&Caller::guest(), &[(made, 2)]).await;
    let began = Instant::now();
    let order = shop.complete(&cart).with("payment", super::by("pm_card_visa")).bought().await;
    let answered = began.elapsed();
    let seen = [&order.payment["status"], &order.payment["failureCode"]];
    let seen = seen.iter().filter_map(|value| value.as_str()).collect::<Vec<_>>().join(" ");
    // A message may be there before the answer is.
    let early = case.seen == "PENDING" && case.lost_messages == 0 && seen == "CAPTURED";
    assert!(seen == case.seen || early, "{}: {seen}", case.name);
    let settled = loop {
        let axes = order.axes(shop).await;
        let open = order.payments(shop).await.iter().any(|status| status == "PENDING");
        let kept = stripe.book().kept() - before;
        if axes.starts_with(case.books) && kept == case.kept && !open {
            break began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(30), "{}: {axes}, kept {kept}", case.name);
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let failure = order.now(shop).await["payments"][0]["failureCode"].as_str().unwrap_or("").to_owned();
    let (answered, settled) = (answered.as_secs_f64(), settled.as_secs_f64());
    let (name, books, kept) = (case.name, case.books, case.kept);
    format!("| {name} | {seen} | {answered:.2} s | {books} {failure} | {kept} | {settled:.2} s |")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_ends_with_an_order_that_is_paid_or_money_that_is_back() {
    let stripe = StandIn::start(Options::default()).await.expect("it starts");
    let mut settings = settings(&stripe);
    settings.push(("CARTWRIGHT_PAYMENT_CHASE_SECONDS".to_owned(), "2".to_owned()));
    let server = Server::with(&borrowed(&settings)).await;
    stripe.post_to(server.url("/webhooks/stripe"));
    let made = server.shop.stocked("Pen", 250, 500).await;
    let mut table = vec!["| fault | the shopper sees | after | the books say | Stripe keeps | after |".to_owned()];
    for case in cases() {
        table.push(measure(&server, &stripe, &made, &case).await);
    }
    println!("{}", table.join("\n"));
    let waiting = server.shop.guest("{ shop { name } }", json!({})).await;
    assert!(waiting.body.get("errors").is_none());
}
