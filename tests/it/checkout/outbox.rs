//! The outbox: whatever is committed is told, in one order, to everybody, once.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use cartwright::platform::{
    outbox::{self, Fact, Published, Scope, Tail},
    tx,
};
use entity::platform::outbox_event;
use futures::{Stream, StreamExt};
use sea_orm::{DatabaseTransaction, EntityTrait};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Process, TestShop, on_postgres};

async fn tell(shop: &TestShop, tx: &DatabaseTransaction, subject: Uuid) {
    let fact = Fact { kind: "thing.changed", subject_type: "thing", subject_id: subject, data: json!({}) };
    outbox::record(tx, &shop.app.sources, fact).await.expect("recorded");
}

async fn told(shop: &TestShop, subject: Uuid) {
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    tell(shop, &tx, subject).await;
    tx.commit().await.expect("committed");
}

async fn publish(shop: &TestShop) -> usize {
    outbox::publish(&shop.app.database, &shop.app.sources).await.expect("published")
}

/// The next events of a stream, as many as come within a moment.
async fn heard(stream: &mut (impl Stream<Item = Arc<Published>> + Unpin)) -> Vec<(i64, Uuid, i64)> {
    let mut events = Vec::new();
    while let Ok(Some(event)) = tokio::time::timeout(Duration::from_millis(200), stream.next()).await {
        events.push((event.cursor, event.subject_id, event.subject_sequence));
    }
    events
}

#[tokio::test]
async fn a_transaction_held_open_while_later_ones_commit_loses_nothing() {
    if !on_postgres() {
        // SQLite has one writer: nothing commits beside an open transaction.
        let shop = TestShop::still().await;
        let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
        told(&shop, one).await;
        told(&shop, two).await;
        assert_eq!((publish(&shop).await, publish(&shop).await), (2, 0));
        return;
    }
    let shop = TestShop::still().await;
    let (slow, fast) = (Uuid::now_v7(), Uuid::now_v7());
    let stream = outbox::follow(&shop.app.database, &shop.app.bus, Scope::SubjectType("thing"), 0);
    let mut stream = Box::pin(stream);
    let held = tx::begin(&shop.app.database).await.expect("a transaction");
    tell(&shop, &held, slow).await;
    told(&shop, fast).await;
    told(&shop, fast).await;
    assert_eq!(publish(&shop).await, 2);
    assert_eq!(heard(&mut stream).await, [(1, fast, 1), (2, fast, 2)]);
    held.commit().await.expect("committed");
    let tail = Tail::from_end(&shop.app.database).await.expect("a tail");
    assert_eq!(publish(&shop).await, 1);
    tail.advance(&shop.app.database, &shop.app.bus).await.expect("dispatched");
    assert_eq!(heard(&mut stream).await, [(3, slow, 1)], "its position is lower, its cursor is not");
}

#[tokio::test]
async fn a_follower_with_a_cursor_hears_each_later_event_once() {
    let shop = TestShop::still().await;
    let (subject, other) = (Uuid::now_v7(), Uuid::now_v7());
    let tail = Tail::from_end(&shop.app.database).await.expect("a tail");
    for _ in 0..4 {
        told(&shop, subject).await;
        told(&shop, other).await;
    }
    publish(&shop).await;
    let mut stream = Box::pin(outbox::follow(&shop.app.database, &shop.app.bus, Scope::Subject(subject), 3));
    assert_eq!(heard(&mut stream).await, [(5, subject, 3), (7, subject, 4)]);
    // What the follower read already comes from the bus as well, and is not told again.
    tail.advance(&shop.app.database, &shop.app.bus).await.expect("dispatched");
    assert_eq!(heard(&mut stream).await, []);
    told(&shop, subject).await;
    publish(&shop).await;
    tail.advance(&shop.app.database, &shop.app.bus).await.expect("dispatched");
    assert_eq!(heard(&mut stream).await, [(9, subject, 5)]);
}

#[tokio::test]
async fn a_follower_that_falls_behind_reads_again_what_the_bus_dropped() {
    let shop = TestShop::still().await;
    let subject = Uuid::now_v7();
    let tail = Tail::from_end(&shop.app.database).await.expect("a tail");
    let mut stream = Box::pin(outbox::follow(&shop.app.database, &shop.app.bus, Scope::Subject(subject), 0));
    told(&shop, subject).await;
    publish(&shop).await;
    tail.advance(&shop.app.database, &shop.app.bus).await.expect("dispatched");
    assert_eq!(heard(&mut stream).await.len(), 1);
    for _ in 0..60 {
        told(&shop, subject).await;
        publish(&shop).await;
        tail.advance(&shop.app.database, &shop.app.bus).await.expect("dispatched");
    }
    let sequences: Vec<i64> = heard(&mut stream).await.into_iter().map(|(_, _, sequence)| sequence).collect();
    assert_eq!(sequences, (2..=61).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn several_relays_at_once_give_each_event_one_cursor_and_no_cursor_twice() {
    let shop = Arc::new(TestShop::still().await);
    let processes = Arc::new([Process::beside(&shop).await, Process::beside(&shop).await]);
    let subjects: Vec<Uuid> = (0..5).map(|_| Uuid::now_v7()).collect();
    let writers = subjects.iter().map(|subject| {
        let (shop, subject) = (Arc::clone(&shop), *subject);
        tokio::spawn(async move {
            for _ in 0..20 {
                told(&shop, subject).await;
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    let relays = [0, 1].map(|place| {
        let processes = Arc::clone(&processes);
        tokio::spawn(async move {
            let app = &processes[place].app;
            for _ in 0..40 {
                outbox::publish(&app.database, &app.sources).await.expect("published");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        })
    });
    for task in writers.into_iter().chain(relays) {
        task.await.expect("it ends");
    }
    while publish(&shop).await > 0 {}
    let rows = outbox_event::Entity::find().all(shop.app.database.reader()).await.expect("rows");
    let cursors: BTreeSet<i64> = rows.iter().map(|row| row.cursor.expect("published")).collect();
    assert_eq!(cursors, (1..=100).collect::<BTreeSet<_>>());
    for subject in subjects {
        let mut of_one: Vec<_> = rows.iter().filter(|row| row.subject_id == subject).collect();
        of_one.sort_by_key(|row| row.cursor);
        let sequences: Vec<i64> = of_one.iter().map(|row| row.subject_sequence).collect();
        assert_eq!(sequences, (1..=20).collect::<Vec<_>>(), "in order for each subject");
    }
}

#[tokio::test]
async fn what_is_rolled_back_is_not_told() {
    let shop = TestShop::still().await;
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    tell(&shop, &tx, Uuid::now_v7()).await;
    tx.rollback().await.expect("rolled back");
    assert_eq!(publish(&shop).await, 0);
}
