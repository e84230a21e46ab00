//! Delivery of events to sinks: at least once, in order for each subject; a poison event is parked and the others flow.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use cartwright::{
    jobs,
    platform::{
        outbox::{self, Deliverer, EventSink},
        sinks::FileSink,
        tx,
    },
};
use entity::platform::{event_delivery, event_sink, outbox_event};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tokio::sync::Notify;
use uuid::Uuid;

use super::sink::{Recorder, deliverer, publish, tell, told, until};
use crate::support::{TestShop, on_postgres};

const IMPATIENT: [(&str, &str); 4] = [
    ("CARTWRIGHT_EVENT_ATTEMPTS", "3"),
    ("CARTWRIGHT_EVENT_FIRST_GAP_SECONDS", "0.05"),
    ("CARTWRIGHT_EVENT_LONGEST_GAP_SECONDS", "0.2"),
    ("CARTWRIGHT_EVENT_INTERVAL_SECONDS", "0.05"),
];

async fn exceptions(shop: &TestShop) -> Vec<event_delivery::Model> {
    let rows = event_delivery::Entity::find().all(shop.app.database.reader()).await.expect("read");
    let mut rows = rows;
    rows.sort_by_key(|row| row.cursor);
    rows
}

async fn position(shop: &TestShop) -> i64 {
    let row = event_sink::Entity::find_by_id("recorder").one(shop.app.database.reader()).await.expect("read");
    row.map_or(0, |row| row.position)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_held_open_for_seconds_while_others_commit_gives_each_event_once_and_in_order() {
    let shop = Arc::new(TestShop::with(&IMPATIENT).await);
    let sink = Arc::new(Recorder::default());
    jobs::deliver_to(&shop.app, Arc::<Recorder>::clone(&sink), Arc::default());
    let (slow, undone) = (Uuid::now_v7(), Uuid::now_v7());
    let subjects: Vec<Uuid> = (0..4).map(|_| Uuid::now_v7()).collect();
    // SQLite has one writer: there the held transaction lets nobody commit beside it, so it is short.
    let held_for = Duration::from_millis(if on_postgres() { 4_000 } else { 200 });
    let of = Arc::clone(&shop);
    let holding = tokio::spawn(async move {
        let held = tx::begin(&of.app.database).await.expect("a transaction");
        tell(&of, &held, slow).await;
        tokio::time::sleep(held_for).await;
        tell(&of, &held, slow).await;
        held.commit().await.expect("committed");
    });
    let dropped = tx::begin(&shop.app.database).await.expect("a transaction");
    tell(&shop, &dropped, undone).await;
    dropped.rollback().await.expect("rolled back");
    for _ in 0..25 {
        for subject in &subjects {
            told(&shop, *subject).await;
        }
    }
    if on_postgres() {
        until("the others were delivered before the held ones", async || sink.seen().len() == 100).await;
        assert!(!holding.is_finished());
    }
    holding.await.expect("it ends");
    told(&shop, slow).await;
    until("everything is delivered", async || sink.seen().len() >= 103).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(sink.seen().len(), 103, "each once");
    let seen = sink.first_seen();
    assert_eq!(seen.get(&slow).map(Vec::as_slice), Some([1, 2, 3].as_slice()));
    assert_eq!(seen.get(&undone), None, "no event without a commit");
    for subject in subjects {
        assert_eq!(seen[&subject], (1..=25).collect::<Vec<_>>());
    }
    shop.app.jobs.finish().await;
}

#[tokio::test]
async fn a_poison_event_is_parked_after_its_attempts_and_only_its_own_subject_waits() {
    let shop = TestShop::still_with(&IMPATIENT).await;
    let (sink, poisoned, healthy) = (Arc::new(Recorder::default()), Uuid::now_v7(), Uuid::now_v7());
    let delivery = deliverer(&shop, &sink);
    sink.refuse(poisoned, 2);
    for _ in 0..4 {
        told(&shop, poisoned).await;
        told(&shop, healthy).await;
    }
    publish(&shop).await;
    until("the event is parked", async || {
        delivery.round().await.expect("a round");
        exceptions(&shop).await.first().is_some_and(|row| row.parked_at.is_some())
    })
    .await;
    assert_eq!(sink.first_seen()[&healthy], [1, 2, 3, 4]);
    assert_eq!(sink.first_seen()[&poisoned], [1]);
    let held = exceptions(&shop).await;
    assert_eq!(held.iter().map(|row| row.attempts).collect::<Vec<_>>(), [3, 0, 0]);
    assert_eq!(held[0].last_error.as_deref(), Some("too odd"));
    assert_eq!(position(&shop).await, 8);

    // Nothing of it is tried while it is parked; what comes of its subject waits, what comes of others flows.
    told(&shop, poisoned).await;
    told(&shop, healthy).await;
    publish(&shop).await;
    delivery.round().await.expect("a round");
    assert_eq!((sink.first_seen()[&healthy].len(), sink.first_seen()[&poisoned].len()), (5, 1));

    sink.accept_all();
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    assert!(outbox::replay(&tx, &shop.app.sources, held[0].id).await.expect("replayed"));
    tx.commit().await.expect("committed");
    assert_eq!(delivery.round().await.expect("a round"), 4);
    assert_eq!(sink.first_seen()[&poisoned], [1, 2, 3, 4, 5]);
    assert_eq!(sink.seen().len(), 10, "nothing twice");
    assert_eq!(exceptions(&shop).await, []);
}

#[tokio::test]
async fn discarding_a_parked_event_lets_those_behind_it_go_on() {
    let settings = [("CARTWRIGHT_EVENT_ATTEMPTS", "1")];
    let shop = TestShop::still_with(&settings).await;
    let (sink, subject) = (Arc::new(Recorder::default()), Uuid::now_v7());
    let delivery = deliverer(&shop, &sink);
    sink.refuse(subject, 1);
    sink.refuse(subject, 3);
    for _ in 0..4 {
        told(&shop, subject).await;
    }
    publish(&shop).await;
    delivery.round().await.expect("a round");
    let discard = async || {
        let parked = outbox::parked(shop.app.database.reader(), 10).await.expect("read");
        let tx = tx::begin(&shop.app.database).await.expect("a transaction");
        assert!(outbox::discard(&tx, &shop.app.sources, parked[0].id).await.expect("discarded"));
        assert!(!outbox::discard(&tx, &shop.app.sources, parked[0].id).await.expect("nothing to discard"));
        tx.commit().await.expect("committed");
        delivery.round().await.expect("a round");
    };
    discard().await;
    assert_eq!(sink.seen(), [(subject, 2)]);
    assert_eq!(exceptions(&shop).await.len(), 2, "the third is parked now, the fourth waits");
    discard().await;
    assert_eq!(sink.seen(), [(subject, 2), (subject, 4)]);
    assert_eq!(exceptions(&shop).await, []);
}

#[tokio::test]
async fn a_sink_that_is_away_parks_nothing_and_gets_everything_when_it_is_back() {
    let shop = TestShop::still_with(&[("CARTWRIGHT_EVENT_ATTEMPTS", "1")]).await;
    let sink = Arc::new(Recorder::default());
    let delivery = deliverer(&shop, &sink);
    *sink.away.lock().expect("unpoisoned") = true;
    let subjects: Vec<Uuid> = (0..3).map(|_| Uuid::now_v7()).collect();
    for _ in 0..150 {
        for subject in &subjects {
            told(&shop, *subject).await;
        }
    }
    publish(&shop).await;
    for _ in 0..5 {
        delivery.round().await.expect_err("nothing can be delivered");
    }
    assert_eq!((exceptions(&shop).await.len(), position(&shop).await), (0, 0));
    sink.accept_all();
    while delivery.round().await.expect("a round") > 0 {}
    assert_eq!(sink.seen().len(), 450);
    for subject in subjects {
        assert_eq!(sink.first_seen()[&subject], (1..=150).collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_deliver_to_one_sink_in_order_also_when_one_dies() {
    let mut settings = IMPATIENT.to_vec();
    settings.push(("CARTWRIGHT_JOB_LEASE_SECONDS", "1"));
    let shop = Arc::new(TestShop::with(&settings).await);
    let other = shop.beside(&settings, SocketAddr::from(([127, 0, 0, 1], 0))).await;
    let sink = Arc::new(Recorder::default());
    *sink.slow.lock().expect("unpoisoned") = Duration::from_millis(2);
    let doomed = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let (app, to) = (other.app.clone(), Arc::clone(&sink));
    let start = async move {
        jobs::start_worker(&app);
        jobs::deliver_to(&app, to, Arc::new(Notify::new()));
    };
    doomed.spawn(start).await.expect("it works");
    until("the other process delivers", async || other.app.leases.holds("events to recorder")).await;
    jobs::deliver_to(&shop.app, Arc::<Recorder>::clone(&sink), Arc::default());
    let subjects: Vec<Uuid> = (0..5).map(|_| Uuid::now_v7()).collect();
    let writers = subjects.iter().map(|subject| {
        let (shop, subject) = (Arc::clone(&shop), *subject);
        tokio::spawn(async move {
            for _ in 0..40 {
                told(&shop, subject).await;
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    until("some were delivered", async || sink.seen().len() > 20).await;
    // It dies in the middle of a batch: all its tasks end where they are.
    doomed.shutdown_background();
    for writer in writers {
        writer.await.expect("it ends");
    }
    let all = || sink.first_seen().values().map(Vec::len).sum::<usize>();
    until("everything is delivered", async || all() == 200).await;
    for subject in subjects {
        assert_eq!(sink.first_seen()[&subject], (1..=40).collect::<Vec<_>>(), "in order for each subject");
    }
    shop.app.jobs.finish().await;
}

#[tokio::test]
async fn a_file_gets_one_document_a_line_and_a_line_that_was_cut_is_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deep/events.ndjson");
    let path_text = path.display().to_string();
    let shop =
        TestShop::with(&[("CARTWRIGHT_EVENT_LOG", &path_text), ("CARTWRIGHT_EVENT_INTERVAL_SECONDS", "0.05")]).await;
    let made = shop.stocked("Pen", 250, 5).await;
    shop.order_of(&made, 1, "sandbox_ok").await;
    let lines = || -> Vec<Value> {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    };
    let of_orders = || lines().into_iter().filter(|line| line["subject"]["type"] == "order").collect::<Vec<_>>();
    until("the order's events are in the file", async || of_orders().len() == 2).await;
    shop.app.jobs.finish().await;
    let told = of_orders();
    let brief: Vec<_> = told.iter().map(|line| (line["type"].clone(), line["subject"]["sequence"].clone())).collect();
    assert_eq!(brief, [(json!("order.created"), json!(1)), (json!("order.paid"), json!(2))]);
    assert_eq!(told[0]["data"]["total_minor"], 250);
    let keys: Vec<&String> = told[0].as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["cursor", "data", "id", "occurredAt", "subject", "type"]);

    use std::io::Write;
    let mut file = std::fs::OpenOptions::new().append(true).open(&path).expect("the file");
    file.write_all(b"{\"cut").expect("written");
    drop(file);
    let before = lines().len();
    let sink = FileSink::new(path.clone());
    let events = outbox::events_of(
        shop.app.database.reader(),
        [entity::ids::EventId(Uuid::parse_str(told[0]["id"].as_str().expect("an id")).expect("a uuid"))],
    );
    for event in events.await.expect("read") {
        sink.deliver(&event).await.expect("taken");
    }
    sink.flush().await.expect("written");
    assert_eq!(lines().len(), before + 1, "the next line is whole");
}

#[tokio::test]
async fn what_a_dropped_round_took_is_not_delivered_a_second_time_by_the_next() {
    let (shop, folder) = (TestShop::still().await, tempfile::tempdir().expect("a folder"));
    let (path, subject) = (folder.path().join("events.ndjson"), Uuid::now_v7());
    told(&shop, subject).await;
    told(&shop, subject).await;
    publish(&shop).await;
    let rows = outbox_event::Entity::find().all(shop.app.database.reader()).await.expect("read");
    let events = outbox::events_of(shop.app.database.reader(), rows.iter().map(|row| row.id)).await.expect("read");
    let sink: Arc<dyn EventSink> = Arc::new(FileSink::new(path.clone()));
    // A round whose lease ended between taking and writing.
    for event in &events {
        sink.deliver(event).await.expect("taken");
    }
    let app = &shop.app;
    let delivery = Deliverer::new(app.database.clone(), app.sources.clone(), sink, app.delivery_rules());
    assert_eq!(delivery.round().await.expect("a round"), 2);
    let text = std::fs::read_to_string(&path).expect("the file");
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    assert_eq!(lines.map(|line| line["subject"]["sequence"].clone()).collect::<Vec<_>>(), [json!(1), json!(2)]);
}

#[tokio::test]
async fn a_redis_stream_gets_every_event_and_waits_for_a_redis_that_was_away() {
    let Some(mut redis) = crate::support::PrivateRedis::start() else { return };
    let url = redis.url();
    let settings = [
        ("CARTWRIGHT_REDIS_URL", url.as_str()),
        ("CARTWRIGHT_EVENT_STREAM", "shop-events"),
        ("CARTWRIGHT_EVENT_INTERVAL_SECONDS", "0.05"),
        ("CARTWRIGHT_REDIS_TIMEOUT_SECONDS", "1"),
    ];
    let shop = TestShop::with(&settings).await;
    let client = redis::Client::open(url.as_str()).expect("a client");
    let entries = async || -> Vec<Value> {
        let Ok(mut connection) = client.get_multiplexed_async_connection().await else { return Vec::new() };
        let range = redis::cmd("XRANGE").arg("shop-events").arg("-").arg("+").query_async(&mut connection).await;
        let range: Vec<(String, std::collections::HashMap<String, String>)> = range.unwrap_or_default();
        range.iter().map(|(_, fields)| serde_json::from_str(&fields["event"]).expect("JSON")).collect()
    };
    let subject = Uuid::now_v7();
    let sequences = async || -> Vec<i64> {
        let entries = entries().await.into_iter().filter(|entry| entry["subject"]["id"] == subject.to_string());
        entries.filter_map(|entry| entry["subject"]["sequence"].as_i64()).collect()
    };
    told(&shop, subject).await;
    told(&shop, subject).await;
    until("the stream has them", async || sequences().await == [1, 2]).await;
    redis.stop();
    for _ in 0..3 {
        told(&shop, subject).await;
    }
    until("the job fails", async || {
        let job = entity::platform::job::Entity::find_by_id("events to stream").one(shop.app.database.reader()).await;
        job.expect("read").is_some_and(|job| job.failures > 0)
    })
    .await;
    assert_eq!(exceptions(&shop).await, [], "nothing is parked");
    redis.resume();
    until("the stream has the rest", async || sequences().await == [3, 4, 5]).await;
    shop.app.jobs.finish().await;
}
