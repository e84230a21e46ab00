//! Events and their webhooks: at least once, retried with growing gaps.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::faults::{Fault, Script};

const MOST_ATTEMPTS: u32 = 12;

/// An event that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its id.
    pub id: String,
    /// Its type, such as `payment_intent.succeeded`.
    pub kind: String,
    /// The id of the object it is about.
    pub about: String,
    /// The payment intent it is about.
    pub intent: Option<String>,
    /// The body that is posted.
    pub body: String,
}

#[derive(Debug)]
struct Delivery {
    event: usize,
    due: Instant,
    attempts: u32,
}

/// Every event, and what is still to be posted.
#[derive(Debug, Default)]
pub struct Outbox {
    told: Vec<Told>,
    waiting: Vec<Delivery>,
}

impl Outbox {
    /// Notes that something happened; it is posted as the script lets it.
    pub fn add(&mut self, script: &mut Script, now: i64, kind: &str, object: Value) {
        let id = format!("evt_3Stand{:018}", self.told.len() + 1);
        let about = object["id"].as_str().unwrap_or_default().to_owned();
        let intent = object["payment_intent"].as_str().map(str::to_owned);
        let intent = intent.or_else(|| about.starts_with("pi_").then(|| about.clone()));
        let event = json!({
            "id": id, "object": "event", "api_version": "2026-09-30.endive", "created": now, "data": { "object": object },
            "livemode": false, "pending_webhooks": 1, "request": { "id": null, "idempotency_key": null }, "type": kind,
        });
        self.told.push(Told { id, kind: kind.to_owned(), about, intent, body: event.to_string() });
        let (copies, gap) = match script.for_message() {
            Some(Fault::LoseMessage) => (0, 0),
            Some(Fault::DoubleMessage) => (2, 0),
            Some(Fault::DelayMessage { milliseconds }) => (1, milliseconds),
            _ => (1, 0),
        };
        for _ in 0..copies {
            let due = Instant::now() + Duration::from_millis(gap);
            self.waiting.push(Delivery { event: self.told.len() - 1, due, attempts: 0 });
        }
    }

    /// Everything that happened.
    pub fn told(&self) -> &[Told] {
        &self.told
    }

    /// Takes what is due, in the order of time; what cannot be delivered comes back by [`Self::again`].
    pub fn take_due(&mut self) -> Vec<(Told, u32)> {
        let now = Instant::now();
        let (mut due, waiting): (Vec<_>, Vec<_>) = self.waiting.drain(..).partition(|delivery| delivery.due <= now);
        self.waiting = waiting;
        due.sort_by_key(|delivery| (delivery.due, delivery.event));
        due.into_iter().map(|delivery| (self.told[delivery.event].clone(), delivery.attempts)).collect()
    }

    /// Posts an event again later.
    pub fn again(&mut self, event: &Told, attempts: u32) {
        let known = self.told.iter().position(|told| told.id == event.id);
        if let Some(event) = known.filter(|_| attempts < MOST_ATTEMPTS) {
            let gap = Duration::from_millis(250 << attempts.min(12));
            self.waiting.push(Delivery { event, due: Instant::now() + gap, attempts });
        }
    }

    /// Whether anything is still to be posted.
    pub fn is_quiet(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Everything that waits is due now.
    pub fn hurry(&mut self) {
        self.waiting.iter_mut().for_each(|delivery| delivery.due = Instant::now());
    }

    /// Lets everything that waits go: nobody will be told.
    pub fn forget(&mut self) {
        self.waiting.clear();
    }
}
