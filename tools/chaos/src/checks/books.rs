//! The shop's books, read in the database: statements that must find nothing.

use super::Checked;
use crate::services::Postgres;

/// What must be empty, and what it says. Each gives one column `wrong`.
const BOOKS: [(&str, &str); 15] = [
    (
        "no stock below zero",
        "SELECT variant_id::text || ' ' || on_hand || ' on hand, ' || reserved || ' reserved' AS wrong FROM stock_level \
         WHERE on_hand < 0 OR reserved < 0 OR on_hand < reserved",
    ),
    (
        "what is reserved is held by somebody",
        "SELECT s.variant_id::text || ' ' || s.reserved AS wrong FROM stock_level s WHERE s.reserved <> COALESCE((SELECT \
         sum(r.quantity) FROM reservation r WHERE r.variant_id = s.variant_id AND r.location_id = s.location_id AND \
         r.status = 'ACTIVE'), 0)",
    ),
    (
        "stock is the sum of its movements",
        "SELECT s.variant_id::text AS wrong FROM stock_level s LEFT JOIN (SELECT variant_id, location_id, \
         sum(on_hand_delta) AS units, sum(reserved_delta) AS held FROM stock_movement GROUP BY 1, 2) m ON m.variant_id = \
         s.variant_id AND m.location_id = s.location_id WHERE s.on_hand <> COALESCE(m.units, 0) OR s.reserved <> \
         COALESCE(m.held, 0)",
    ),
    (
        "sold and left are what was given",
        "SELECT v.variant_id::text || ' given ' || v.given || ' left ' || v.units || ' sold ' || v.sold AS wrong FROM \
         (SELECT s.variant_id, sum(s.on_hand) AS units, (SELECT COALESCE(sum(m.on_hand_delta), 0) FROM stock_movement m \
         WHERE m.variant_id = s.variant_id AND m.reason IN ('INITIAL', 'ADJUST', 'RECEIVE', 'IMPORT')) AS given, (SELECT \
         COALESCE(sum(l.quantity), 0) FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.variant_id = \
         s.variant_id AND o.status IN ('PROCESSING', 'COMPLETED')) AS sold FROM stock_level s GROUP BY s.variant_id) v \
         WHERE v.given <> v.units + v.sold",
    ),
    (
        "no hold outlives its time",
        "SELECT id::text AS wrong FROM reservation WHERE status = 'ACTIVE' AND expires_at < now() - interval '20 s'",
    ),
    (
        "no hold of an order that is through",
        "SELECT r.id::text AS wrong FROM reservation r JOIN orders o ON o.id = r.order_id WHERE r.status = 'ACTIVE' AND \
         o.status <> 'PENDING_PAYMENT'",
    ),
    (
        "one order a cart",
        "SELECT cart_id::text AS wrong FROM orders WHERE status <> 'CANCELED' GROUP BY cart_id HAVING count(*) > 1",
    ),
    (
        "order totals add up",
        "SELECT o.id::text AS wrong FROM orders o WHERE total_minor <> subtotal_minor - discount_minor + shipping_minor + \
         tax_minor OR subtotal_minor <> (SELECT COALESCE(sum(total_minor), 0) FROM order_line l WHERE l.order_id = o.id)",
    ),
    (
        "an order that is placed is paid to the cent",
        "SELECT o.id::text || ' owes ' || o.total_minor AS wrong FROM orders o WHERE o.status IN ('PROCESSING', \
         'COMPLETED') AND o.total_minor <> COALESCE((SELECT sum(CASE WHEN p.captured_minor > 0 THEN p.captured_minor WHEN \
         p.status = 'AUTHORIZED' THEN p.authorized_minor ELSE 0 END) FROM payment p WHERE p.order_id = o.id AND \
         p.reversal_due IS FALSE AND p.captured_minor - p.refunded_minor + p.authorized_minor > 0 AND p.status IN \
         ('AUTHORIZED', 'CAPTURED')), 0)",
    ),
    (
        "no payment is left in doubt",
        "SELECT id::text || ' ' || status AS wrong FROM payment WHERE status = 'PENDING' OR reversal_due UNION ALL SELECT \
         id::text || ' refund' FROM refund WHERE status = 'PENDING'",
    ),
    (
        "no order waits for ever",
        "SELECT id::text AS wrong FROM orders WHERE status = 'PENDING_PAYMENT' AND reserved_until < now() - interval '20 s'",
    ),
    (
        "the bank's book and ours were never found to differ for good",
        "SELECT provider_reference || ' ' || detail AS wrong FROM gateway_difference WHERE resolved_at IS NULL",
    ),
    (
        "every message of the bank was worked on",
        "SELECT provider_event_id || ' ' || state AS wrong FROM webhook_event WHERE state IN ('RECEIVED', 'FAILED')",
    ),
    (
        "the outbox is drained, its numbers without a gap",
        "SELECT subject_id::text AS wrong FROM outbox_event GROUP BY subject_id HAVING count(*) <> max(subject_sequence) OR \
         min(subject_sequence) <> 1 OR count(*) <> count(cursor)",
    ),
    (
        "every placed order says so once",
        "SELECT o.id::text AS wrong FROM orders o LEFT JOIN outbox_event e ON e.subject_id = o.id AND e.kind = 'order.paid' \
         GROUP BY o.id, o.placed_at HAVING (o.placed_at IS NOT NULL) <> (count(e.id) > 0) OR count(e.id) > 1",
    ),
];

/// What must be empty before the books can be looked at: work that is still under way.
const UNDER_WAY: &str = "SELECT 'payment' AS what, count(*) AS n FROM payment WHERE status = 'PENDING' OR reversal_due \
    UNION ALL SELECT 'refund', count(*) FROM refund WHERE status = 'PENDING' \
    UNION ALL SELECT 'order', count(*) FROM orders WHERE status = 'PENDING_PAYMENT' \
    UNION ALL SELECT 'hold', count(*) FROM reservation WHERE status = 'ACTIVE' \
    UNION ALL SELECT 'message', count(*) FROM webhook_event WHERE state IN ('RECEIVED', 'FAILED') \
    UNION ALL SELECT 'difference', count(*) FROM gateway_difference WHERE resolved_at IS NULL \
    UNION ALL SELECT 'event', count(*) FROM outbox_event WHERE cursor IS NULL";

/// What is still under way, in words; empty: nothing.
pub fn under_way(postgres: &Postgres) -> anyhow::Result<String> {
    let rows = postgres.query(UNDER_WAY)?;
    let waiting = rows.iter().filter(|row| row["n"].as_i64() != Some(0));
    let words = waiting.map(|row| format!("{} {}", row["n"], row["what"].as_str().unwrap_or("?")));
    Ok(words.collect::<Vec<_>>().join(", "))
}

/// Looks at the books.
pub fn check(postgres: &Postgres) -> anyhow::Result<Vec<Checked>> {
    let mut checks = Vec::new();
    for (name, sql) in BOOKS {
        let rows = postgres.query(sql)?;
        let wrong = rows.iter().map(|row| row["wrong"].as_str().unwrap_or("?").to_owned()).collect();
        checks.push(Checked::new(name, 0, wrong));
    }
    Ok(checks)
}
