//! The shop's books, read in the database: statements that must find nothing.

use super::Checked;
use crate::services::Postgres;

/// What is here of an order's money: taken, neither back nor on its way back, or held; without what placed no order.
/// It is what the order costs less what cards paid and what staff gave back by gateways. Two states owe otherwise: while money is
/// held an edit may have made the order cheaper than the hold, and of what is partly paid something is left to pay.
const PAID_TO_THE_CENT: &str = "SELECT m.id::text || ' ' || m.money || ', owes ' || m.owed || ', has ' || m.here AS wrong FROM \
    (SELECT o.id, o.financial_status AS money, o.total_minor - o.gift_card_minor - COALESCE((SELECT sum(r.total_minor - \
    r.gift_card_minor) FROM order_refund r WHERE r.order_id = o.id), 0) AS owed, (SELECT count(*) FROM order_quote q WHERE \
    q.order_id = o.id) AS quotes, COALESCE((SELECT sum(CASE WHEN p.captured_minor > 0 THEN p.captured_minor - p.refunded_minor \
    - COALESCE((SELECT sum(b.amount_minor) FROM refund b WHERE b.payment_id = p.id AND b.status <> 'SUCCEEDED'), 0) ELSE \
    p.authorized_minor END) FROM payment p WHERE p.order_id = o.id AND p.reversal_due IS FALSE AND p.status IN ('AUTHORIZED', \
    'CAPTURED', 'REFUNDED') AND NOT EXISTS (SELECT 1 FROM refund b WHERE b.payment_id = p.id AND b.reason_key = \
    'reversal')), 0) AS here FROM orders o WHERE o.status IN ('PROCESSING', 'COMPLETED')) m WHERE CASE m.money WHEN \
    'AUTHORIZED' THEN m.here < m.owed OR m.owed <= 0 OR (m.here <> m.owed AND m.quotes = 1) WHEN 'PARTIALLY_PAID' THEN m.here \
    < 0 OR m.here >= m.owed ELSE m.here <> m.owed END";

/// What must be empty, and what it says. Each gives one column `wrong`.
const BOOKS: [(&str, &str); 18] = [
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
         COALESCE(sum(l.quantity - l.canceled_quantity - COALESCE((SELECT sum(b.quantity) FROM order_refund_line b WHERE \
         b.order_line_id = l.id AND b.restock_type = 'RETURN'), 0)), 0) FROM order_line l JOIN orders o ON o.id = l.order_id \
         WHERE l.variant_id = s.variant_id AND l.tracked AND o.status IN ('PROCESSING', 'COMPLETED')) AS sold FROM \
         stock_level s GROUP BY s.variant_id) v WHERE v.given <> v.units + v.sold",
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
        "SELECT o.id::text AS wrong FROM orders o LEFT JOIN (SELECT order_id, sum(quantity * unit_price_minor) AS before, \
         sum(total_minor) AS after, sum(tax_minor) AS tax FROM order_line GROUP BY order_id) l ON l.order_id = o.id WHERE \
         o.total_minor <> o.subtotal_minor - o.discount_minor + o.shipping_minor + o.tax_minor OR o.subtotal_minor <> \
         COALESCE(l.before, 0) OR o.subtotal_minor - o.discount_minor <> COALESCE(l.after, 0) OR o.tax_minor < \
         COALESCE(l.tax, 0) OR o.total_minor < 0 OR o.gift_card_minor > o.total_minor",
    ),
    (
        "an order costs what its last quote says",
        "SELECT o.id::text || ' ' || o.total_minor || ', quoted ' || (q.quote ->> 'total') AS wrong FROM orders o JOIN \
         order_quote q ON q.order_id = o.id AND q.revision = (SELECT max(revision) FROM order_quote n WHERE n.order_id = \
         o.id) WHERE o.total_minor <> (q.quote ->> 'total')::bigint OR o.discount_minor <> (q.quote ->> \
         'discount')::bigint OR o.shipping_minor <> (q.quote ->> 'shipping')::bigint OR o.tax_minor <> (q.quote ->> \
         'tax')::bigint",
    ),
    ("an order that is placed is paid to the cent", PAID_TO_THE_CENT),
    (
        "no payment is left in doubt",
        "SELECT id::text || ' ' || status AS wrong FROM payment WHERE status = 'PENDING' OR reversal_due UNION ALL SELECT \
         id::text || ' refund' FROM refund WHERE status = 'PENDING'",
    ),
    (
        "no gateway refused to give money back",
        "SELECT id::text || ' ' || reason_key || ' ' || amount_minor AS wrong FROM refund WHERE status = 'FAILED'",
    ),
    (
        "invoices and credit notes are numbered without a gap",
        "SELECT kind || ' ' || count(*) || ' up to ' || max(sequence) AS wrong FROM invoice GROUP BY kind HAVING count(*) <> \
         max(sequence) OR min(sequence) <> 1 OR count(DISTINCT sequence) <> count(*)",
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

/// What must be empty before the books can be looked at: work that is still under way. The mail that tells of a failed payment
/// waits longer than a run, so that its shopper may have tried again by then.
const UNDER_WAY: &str = "SELECT 'payment' AS what, count(*) AS n FROM payment WHERE status = 'PENDING' OR reversal_due \
    UNION ALL SELECT 'refund', count(*) FROM refund WHERE status = 'PENDING' \
    UNION ALL SELECT 'order', count(*) FROM orders WHERE status = 'PENDING_PAYMENT' \
    UNION ALL SELECT 'hold', count(*) FROM reservation WHERE status = 'ACTIVE' \
    UNION ALL SELECT 'message', count(*) FROM webhook_event WHERE state IN ('RECEIVED', 'FAILED') \
    UNION ALL SELECT 'difference', count(*) FROM gateway_difference WHERE resolved_at IS NULL \
    UNION ALL SELECT 'mail', count(*) FROM notification WHERE state IN ('QUEUED', 'SENDING') AND kind <> \
    'PAYMENT_FAILED' \
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
