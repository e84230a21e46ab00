//! The gateway of a run: the shop's own sandbox, or Stripe's stand-in, which is told to fail.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::Context;
use clap::ValueEnum;
use serde_json::Value;
use stripe_stand_in::{Call, Fault, Options, StandIn};

use crate::{random::Random, services::Postgres};

/// The key of the stand-in's front ends.
pub const PUBLISHABLE_KEY: &str = "pk_test_chaos";
/// What signs its messages.
const WEBHOOK_SECRET: &str = "whsec_chaos";

/// Which gateway takes the money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum GatewayName {
    /// The shop's own, in its database.
    #[default]
    Sandbox,
    /// Stripe's stand-in, a server of its own.
    Stripe,
}

impl GatewayName {
    /// Its name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Stripe => "stripe",
        }
    }

    /// The header that it signs its messages with.
    pub const fn signature_header(self) -> &'static str {
        match self {
            Self::Sandbox => "x-sandbox-signature",
            Self::Stripe => "stripe-signature",
        }
    }
}

/// How a shopper pays.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// What the front end got from the gateway; `None`: its payment form does it.
    pub token: Option<&'static str>,
    /// What goes wrong with it at the gateway.
    pub trick: Option<fn() -> Fault>,
}

const fn token(token: &'static str) -> Way {
    Way { token: Some(token), trick: None }
}

const fn tricked(trick: fn() -> Fault) -> Way {
    Way { token: Some("pm_card_visa"), trick: Some(trick) }
}

/// Ways to pay by weight.
const SANDBOX: [(u64, Way); 8] = [
    (50, token("sandbox_ok")),
    (10, token("sandbox_declined")),
    (10, token("sandbox_late")),
    (8, token("sandbox_duplicate")),
    (8, token("sandbox_timeout")),
    (6, token("sandbox_challenge")),
    (4, token("sandbox_wrong_amount")),
    (4, token("sandbox_error")),
];
const STRIPE: [(u64, Way); 18] = [
    (36, token("pm_card_visa")),
    (6, token("pm_card_visa_chargeDeclinedInsufficientFunds")),
    (6, token("pm_card_authenticationRequired")),
    (2, token("pm_card_threeDSecureRequiredChargeDeclined")),
    (4, token("pm_card_pendingRefund")),
    (8, Way { token: None, trick: None }),
    (3, tricked(|| Fault::Decline { reason: "do_not_honor".to_owned() })),
    (6, tricked(|| Fault::SilenceAfterWork { milliseconds: 3_000 })),
    (4, tricked(|| Fault::ErrorBeforeWork)),
    (4, tricked(|| Fault::ErrorAfterWork)),
    (4, tricked(|| Fault::CutAfterWork)),
    (2, tricked(|| Fault::RateLimit)),
    (4, tricked(|| Fault::WrongAmount)),
    (6, tricked(|| Fault::LateWork { milliseconds: 1_500 })),
    (2, tricked(|| Fault::LateWork { milliseconds: 8_000 })),
    (4, tricked(|| Fault::LoseMessage)),
    (3, tricked(|| Fault::DelayMessage { milliseconds: 3_000 })),
    (3, tricked(|| Fault::DoubleMessage)),
];

/// What goes wrong with calls that nobody waits for: captures, cancellations, refunds, questions.
const TRICKS: [(u64, fn() -> Fault); 5] = [
    (3, || Fault::SilenceAfterWork { milliseconds: 2_000 }),
    (2, || Fault::ErrorBeforeWork),
    (3, || Fault::ErrorAfterWork),
    (3, || Fault::CutAfterWork),
    (1, || Fault::RateLimit),
];
const TRICKED: [(u64, Call); 5] =
    [(4, Call::Refund), (3, Call::Capture), (3, Call::Cancel), (4, Call::Read), (2, Call::Confirm)];

/// The gateway.
#[derive(Clone, Debug)]
pub enum Bank {
    Sandbox,
    Stripe(Stripe),
}

/// Stripe's stand-in and what was done to it.
#[derive(Clone, Debug)]
pub struct Stripe {
    stand_in: StandIn,
    address: SocketAddr,
    behaves: Arc<AtomicBool>,
    tricks: Arc<Mutex<BTreeMap<String, u64>>>,
}

/// A payment in the gateway's own book.
#[derive(Clone, Debug)]
pub struct Booked {
    /// The gateway's id.
    pub reference: String,
    /// Our payment's id.
    pub payment: String,
    /// The order's id, where the gateway keeps it.
    pub order: Option<String>,
    pub currency: String,
    pub status: String,
    /// In the currency's minor units, as the two that follow: the runs use none that Stripe counts otherwise.
    pub captured: i64,
    pub refunded: i64,
}

impl Bank {
    /// Starts it; its messages go there.
    pub async fn start(name: GatewayName, webhook_url: &str) -> anyhow::Result<Self> {
        match name {
            GatewayName::Sandbox => Ok(Self::Sandbox),
            GatewayName::Stripe => {
                let options = Options {
                    webhook_url: Some(webhook_url.to_owned()),
                    webhook_secret: WEBHOOK_SECRET.to_owned(),
                    ..Options::default()
                };
                let stand_in = StandIn::start(options).await.context("Stripe's stand-in")?;
                let url = stand_in.url();
                let address = url.trim_start_matches("http://").trim_end_matches('/').parse().context(url.clone())?;
                let (behaves, tricks) = (Arc::default(), Arc::default());
                Ok(Self::Stripe(Stripe { stand_in, address, behaves, tricks }))
            }
        }
    }

    /// Its name in the API.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sandbox => GatewayName::Sandbox.name(),
            Self::Stripe(_) => GatewayName::Stripe.name(),
        }
    }

    /// Where it listens, when it is a server of its own.
    pub const fn address(&self) -> Option<SocketAddr> {
        match self {
            Self::Sandbox => None,
            Self::Stripe(stripe) => Some(stripe.address),
        }
    }

    /// The settings of a server that reaches it by way of a proxy, if there is one.
    pub fn environment(&self, by: Option<SocketAddr>, webhook_url: &str) -> Vec<(String, String)> {
        let settings = match self {
            Self::Sandbox => vec![("CARTWRIGHT_SANDBOX_WEBHOOK_URL", webhook_url.to_owned())],
            Self::Stripe(stripe) => vec![
                ("CARTWRIGHT_STRIPE_URL", format!("http://{}/", by.unwrap_or(stripe.address))),
                ("STRIPE_SECRET_KEY", "sk_test_chaos".to_owned()),
                ("STRIPE_PUBLISHABLE_KEY", PUBLISHABLE_KEY.to_owned()),
                ("STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET.to_owned()),
            ],
        };
        settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// A way to pay; what goes wrong with it is prepared.
    pub fn way(&self, random: &mut Random) -> Option<&'static str> {
        match self {
            Self::Sandbox => random.weighted(&SANDBOX, token("sandbox_ok")).token,
            Self::Stripe(stripe) => {
                let way = random.weighted(&STRIPE, token("pm_card_visa"));
                way.trick.into_iter().for_each(|trick| stripe.play(Call::Create, trick()));
                way.token
            }
        }
    }

    /// A way to pay after one that failed.
    pub fn way_again(&self, random: &mut Random) -> &'static str {
        match self {
            Self::Sandbox => {
                random.weighted(&[(70, "sandbox_ok"), (15, "sandbox_declined"), (15, "sandbox_late")], "sandbox_ok")
            }
            Self::Stripe(stripe) => {
                let ways =
                    [(70, "pm_card_visa"), (15, "pm_card_visa_chargeDeclinedInsufficientFunds"), (15, "pm_card_visa")];
                if random.percent(15) {
                    stripe.play(Call::Create, Fault::LateWork { milliseconds: 1_500 });
                }
                random.weighted(&ways, "pm_card_visa")
            }
        }
    }

    /// Now and then something goes wrong with a call that no shopper waits for.
    pub fn tease(&self, random: &mut Random) {
        if let Self::Stripe(stripe) = self
            && random.percent(25)
        {
            let trick = random.weighted(&TRICKS, || Fault::ErrorAfterWork);
            stripe.play(random.weighted(&TRICKED, Call::Read), trick());
        }
    }

    /// From now on it works as it should.
    pub fn calm(&self) {
        if let Self::Stripe(stripe) = self {
            stripe.behaves.store(true, Ordering::Relaxed);
            stripe.stand_in.behave();
        }
    }

    /// What is done from time to time: refunds that were pending come to an end.
    pub fn tick(&self) {
        if let Self::Stripe(stripe) = self {
            stripe.stand_in.settle_refunds();
        }
    }

    /// Whether it has something to tell or to finish. What it failed to tell before is tried again now.
    pub fn is_busy(&self, postgres: &Postgres) -> anyhow::Result<bool> {
        match self {
            Self::Sandbox => {
                let rows = postgres
                    .query("SELECT count(*) AS n FROM sandbox_webhook WHERE sent_at IS NULL AND attempts < 12")?;
                Ok(rows.iter().any(|row| row["n"].as_i64() != Some(0)))
            }
            Self::Stripe(stripe) => {
                stripe.stand_in.hurry_messages();
                Ok(!stripe.stand_in.is_quiet())
            }
        }
    }

    /// Its book of payments.
    pub fn book(&self, postgres: &Postgres) -> anyhow::Result<Vec<Booked>> {
        match self {
            Self::Sandbox => {
                let rows = postgres.query(
                    "SELECT reference, idempotency_key, currency, status, captured_minor, refunded_minor FROM sandbox_intent",
                )?;
                Ok(rows.iter().map(of_sandbox).collect())
            }
            Self::Stripe(stripe) => Ok(stripe.book()),
        }
    }

    /// What went wrong on purpose, by kind.
    pub fn tricks(&self) -> BTreeMap<String, u64> {
        match self {
            Self::Sandbox => BTreeMap::new(),
            Self::Stripe(stripe) => stripe.tricks().clone(),
        }
    }
}

fn of_sandbox(row: &Value) -> Booked {
    let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let number = |name: &str| row[name].as_i64().unwrap_or_default();
    Booked {
        reference: text("reference"),
        payment: text("idempotency_key"),
        order: None,
        currency: text("currency"),
        status: text("status"),
        captured: number("captured_minor"),
        refunded: number("refunded_minor"),
    }
}

impl Stripe {
    fn tricks(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, u64>> {
        self.tricks.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn play(&self, call: Call, trick: Fault) {
        if self.behaves.load(Ordering::Relaxed) {
            return;
        }
        let name = serde_json::to_value(&trick).ok().and_then(|trick| trick["fault"].as_str().map(str::to_owned));
        *self.tricks().entry(name.unwrap_or_default()).or_default() += 1;
        self.stand_in.fault(call, trick);
    }

    fn book(&self) -> Vec<Booked> {
        let book = self.stand_in.book();
        let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for charge in &book.charges {
            let sum = sums.entry(&charge.intent).or_default();
            *sum = (sum.0 + charge.captured, sum.1 + charge.refunded);
        }
        let booked = book.intents.iter().map(|intent| {
            let (captured, refunded) = sums.get(intent.id.as_str()).copied().unwrap_or_default();
            Booked {
                reference: intent.id.clone(),
                payment: intent.metadata.get("cartwright_payment").cloned().unwrap_or_default(),
                order: intent.metadata.get("cartwright_order").cloned(),
                currency: intent.currency.to_uppercase(),
                status: intent.status.clone(),
                captured,
                refunded,
            }
        });
        booked.collect()
    }
}
