//! A watcher of a subscription over server-sent events: it notes what it hears and comes back with its cursor.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    client::{Caller, bare},
    documents,
    journal::Journal,
    world::Doors,
};

/// Longest silence before a watcher asks anew: a stream whose server vanished is silent for ever.
const SILENCE: Duration = Duration::from_secs(6);

/// An event that was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub cursor: i64,
    pub order: String,
    pub kind: String,
}

/// What a watcher knows.
#[derive(Debug, Default)]
pub struct Notes {
    /// The cursor of the first message.
    pub from: Option<i64>,
    /// The cursor of the last one.
    pub at: Option<i64>,
    pub heard: Vec<Heard>,
    /// How often it came back.
    pub returns: u64,
}

/// A watcher.
#[derive(Clone, Debug)]
pub struct Watcher {
    pub name: String,
    field: &'static str,
    document: &'static str,
    variables: Value,
    caller: Caller,
    notes: Arc<Mutex<Notes>>,
}

impl Watcher {
    /// A watcher of all orders.
    pub fn of_feed(name: String, staff: &str) -> Self {
        let caller = Caller { bearer: Some(staff.to_owned()), order_token: None };
        let (field, document) = ("ordersFeed", documents::FEED);
        Self { name, field, document, variables: json!({}), caller, notes: Arc::default() }
    }

    /// A watcher of one order.
    pub fn of_order(name: String, order: &Value, caller: &Caller) -> Self {
        let (field, document) = ("orderUpdated", documents::ORDER_UPDATED);
        let variables = json!({ "id": order });
        Self { name, field, document, variables, caller: caller.clone(), notes: Arc::default() }
    }

    /// Its notes.
    pub fn notes(&self) -> std::sync::MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Watches, through one door after the other, for as long as it is polled.
    pub async fn watch(&self, doors: &Doors, first_door: usize, journal: &Arc<Journal>) {
        let Ok(http) = reqwest::Client::builder().connect_timeout(Duration::from_secs(2)).build() else { return };
        let mut door = first_door;
        loop {
            self.listen(&http, &doors.url(door), journal).await;
            journal.count("streams broken");
            self.notes().returns += 1;
            // Its own door for most of the time, so that both processes are heard.
            door = if door == first_door { first_door + 1 } else { first_door };
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
    }

    /// One stream, until it ends.
    async fn listen(&self, http: &reqwest::Client, url: &str, journal: &Arc<Journal>) {
        let mut variables = self.variables.clone();
        if let Some(at) = self.notes().at {
            variables["after"] = json!(at.to_string());
        }
        let body = json!({ "query": self.document, "variables": variables }).to_string();
        let mut request = http.post(url).header("content-type", "application/json");
        request = request.header("accept", "text/event-stream").body(body);
        if let Some(bearer) = &self.caller.bearer {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        if let Some(token) = &self.caller.order_token {
            request = request.header("x-order-access-token", token);
        }
        let Ok(Ok(mut stream)) = tokio::time::timeout(SILENCE, request.send()).await else { return };
        let mut pending = Vec::new();
        while let Ok(Ok(Some(piece))) = tokio::time::timeout(SILENCE, stream.chunk()).await {
            pending.extend_from_slice(&piece);
            while let Some(end) = pending.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = pending.drain(..=end).collect();
                let line = String::from_utf8_lossy(&line);
                if let Some(data) = line.trim_end().strip_prefix("data:")
                    && !self.take(data.trim(), journal)
                {
                    return;
                }
            }
        }
    }

    /// Notes a message; false: it is none, and the stream is of no more use.
    fn take(&self, data: &str, journal: &Arc<Journal>) -> bool {
        let message: Value = serde_json::from_str(data).unwrap_or(Value::Null);
        let update = &message["data"][self.field];
        let Some(cursor) = update["cursor"].as_str().and_then(|cursor| cursor.parse::<i64>().ok()) else {
            return data.is_empty();
        };
        let mut notes = self.notes();
        if let Some(kind) = update["event"]["type"].as_str() {
            if notes.at.is_some_and(|at| cursor <= at) {
                let how = format!("{}: {cursor} came after {:?}", self.name, notes.at);
                journal.broke("no watcher hears anything twice or out of order", how);
            }
            let order = update["order"]["id"].as_str().map(bare).unwrap_or_default();
            notes.heard.push(Heard { cursor, order, kind: kind.to_owned() });
        } else if notes.from.is_some() {
            journal.broke("a watcher that comes back gets no second first message", self.name.clone());
        }
        notes.from.get_or_insert(cursor);
        notes.at = Some(cursor);
        true
    }
}
