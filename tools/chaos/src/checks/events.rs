//! What watchers heard, against the outbox.

use super::Checked;
use crate::{
    services::Postgres,
    watcher::{Heard, Watcher},
};

/// The published events of orders, in order.
pub fn published(postgres: &Postgres) -> anyhow::Result<Vec<Heard>> {
    let rows = postgres.query(
        "SELECT cursor, subject_id::text AS id, kind FROM outbox_event WHERE subject_type = 'order' AND cursor IS NOT \
         NULL ORDER BY cursor",
    )?;
    let heard = rows.iter().filter_map(|row| {
        let kind = row["kind"].as_str()?.replace('.', "_").to_uppercase();
        Some(Heard { cursor: row["cursor"].as_i64()?, order: row["id"].as_str()?.to_owned(), kind })
    });
    Ok(heard.collect())
}

/// A watcher of the feed heard everything after its first message, once, in order.
pub fn feed(watcher: &Watcher, published: &[Heard]) -> Checked {
    let notes = watcher.notes();
    let from = notes.from.unwrap_or(i64::MAX);
    let expected: Vec<&Heard> = published.iter().filter(|event| event.cursor > from).collect();
    let mut broken = Vec::new();
    if notes.from.is_none() {
        broken.push("it never heard anything".to_owned());
    }
    for event in &expected {
        if !notes.heard.contains(event) {
            broken.push(format!("{event:?} was not heard"));
        }
    }
    for heard in &notes.heard {
        if !published.contains(heard) {
            broken.push(format!("{heard:?} was heard and never published"));
        }
    }
    let name = format!("{} hears every event once and in order", watcher.name);
    Checked::new(&name, notes.heard.len(), broken)
}

/// A watcher of one order heard a run of its events without a gap.
pub fn orders(watchers: &[Watcher], published: &[Heard]) -> Checked {
    let (mut broken, mut all) = (Vec::new(), 0);
    for watcher in watchers {
        let notes = watcher.notes();
        let (Some(first), Some(at)) = (notes.heard.first(), notes.at) else { continue };
        let expected = published.iter().filter(|event| event.order == first.order);
        let expected: Vec<&Heard> =
            expected.filter(|event| event.cursor >= first.cursor && event.cursor <= at).collect();
        all += notes.heard.len();
        if !expected.iter().copied().eq(&notes.heard) {
            broken.push(format!("{}: heard {:?}, published {expected:?}", watcher.name, notes.heard));
        }
    }
    Checked::new("a watcher of an order hears its events without a gap", all, broken)
}
