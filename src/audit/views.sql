-- What the invariants read, as views over the tables: money in minor units, time in milliseconds, ids as the database keeps
-- them. `MS(x)` is written out for each database. `chk_loaded_*` are tables that only `--load` fills. A view under `[a_table]` or
-- `[no a_table]` is made where that table is there, or is not yet.

CREATE TEMPORARY VIEW chk_order AS
SELECT id, number, cart_id, account_id AS customer_id, currency, subtotal_minor - discount_minor AS subtotal, 0 AS discount,
  shipping_minor AS shipping, tax_minor AS tax, total_minor AS total,
  gift_card_minor AS gift_card_paid, financial_status AS money,
  CASE WHEN status = 'PENDING_PAYMENT' THEN 'pending_payment' WHEN status = 'CANCELED' THEN 'cancelled'
    WHEN financial_status = 'REFUNDED' THEN 'refunded'
    WHEN status = 'COMPLETED' OR fulfillment_status IN ('FULFILLED', 'DELIVERED') THEN 'fulfilled' ELSE 'placed' END AS status,
  MS(created_at) AS created_ms, MS(placed_at) AS placed_ms, MS(updated_at) AS updated_ms
FROM orders;

CREATE TEMPORARY VIEW chk_order_line AS
SELECT id, order_id, variant_id, quantity AS qty, unit_price_minor AS unit_price, discount_minor AS line_discount,
  total_minor AS line_total, CASE WHEN tracked THEN 1 ELSE 0 END AS tracked, canceled_quantity AS canceled
FROM order_line;

-- `going_back`: the gateway is still to be told to give this money back.
CREATE TEMPORARY VIEW chk_payment AS
SELECT id, order_id, gateway, provider_reference AS provider_ref, currency,
  CASE WHEN status = 'PENDING' THEN 'processing' ELSE LOWER(status) END AS status,
  authorized_minor AS authorized, captured_minor AS captured, refunded_minor AS refunded,
  CASE WHEN reversal_due THEN 1 ELSE 0 END AS going_back, MS(updated_at) AS updated_ms
FROM payment;

CREATE TEMPORARY VIEW chk_refund AS
SELECT id, payment_id, amount_minor AS amount, LOWER(status) AS status FROM refund;

-- What staff decided to give back of an order that stands: so much less is owed for it.
CREATE TEMPORARY VIEW chk_credit AS
SELECT order_id, SUM(total_minor) AS credited, SUM(gift_card_minor) AS to_cards FROM order_refund GROUP BY order_id;

-- Every entry of the ledger with its fact; a fact without entries has one line of nothing.
CREATE TEMPORARY VIEW chk_ledger AS
SELECT t.id AS transaction_id, t.order_id, t.payment_id, t.refund_id, t.kind, e.account, e.currency, e.amount_minor AS amount
FROM ledger_transaction t LEFT JOIN ledger_entry e ON e.transaction_id = t.id;

-- The books of gateways. The sandbox keeps its own here; another gateway's export can be loaded.
CREATE TEMPORARY VIEW chk_psp AS
SELECT s.reference AS provider_ref, 'sandbox' AS gateway, p.order_id, s.currency, s.status, s.captured_minor AS captured,
  s.refunded_minor AS refunded, MS(s.updated_at) AS updated_ms
FROM sandbox_intent s LEFT JOIN payment p ON p.gateway = 'sandbox' AND p.provider_reference = s.reference
UNION ALL
SELECT provider_ref, gateway, order_id, currency, status, captured, refunded, 0 FROM chk_loaded_psp;

-- Payments by hand have no gateway, so nobody keeps a book of them.
CREATE TEMPORARY VIEW chk_booked_gateway AS
SELECT 'sandbox' AS gateway UNION SELECT gateway FROM chk_loaded_psp;

-- What is sold beyond its stock has no lower bound. Everything that is on hand came by a movement.
CREATE TEMPORARY VIEW chk_stock AS
SELECT s.variant_id, s.location_id, s.on_hand, s.reserved, CASE WHEN v.tracked THEN 1 ELSE 0 END AS tracked,
  CASE WHEN v.continue_selling THEN 1000000000000 ELSE 0 END AS backorder, 0 AS initial_on_hand
FROM stock_level s JOIN variant v ON v.id = s.variant_id;

CREATE TEMPORARY VIEW chk_stock_move AS
SELECT id, variant_id, location_id, on_hand_delta AS delta, LOWER(reason) AS reason, reference_id AS ref_id
FROM stock_movement;

CREATE TEMPORARY VIEW chk_reservation AS
SELECT id, variant_id, location_id, order_id, quantity AS qty, LOWER(status) AS status, MS(expires_at) AS expires_ms
FROM reservation;

CREATE TEMPORARY VIEW chk_fulfil AS
SELECT l.order_line_id, l.quantity AS qty FROM fulfillment_line l JOIN fulfillment f ON f.id = l.fulfillment_id
WHERE f.status <> 'CANCELED';

-- Facts up to this cursor may have been let go, though never a subject's newest.
-- [outbox_state]
CREATE TEMPORARY VIEW chk_retention AS SELECT deleted_up_to AS mark FROM outbox_state WHERE id = 1;

-- [no outbox_state]
CREATE TEMPORARY VIEW chk_retention AS SELECT 0 AS mark;

CREATE TEMPORARY VIEW chk_outbox AS
SELECT e.id, e.subject_type AS aggregate_type, e.subject_id AS aggregate_id, e.subject_sequence AS version,
  CASE e.kind WHEN 'order.paid' THEN 'order.placed' ELSE e.kind END AS type,
  MS(e.created_at) AS created_ms, e.published_at AS published, 0 AS dead,
  CASE WHEN e.cursor <= kept.mark THEN 1 ELSE 0 END AS among_pruned, kept.mark
FROM outbox_event e CROSS JOIN chk_retention kept;

-- The inbox answers 2xx for what it stored; what the sandbox sent and was answered 2xx for must be in it.
CREATE TEMPORARY VIEW chk_webhook AS
SELECT provider_event_id, LOWER(state) AS state, MS(received_at) AS received_ms, 1 AS sent_ok FROM webhook_event
UNION ALL
SELECT event_id, 'sent', MS(sent_at), 1 FROM sandbox_webhook WHERE sent_at IS NOT NULL
UNION ALL
SELECT provider_event_id, state, received_ms, sent_ok FROM chk_loaded_webhook;

CREATE TEMPORARY VIEW chk_session AS
SELECT s.id, s.account_id AS user_id, CASE WHEN s.revoked_at IS NOT NULL THEN 1 ELSE 0 END AS revoked,
  (SELECT COUNT(*) FROM refresh_token t WHERE t.session_id = s.id AND (t.created_at > s.revoked_at OR t.used_at > s.revoked_at))
    AS used_after_revoke
FROM session s;

-- A card's first entry is what it was issued with. Entries of orders that sold a card are not what cards paid.
CREATE TEMPORARY VIEW chk_gift AS
SELECT id, 0 AS initial, balance_minor AS balance FROM gift_card;

CREATE TEMPORARY VIEW chk_gift_entry AS
SELECT id, gift_card_id AS card_id, amount_minor AS delta,
  CASE WHEN kind IN ('USED', 'GIVEN_BACK', 'REFUNDED') THEN order_id END AS order_id
FROM gift_card_entry;

-- [idempotency_record]
CREATE TEMPORARY VIEW chk_idem AS
SELECT scope, key AS idem_key, request_hash, LOWER(state) AS state, order_id, MS(created_at) AS created_ms FROM idempotency_record
UNION ALL
SELECT scope, idem_key, request_hash, state, order_id, created_ms FROM chk_loaded_idem;

-- [no idempotency_record]
CREATE TEMPORARY VIEW chk_idem AS
SELECT scope, idem_key, request_hash, state, order_id, created_ms FROM chk_loaded_idem;

-- A use that was given back does not count.
-- [discount]
CREATE TEMPORARY VIEW chk_coupon AS
SELECT id, usage_limit, limit_per_customer AS per_customer, used FROM discount
UNION ALL
SELECT id, usage_limit, per_customer, used FROM chk_loaded_coupon;

-- [no discount]
CREATE TEMPORARY VIEW chk_coupon AS SELECT id, usage_limit, per_customer, used FROM chk_loaded_coupon;

-- [discount_redemption]
CREATE TEMPORARY VIEW chk_redemption AS
-- Customers are told by their accounts, which stand first, whatever address they ordered with.
SELECT discount_id AS coupon_id, order_id,
  CASE WHEN customer_key LIKE 'account:%' THEN substr(customer_key, 1, 44) ELSE customer_key END AS customer_id
FROM discount_redemption WHERE returned_at IS NULL
UNION ALL
SELECT coupon_id, order_id, customer_id FROM chk_loaded_redemption;

-- [no discount_redemption]
CREATE TEMPORARY VIEW chk_redemption AS SELECT coupon_id, order_id, customer_id FROM chk_loaded_redemption;
