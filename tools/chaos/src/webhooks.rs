//! The webhooks' detour: the bank posts to it, and it refuses, delays, loses the reply, and posts copies out of order.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use serde_json::Value;

use crate::{bank::GatewayName, random::Random};

/// What it does with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Treatment {
    Pass,
    Refuse,
    LoseReply,
    Delay,
}

/// The detour.
#[derive(Clone, Debug)]
pub struct Detour(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    address: SocketAddr,
    servers: Vec<SocketAddr>,
    gateway: GatewayName,
    http: reqwest::Client,
    seed: u64,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    calm: bool,
    counts: BTreeMap<&'static str, u64>,
    /// Each event's place in the order of first sight, and how often it was told.
    tries: BTreeMap<String, (usize, u64)>,
    stored: BTreeSet<String>,
}

impl Detour {
    /// Starts it on a free port, in front of the webhook routes of these servers.
    pub async fn start(servers: Vec<SocketAddr>, gateway: GatewayName, seed: u64) -> anyhow::Result<Self> {
        let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let http = reqwest::Client::builder().timeout(Duration::from_secs(4)).build()?;
        let address = listener.local_addr()?;
        let detour = Self(Arc::new(Shared { address, servers, gateway, http, seed, seen: Mutex::default() }));
        let routes = Router::new().route(&path(gateway), post(receive)).with_state(detour.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(detour)
    }

    /// Where the bank posts to.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.0.address, path(self.0.gateway))
    }

    /// No more mischief.
    pub fn calm(&self) {
        self.seen().calm = true;
    }

    /// What was done, by kind.
    pub fn counts(&self) -> BTreeMap<&'static str, u64> {
        self.seen().counts.clone()
    }

    /// The events that a server said it had stored.
    pub fn stored(&self) -> BTreeSet<String> {
        self.seen().stored.clone()
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.0.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn count(&self, what: &'static str) {
        *self.seen().counts.entry(what).or_default() += 1;
    }

    /// The fate of this attempt to tell of an event, and the copies that follow: how long after, and to whom.
    fn fate(&self, event: &str) -> (Treatment, Vec<(Duration, usize)>, usize) {
        let mut seen = self.seen();
        let place = seen.tries.len();
        let (place, tries) = seen.tries.entry(event.to_owned()).or_insert((place, 0));
        *tries += 1;
        // By its place, because the bank's ids are others in every run.
        let mut random = Random::new(self.0.seed, &format!("webhook {place} {tries}"));
        let server = random.below(self.0.servers.len());
        if seen.calm {
            return (Treatment::Pass, Vec::new(), server);
        }
        let fates =
            [(60, Treatment::Pass), (15, Treatment::Refuse), (15, Treatment::LoseReply), (10, Treatment::Delay)];
        let fate = random.weighted(&fates, Treatment::Pass);
        let copies = random.weighted(&[(60, 0), (25, 1), (15, 2)], 0);
        let copies =
            (0..copies).map(|_| (Duration::from_millis(random.between(10, 6_000)), random.below(self.0.servers.len())));
        (fate, copies.collect(), server)
    }

    async fn forward(&self, server: usize, signature: &str, body: &Bytes, event: &str) -> bool {
        let Some(address) = self.0.servers.get(server) else { return false };
        let request = self.0.http.post(format!("http://{address}{}", path(self.0.gateway)));
        let request = request.header("content-type", "application/json");
        let request = request.header(self.0.gateway.signature_header(), signature);
        let stored = request.body(body.clone()).send().await.is_ok_and(|answer| answer.status().is_success());
        if stored {
            self.seen().stored.insert(event.to_owned());
        }
        stored
    }
}

/// The route of a gateway's messages.
fn path(gateway: GatewayName) -> String {
    format!("/webhooks/{}", gateway.name())
}

async fn receive(State(detour): State<Detour>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers
        .get(detour.0.gateway.signature_header())
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let read: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let event = read["id"].as_str().unwrap_or_default().to_owned();
    let (fate, copies, server) = detour.fate(&event);
    for (after, server) in copies {
        detour.count("copies posted later");
        let (detour, signature, body, event) = (detour.clone(), signature.clone(), body.clone(), event.clone());
        tokio::spawn(async move {
            tokio::time::sleep(after).await;
            detour.forward(server, &signature, &body, &event).await;
        });
    }
    detour.count(match fate {
        Treatment::Pass => "passed",
        Treatment::Refuse => "refused",
        Treatment::LoseReply => "replies lost",
        Treatment::Delay => "delayed",
    });
    let lost = StatusCode::BAD_GATEWAY;
    match fate {
        Treatment::Refuse => return lost,
        Treatment::Delay => tokio::time::sleep(Duration::from_millis(1_500)).await,
        Treatment::Pass | Treatment::LoseReply => {}
    }
    let stored = detour.forward(server, &signature, &body, &event).await;
    if stored && fate != Treatment::LoseReply { StatusCode::OK } else { lost }
}
