//! What clients were told, against what is there: acknowledged orders, repeated keys, stored webhooks.

use std::collections::{BTreeMap, BTreeSet};

use super::Checked;
use crate::{client::Client, journal::Journal, services::Postgres, webhooks::Detour};

/// Orders that clients were told of are there with their total, and one key names one order.
pub fn orders(postgres: &Postgres, journal: &Journal) -> anyhow::Result<Vec<Checked>> {
    let rows = postgres.query("SELECT id::text AS id, total_minor, status FROM orders")?;
    let there = rows.iter().filter_map(|row| {
        Some((row["id"].as_str()?.to_owned(), (row["total_minor"].as_i64()?, row["status"].as_str()?.to_owned())))
    });
    let there: BTreeMap<String, (i64, String)> = there.collect();
    let told = journal.acknowledged();
    let (mut lost, mut keys) = (Vec::new(), BTreeMap::<&str, BTreeSet<&str>>::new());
    for told in &told {
        keys.entry(&told.key).or_default().insert(&told.order);
        match there.get(&told.order) {
            None => lost.push(format!("{} was told of {}, which is not there", told.operation, told.order)),
            Some((total, _)) if *total != told.total => {
                lost.push(format!("{}: {} cost {} and costs {total}", told.operation, told.order, told.total));
            }
            Some((_, status)) if told.placed && status == "PENDING_PAYMENT" => {
                lost.push(format!("{}: {} was placed and is not", told.operation, told.order));
            }
            Some(_) => {}
        }
    }
    let twice = keys.iter().filter(|(_, orders)| orders.len() > 1).map(|(key, orders)| format!("{key}: {orders:?}"));
    let twice: Vec<String> = twice.collect();
    Ok(vec![
        Checked::new("every order that a client was told of is there with its total", told.len(), lost),
        Checked::new("one key, one order", keys.len(), twice),
    ])
}

/// A cart that is completed twice at once makes one order. One of the requests may have been cut off and come again when the order of
/// the other had been given up: then it rightly makes a second one.
pub fn pairs(postgres: &Postgres, journal: &Journal) -> anyhow::Result<()> {
    let rows = postgres.query(
        "SELECT id::text AS id, (1000 * EXTRACT(EPOCH FROM created_at))::bigint AS made, (1000 * EXTRACT(EPOCH FROM \
         canceled_at))::bigint AS ended FROM orders",
    )?;
    let times =
        rows.iter().filter_map(|row| Some((row["id"].as_str()?, (row["made"].as_i64()?, row["ended"].as_i64()))));
    let times: BTreeMap<&str, (i64, Option<i64>)> = times.collect();
    for (one, other) in journal.pairs() {
        let time = |order: &str| times.get(order).copied().unwrap_or((0, None));
        let (earlier, later) = (time(&one).min(time(&other)), time(&one).max(time(&other)));
        if earlier.1.is_none_or(|ended| ended > later.0) {
            journal.broke("one cart makes one order", format!("{one} and {other}"));
        }
    }
    Ok(())
}

/// Asks again with keys that were answered: the same bytes come.
pub async fn replays(client: &Client, journal: &Journal) -> Checked {
    let name = "a repeated request gets the first answer byte for byte";
    let kept = journal.kept();
    let mut other = Vec::new();
    for kept in &kept {
        match client.send(&kept.call, 0).await {
            Some(again) if again.raw == kept.raw => {}
            Some(again) => other.push(format!("{}: first {} then {}", kept.call.operation, kept.raw, again.raw)),
            None => other.push(format!("{}: no answer", kept.call.operation)),
        }
    }
    Checked::new(name, kept.len(), other)
}

/// A message that was answered with 200 is stored.
pub fn webhooks(postgres: &Postgres, detour: &Detour) -> anyhow::Result<Checked> {
    let rows = postgres.query("SELECT provider_event_id AS id FROM webhook_event")?;
    let there: BTreeSet<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    let stored = detour.stored();
    let lost = stored.iter().filter(|event| !there.contains(event.as_str())).cloned().collect();
    Ok(Checked::new("a message of the bank that was answered with 200 is stored", stored.len(), lost))
}
