//! A client as a good front end has one: it repeats a request, with the same key, until it is answered.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{journal::Journal, world::Doors};

/// Longest wait for one answer. The server ends every request after ten seconds; it may be frozen for three of ours, and
/// the way to it may be slow.
const PATIENCE: Duration = Duration::from_secs(15);
/// Codes that say "not now".
const TRANSIENT: [&str; 5] =
    ["INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE", "REQUEST_TIMEOUT", "IDEMPOTENCY_IN_PROGRESS", "RATE_LIMITED"];
/// Codes that blame the client, who did nothing wrong.
const MISTAKES: [&str; 5] = ["BAD_REQUEST", "BAD_USER_INPUT", "FORBIDDEN", "UNAUTHENTICATED", "NOT_FOUND"];
/// Words of the machinery that no client may ever read.
const INSIDE: [&str; 15] = [
    "select ",
    "insert into",
    "update \"",
    "delete from",
    "sqlx",
    "sea_orm",
    "postgres",
    "redis",
    "duplicate key",
    "deadlock",
    "constraint",
    "connection refused",
    "panicked",
    "127.0.0.1",
    "pool timed out",
];

/// Who asks.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    pub bearer: Option<String>,
    pub order_token: Option<String>,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Call {
    pub operation: String,
    pub kind: &'static str,
    pub document: String,
    pub variables: Value,
    pub key: Option<String>,
    pub caller: Caller,
}

/// A final answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub kind: &'static str,
    pub status: u16,
    pub body: Value,
    pub raw: String,
    pub attempts: u32,
    pub door: usize,
}

impl Answer {
    /// What the one root field answered.
    pub fn payload(&self) -> &Value {
        &self.body["data"][self.kind]
    }

    /// The codes in `errors`.
    pub fn codes(&self) -> Vec<String> {
        let code = |error: &Value| error["extensions"]["code"].as_str().unwrap_or("?").to_owned();
        self.body["errors"].as_array().map(|errors| errors.iter().map(code).collect()).unwrap_or_default()
    }

    /// The codes of the refusals.
    pub fn refusals(&self) -> Vec<String> {
        let code = |error: &Value| error["code"].as_str().unwrap_or("?").to_owned();
        self.payload()["userErrors"].as_array().map(|errors| errors.iter().map(code).collect()).unwrap_or_default()
    }

    /// The bare id of its order.
    pub fn order_id(&self) -> Option<String> {
        self.payload()["order"]["id"].as_str().map(bare)
    }

    /// The total of its order, in minor units.
    pub fn order_total(&self) -> Option<i64> {
        self.payload()["order"]["totals"]["total"]["amount"].as_str().and_then(minor)
    }
}

/// The UUID within a global id.
pub fn bare(id: &str) -> String {
    let last = id.rsplit('/').next().unwrap_or(id);
    last.split(['.', '?']).next().unwrap_or(last).to_owned()
}

/// Minor units of an amount with at most two places.
pub fn minor(amount: &str) -> Option<i64> {
    let (whole, part) = amount.split_once('.').unwrap_or((amount, "0"));
    let part = format!("{part:0<2}");
    let cents: i64 = part.get(..2)?.parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 100 + cents)
}

/// Asks, and keeps asking.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    doors: Doors,
    journal: Arc<Journal>,
    over: Arc<AtomicBool>,
}

impl Client {
    /// A client of these doors that gives up when `over` is set.
    pub fn new(doors: Doors, journal: Arc<Journal>, over: Arc<AtomicBool>) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().timeout(PATIENCE).connect_timeout(Duration::from_secs(2)).build()?;
        Ok(Self { http, doors, journal, over })
    }

    /// Where it knocks.
    pub fn doors(&self) -> &Doors {
        &self.doors
    }

    /// Sends until it is answered, by turns through the doors. `None`: the run ended without an answer, which is a
    /// breach of its own when nothing was broken any more.
    pub async fn send(&self, call: &Call, first_door: usize) -> Option<Answer> {
        let mut attempts = 0;
        while !self.over.load(Ordering::Relaxed) {
            let door = first_door + usize::try_from(attempts).unwrap_or(0);
            attempts += 1;
            if let Some(mut answer) = self.try_once(call, door).await {
                answer.attempts = attempts;
                self.journal.answer(call, &answer);
                return Some(answer);
            }
            self.journal.count("tries again");
            tokio::time::sleep(Duration::from_millis(u64::from(attempts.min(10)) * 60)).await;
        }
        self.journal.count("gave up");
        self.journal.broke("every request is answered in the end", format!("{} {:?}", call.operation, call.key));
        None
    }

    /// One attempt; `None`: no answer, or one that says "not now".
    pub async fn try_once(&self, call: &Call, door: usize) -> Option<Answer> {
        let mut request = self.http.post(self.doors.url(door)).header("content-type", "application/json");
        if let Some(key) = &call.key {
            request = request.header("idempotency-key", key);
        }
        if let Some(bearer) = &call.caller.bearer {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        if let Some(token) = &call.caller.order_token {
            request = request.header("x-order-access-token", token);
        }
        let body = json!({ "query": call.document, "variables": call.variables }).to_string();
        let began = Instant::now();
        let answer = match request.body(body).send().await {
            Ok(answer) => answer,
            Err(error) => {
                self.journal.count("connections lost");
                if error.is_timeout() && !error.is_connect() {
                    let how = format!("{} at door {}: nothing after {PATIENCE:?}", call.operation, door % 2);
                    self.journal.broke("no request hangs", how);
                }
                return None;
            }
        };
        let status = answer.status().as_u16();
        let retry_after = answer.headers().contains_key("retry-after");
        let Ok(raw) = answer.text().await else {
            self.journal.count("replies lost");
            return None;
        };
        let body: Value = serde_json::from_str(&raw).unwrap_or(Value::Null);
        let answer = Answer { kind: call.kind, status, body, raw, attempts: 0, door: door % 2 };
        let codes = answer.codes();
        self.journal.request(call, status, &codes, began.elapsed().as_millis());
        self.look_inside(call, &answer, retry_after);
        let transient = status >= 500
            || status == 429
            || answer.body.is_null()
            || codes.iter().any(|code| TRANSIENT.contains(&code.as_str()));
        (!transient).then_some(answer)
    }

    /// Faults name nothing of the inside, and a 503 says when to come back.
    fn look_inside(&self, call: &Call, answer: &Answer, retry_after: bool) {
        if answer.status < 400 && answer.codes().is_empty() {
            return;
        }
        let told = if answer.body.is_null() { answer.raw.clone() } else { answer.body["errors"].to_string() };
        let lower = told.to_lowercase();
        if let Some(word) = INSIDE.iter().find(|word| lower.contains(*word)) {
            let told: String = told.chars().take(300).collect();
            self.journal.broke("no answer shows the inside", format!("{} says {word:?}: {told}", call.operation));
        }
        if answer.status == 503 && !retry_after {
            self.journal.broke("a 503 says when to come back", call.operation.clone());
        }
        if let Some(code) = answer.codes().iter().find(|code| MISTAKES.contains(&code.as_str())) {
            let told: String = told.chars().take(300).collect();
            self.journal.broke("an honest client makes no mistake", format!("{} {code}: {told}", call.operation));
        }
        if answer.codes().iter().any(|code| code == "IDEMPOTENCY_KEY_REUSED") {
            self.journal.broke("an honest retry is no other request", format!("{} {:?}", call.operation, call.key));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_become_minor_units_and_ids_bare() {
        assert_eq!(minor("749.95"), Some(74_995));
        assert_eq!(minor("10.5"), Some(1_050));
        assert_eq!(minor("10"), Some(1_000));
        assert_eq!(minor("x"), None);
        assert_eq!(bare("gid://cartwright/Cart/0190-ab.f00"), "0190-ab");
    }
}
