//! The gateway's own book against the shop's.

use std::collections::{BTreeMap, BTreeSet};

use super::Checked;
use crate::{bank::Booked, services::Postgres};

/// A payment in the shop's book.
struct Payment {
    order: String,
    status: String,
    captured: i64,
    refunded: i64,
    /// Of what it is: of the order as it was placed, or of a balance that is left.
    pays: String,
    /// What the ledger says is at the gateway.
    ledger: i64,
    /// Whether its order stands.
    stands: bool,
}

/// Nobody's money is kept without an order, both books and the ledger say the same, and nothing was charged twice: an order as it
/// was placed is paid by one charge, and so is each balance that an edit or a partial capture left.
pub fn check(postgres: &Postgres, book: &[Booked]) -> anyhow::Result<Vec<Checked>> {
    let payments = payments(postgres)?;
    let (mut kept, mut differ, mut charged) = (Vec::new(), Vec::new(), BTreeMap::<_, u64>::new());
    let mut ledger = Vec::new();
    let mut known = BTreeSet::new();
    for booked in book {
        let money = booked.captured - booked.refunded;
        let Some(payment) = payments.get(&booked.payment) else {
            if money > 0 {
                kept.push(format!("{} {money}, of no payment", booked.reference));
            }
            continue;
        };
        known.insert(&booked.payment);
        if payment.ledger != money {
            ledger.push(format!("{} {}, bank {money}", booked.payment, payment.ledger));
        }
        if money > 0 {
            *charged.entry((&payment.order, &payment.pays)).or_default() += 1;
            if !payment.stands {
                kept.push(format!("{} {money}, order {}", booked.reference, payment.order));
            }
        }
        if (payment.captured, payment.refunded) != (booked.captured, booked.refunded) {
            differ.push(format!(
                "{} {} {}/{}, bank {} {} {}/{}",
                booked.payment,
                payment.status,
                payment.captured,
                payment.refunded,
                booked.reference,
                booked.status,
                booked.captured,
                booked.refunded
            ));
        }
    }
    for (id, payment) in payments.iter().filter(|(id, payment)| payment.captured > 0 && !known.contains(id)) {
        differ.push(format!("{id} {} {}, and the bank knows nothing of it", payment.status, payment.captured));
    }
    let twice =
        charged.into_iter().filter(|(_, charges)| *charges > 1).map(|((order, pays), _)| format!("{order} {pays}"));
    Ok(vec![
        Checked::new("the bank keeps nobody's money without an order", book.len(), kept),
        Checked::new("our book and the bank's say the same", book.len(), differ),
        Checked::new("every payment's ledger sums to what the bank has of it", book.len(), ledger),
        Checked::new("one charge an order", 0, twice.collect()),
    ])
}

fn payments(postgres: &Postgres) -> anyhow::Result<BTreeMap<String, Payment>> {
    let rows = postgres.query(
        "SELECT p.id::text AS id, p.order_id::text AS order_id, p.status, p.captured_minor, p.refunded_minor, \
         COALESCE('balance ' || p.balance_revision, 'all') AS pays, COALESCE((SELECT sum(e.amount_minor) FROM ledger_entry e \
         JOIN ledger_transaction t ON t.id = e.transaction_id WHERE t.payment_id = p.id AND e.account = 'GATEWAY'), 0) AS \
         ledger, o.status IN ('PROCESSING', 'COMPLETED') AS stands FROM payment p JOIN orders o ON o.id = p.order_id",
    )?;
    let payment = |row: &serde_json::Value| {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let payment = Payment {
            order: text("order_id"),
            status: text("status"),
            captured: row["captured_minor"].as_i64().unwrap_or_default(),
            refunded: row["refunded_minor"].as_i64().unwrap_or_default(),
            pays: text("pays"),
            ledger: row["ledger"].as_i64().unwrap_or_default(),
            stands: row["stands"].as_bool().unwrap_or_default(),
        };
        (text("id"), payment)
    };
    Ok(rows.iter().map(payment).collect())
}
