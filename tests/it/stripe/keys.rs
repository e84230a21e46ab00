//! Keys: they fit together or the server does not start, and no text that leaves it holds one.

use std::net::SocketAddr;

use cartwright::config::{Reader, Settings};

use super::{Paying, borrowed, settings};

fn read(environment: &[(&str, &str)]) -> Result<Settings, String> {
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
    let read = Settings::read(Reader::new(environment, None), "sqlite://x.db".to_owned(), listen);
    read.map_err(|error| error.to_string())
}

#[test]
fn a_live_key_with_a_tests_webhook_is_refused_at_start_and_every_mistake_is_told_at_once() {
    let live = [("STRIPE_SECRET_KEY", "sk_live_wXyZ1234"), ("STRIPE_PUBLISHABLE_KEY", "pk_live_wXyZ1234")];
    let with = |secret| read(&[live.as_slice(), &[("STRIPE_WEBHOOK_SECRET", secret)]].concat());
    assert!(with("whsec_stand_in").expect_err("a test's").contains("nobody would hear of real payments"));
    assert!(with("whsec_9f8e7d6c5b4a39281706f5e4d3c2b1a0").is_ok());
    let wrong = read(&[
        ("STRIPE_SECRET_KEY", "sk_live_wXyZ1234"),
        ("STRIPE_PUBLISHABLE_KEY", "pk_test_wXyZ1234"),
        ("STRIPE_WEBHOOK_SECRET", "nonsense"),
        ("CARTWRIGHT_STRIPE_URL", "http://127.0.0.1:1"),
        ("CARTWRIGHT_MODE", "prod"),
    ])
    .expect_err("four mistakes");
    for part in ["4 mistake", "different modes", "whsec_", "must begin with https://", "CARTWRIGHT_MODE"] {
        assert!(wrong.contains(part), "{part} in {wrong}");
    }
    assert!(!wrong.contains("wXyZ1234") && !wrong.contains("nonsense"), "{wrong}");
}

#[test]
fn with_a_live_key_the_sandbox_takes_no_new_payment() {
    let settings = read(&[
        ("STRIPE_SECRET_KEY", "rk_live_wXyZ1234"),
        ("STRIPE_PUBLISHABLE_KEY", "pk_live_wXyZ1234"),
        ("STRIPE_WEBHOOK_SECRET", "whsec_9f8e7d6c5b4a39281706f5e4d3c2b1a0"),
    ]);
    let stripe = settings.expect("valid").stripe.expect("stripe");
    assert!(stripe.live);
    let gateways = cartwright::domain::payment::Gateways::default();
    assert_eq!(gateways.closed_for("sandbox").names().count(), 0);
}

#[tokio::test]
async fn no_secret_is_in_a_text_that_describes_the_server() {
    let paying = Paying::new().await;
    let texts = [
        format!("{:?}", paying.shop.app.settings),
        format!("{:?}", paying.shop.app.gateways),
        format!("{:?}", read(&borrowed(&settings(&paying.stripe)))),
    ];
    for text in texts {
        assert!(!text.contains("sk_test_stand_in") && !text.contains("whsec_stand_in"), "{text}");
    }
}
