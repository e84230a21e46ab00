//! What the clients saw: every answer in a file (NDJSON), what the checks need of it in memory, and what broke.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    sync::Mutex,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::client::{Answer, Call, bare, minor};

/// Answers kept to be asked for again at the end.
const MOST_KEPT: usize = 400;
/// Breaches of one kind that are told in full.
const MOST_TOLD: usize = 8;

/// An order that a client was told of.
#[derive(Clone, Debug)]
pub struct Acknowledged {
    pub operation: String,
    pub key: String,
    pub order: String,
    pub total: i64,
    /// Whether the client was told that it is placed.
    pub placed: bool,
}

/// An answer to ask for again.
#[derive(Clone, Debug)]
pub struct Kept {
    pub call: Call,
    pub raw: String,
}

/// The journal of a run.
#[derive(Debug)]
pub struct Journal {
    began: Instant,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    file: BufWriter<File>,
    counts: BTreeMap<String, u64>,
    acknowledged: Vec<Acknowledged>,
    kept: Vec<Kept>,
    /// What clients were told last of an order, by its version.
    told: BTreeMap<String, (i64, i64)>,
    /// Orders with the totals that were agreed to for them.
    agreed: Vec<(String, i64)>,
    /// Orders of one cart that was completed twice at once.
    pairs: Vec<(String, String)>,
    /// Orders that staff tried to edit.
    edited: BTreeSet<String>,
    /// Work that staff were told is done: what, with which order, under which key.
    done: BTreeSet<(&'static str, String, String)>,
    broken: BTreeMap<String, Vec<String>>,
    slowest_ms: u128,
    returns: Vec<Duration>,
}

impl Journal {
    /// A journal in this file.
    pub fn new(path: &Path) -> anyhow::Result<Self> {
        let inner = Inner {
            file: BufWriter::new(File::create(path)?),
            counts: BTreeMap::new(),
            acknowledged: Vec::new(),
            kept: Vec::new(),
            told: BTreeMap::new(),
            agreed: Vec::new(),
            pairs: Vec::new(),
            edited: BTreeSet::new(),
            done: BTreeSet::new(),
            broken: BTreeMap::new(),
            slowest_ms: 0,
            returns: Vec::new(),
        };
        Ok(Self { began: Instant::now(), inner: Mutex::new(inner) })
    }

    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Writes a line.
    pub fn line(&self, mut line: Value) {
        line["at_ms"] = json!(u64::try_from(self.began.elapsed().as_millis()).unwrap_or(0));
        let mut inner = self.inner();
        // A full disk must not stop the run; the checks read what is in memory.
        let _ = writeln!(inner.file, "{line}");
    }

    /// Counts something.
    pub fn count(&self, what: &str) {
        *self.inner().counts.entry(what.to_owned()).or_default() += 1;
    }

    /// What was counted.
    pub fn counts(&self) -> BTreeMap<String, u64> {
        self.inner().counts.clone()
    }

    /// Something that must never happen did.
    pub fn broke(&self, what: &str, how: String) {
        self.line(json!({ "broken": what, "how": how }));
        let mut inner = self.inner();
        let told = inner.broken.entry(what.to_owned()).or_default();
        if told.len() < MOST_TOLD {
            told.push(how);
        }
    }

    /// What broke so far.
    pub fn broken(&self) -> BTreeMap<String, Vec<String>> {
        self.inner().broken.clone()
    }

    /// A request was answered, with whatever.
    pub fn request(&self, call: &Call, status: u16, codes: &[String], took_ms: u128) {
        let mut inner = self.inner();
        *inner.counts.entry("requests".to_owned()).or_default() += 1;
        *inner.counts.entry(format!("status {status}")).or_default() += 1;
        for code in codes {
            *inner.counts.entry(format!("error {code}")).or_default() += 1;
        }
        inner.slowest_ms = inner.slowest_ms.max(took_ms);
        drop(inner);
        if status >= 500 {
            self.line(json!({ "op": call.operation, "kind": call.kind, "status": status, "codes": codes }));
        }
    }

    /// So long after PostgreSQL's return a server answered from it.
    pub fn returned(&self, after: Duration) {
        self.inner().returns.push(after);
    }

    /// How long servers needed to notice PostgreSQL's return.
    pub fn returns(&self) -> Vec<Duration> {
        self.inner().returns.clone()
    }

    /// The slowest answer.
    pub fn slowest_ms(&self) -> u128 {
        self.inner().slowest_ms
    }

    /// An answer that a client took as final.
    pub fn answer(&self, call: &Call, answer: &Answer) {
        let payload = answer.payload();
        let codes = answer.refusals();
        let (order, total) = (answer.order_id(), answer.order_total());
        let placed = matches!(payload["order"]["status"].as_str(), Some("PROCESSING" | "COMPLETED"));
        self.line(json!({
            "op": call.operation, "kind": call.kind, "key": call.key, "door": answer.door, "attempts": answer.attempts,
            "status": answer.status, "codes": codes, "errors": answer.codes(), "order": order, "total": total,
            "order_status": payload["order"]["status"], "cart_version": payload["cart"]["version"],
        }));
        let mut inner = self.inner();
        *inner.counts.entry(format!("did {}", call.kind)).or_default() += 1;
        for code in codes {
            *inner.counts.entry(format!("refused {code}")).or_default() += 1;
        }
        let of = if call.kind == "order" { payload } else { &payload["order"] };
        let told = (of["id"].as_str(), of["version"].as_i64(), of["totals"]["total"]["amount"].as_str());
        if let (Some(order), Some(version), Some(total)) = (told.0.map(bare), told.1, told.2.and_then(minor)) {
            let last = inner.told.entry(order).or_insert((version, total));
            *last = (*last).max((version, total));
        }
        if let (Some(order), Some(key), true) = (&order, &call.key, matches!(call.kind, "refundCreate" | "orderEdit")) {
            // Asked again for at the end it is told a second time.
            inner.done.insert((call.kind, order.clone(), key.clone()));
        }
        if let (Some(key), Some(order), Some(total), "checkoutComplete") = (&call.key, order, total, call.kind) {
            let (operation, key) = (call.operation.clone(), key.clone());
            inner.acknowledged.push(Acknowledged { operation, key, order, total, placed });
        }
        let keeps = call.key.is_some() && answer.status == 200 && answer.refusals().is_empty();
        if keeps && answer.codes().is_empty() && inner.kept.len() < MOST_KEPT {
            inner.kept.push(Kept { call: call.clone(), raw: answer.raw.clone() });
        }
    }

    /// The orders that clients were told of, each with the total that was told last: staff may have edited it since.
    pub fn acknowledged(&self) -> Vec<Acknowledged> {
        let inner = self.inner();
        let last = |told: &Acknowledged| {
            let total = inner.told.get(&told.order).map_or(told.total, |(_, total)| *total);
            Acknowledged { total, ..told.clone() }
        };
        inner.acknowledged.iter().map(last).collect()
    }

    /// A shopper agreed to a total, and got this order.
    pub fn agreed(&self, order: &str, total: i64) {
        self.inner().agreed.push((order.to_owned(), total));
    }

    /// What shoppers agreed to.
    pub fn agreements(&self) -> Vec<(String, i64)> {
        self.inner().agreed.clone()
    }

    /// A cart that was completed twice at once was answered with two orders.
    pub fn pair(&self, one: String, other: String) {
        self.inner().pairs.push((one, other));
    }

    /// The orders of such carts.
    pub fn pairs(&self) -> Vec<(String, String)> {
        self.inner().pairs.clone()
    }

    /// Staff are about to edit an order.
    pub fn edits(&self, order: &str) {
        self.inner().edited.insert(order.to_owned());
    }

    /// Whether staff may have edited an order.
    pub fn was_edited(&self, order: &str) -> bool {
        self.inner().edited.contains(order)
    }

    /// How often clients were told that this was done with an order.
    pub fn done(&self, kind: &'static str) -> BTreeMap<String, u64> {
        let mut times = BTreeMap::new();
        for (_, order, _) in self.inner().done.iter().filter(|(name, ..)| *name == kind) {
            *times.entry(order.clone()).or_default() += 1;
        }
        times
    }

    /// Answers to ask for again.
    pub fn kept(&self) -> Vec<Kept> {
        self.inner().kept.clone()
    }

    /// Writes everything out.
    pub fn flush(&self) {
        let _ = self.inner().file.flush();
    }
}
