//! A sink that remembers what it was given and fails when told to, and ways to make events.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use cartwright::platform::{
    outbox::{self, Deliverer, DeliveryError, EventSink, Fact, Published},
    tx,
};
use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use crate::support::TestShop;

/// A sink under test.
#[derive(Debug, Default)]
pub struct Recorder {
    pub taken: Mutex<Vec<Published>>,
    /// Events, by subject and sequence, that it refuses.
    pub refuses: Mutex<HashSet<(Uuid, i64)>>,
    pub away: Mutex<bool>,
    /// How long it takes over each event.
    pub slow: Mutex<Duration>,
}

#[async_trait::async_trait]
impl EventSink for Recorder {
    fn name(&self) -> &str {
        "recorder"
    }

    async fn deliver(&self, event: &Published) -> Result<(), DeliveryError> {
        let slow = *self.slow.lock().expect("unpoisoned");
        if !slow.is_zero() {
            tokio::time::sleep(slow).await;
        }
        if *self.away.lock().expect("unpoisoned") {
            return Err(DeliveryError::Unavailable("the broker is away".to_owned()));
        }
        if self.refuses.lock().expect("unpoisoned").contains(&(event.subject_id, event.subject_sequence)) {
            return Err(DeliveryError::Refused("too odd".to_owned()));
        }
        self.taken.lock().expect("unpoisoned").push(event.clone());
        Ok(())
    }
}

impl Recorder {
    /// What was taken, as subject and sequence, in order.
    pub fn seen(&self) -> Vec<(Uuid, i64)> {
        let taken = self.taken.lock().expect("unpoisoned");
        taken.iter().map(|event| (event.subject_id, event.subject_sequence)).collect()
    }

    /// The sequences taken of each subject, in the order of their first coming.
    pub fn first_seen(&self) -> BTreeMap<Uuid, Vec<i64>> {
        let mut seen: BTreeMap<Uuid, Vec<i64>> = BTreeMap::new();
        for (subject, sequence) in self.seen() {
            let of_subject = seen.entry(subject).or_default();
            if !of_subject.contains(&sequence) {
                of_subject.push(sequence);
            }
        }
        seen
    }

    pub fn refuse(&self, subject: Uuid, sequence: i64) {
        self.refuses.lock().expect("unpoisoned").insert((subject, sequence));
    }

    pub fn accept_all(&self) {
        self.refuses.lock().expect("unpoisoned").clear();
        *self.away.lock().expect("unpoisoned") = false;
    }
}

/// Delivers by hand.
pub fn deliverer(shop: &TestShop, sink: &Arc<Recorder>) -> Deliverer {
    let app = &shop.app;
    let sink: Arc<dyn EventSink> = Arc::<Recorder>::clone(sink);
    Deliverer::new(app.database.clone(), app.sources.clone(), sink, app.delivery_rules())
}

pub async fn tell(shop: &TestShop, tx: &DatabaseTransaction, subject: Uuid) {
    let fact = Fact { kind: "thing.changed", subject_type: "thing", subject_id: subject, data: json!({ "n": 1 }) };
    outbox::record(tx, &shop.app.sources, fact).await.expect("recorded");
}

/// One committed event.
pub async fn told(shop: &TestShop, subject: Uuid) {
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    tell(shop, &tx, subject).await;
    tx.commit().await.expect("committed");
}

pub async fn publish(shop: &TestShop) {
    while outbox::publish(&shop.app.database, &shop.app.sources).await.expect("published") > 0 {}
}

/// Waits until something is so.
pub async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    for _ in 0..600 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never came to this: {what}");
}
