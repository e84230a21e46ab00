-- What must always hold. Each query returns what is broken, and must return no rows; the same text runs on both databases.
-- A header is: number, name, meaning, and in brackets the relations that only `--load` fills, without which nothing is checked.
-- Graces of 60 seconds let a shop be audited while it works: what a gateway did is told a moment later.

-- I01 order_total_adds_up: total = subtotal - discount + shipping + tax, and none is negative
SELECT o.id AS order_id, o.number FROM chk_order o
WHERE o.total <> o.subtotal - o.discount + o.shipping + o.tax OR o.total < 0 OR o.discount < 0 OR o.shipping < 0;

-- I02 order_subtotal_is_sum_of_lines: the subtotal is what the lines cost together
SELECT o.id AS order_id, o.number
FROM chk_order o LEFT JOIN (SELECT order_id, SUM(line_total) AS s FROM chk_order_line GROUP BY order_id) l ON l.order_id = o.id
WHERE o.subtotal <> COALESCE(l.s, 0);

-- I03 line_total_adds_up: units times price less discount, nothing negative, at least one unit
SELECT id AS order_line_id, order_id FROM chk_order_line
WHERE line_total <> qty * unit_price - line_discount OR qty <= 0 OR unit_price < 0 OR line_total < 0;

-- I04 no_order_without_lines: every order that stands has lines
SELECT o.id AS order_id, o.number FROM chk_order o
WHERE o.status <> 'cancelled' AND NOT EXISTS (SELECT 1 FROM chk_order_line l WHERE l.order_id = o.id);

-- I05 no_orphan_lines: every line is of an order
SELECT l.id AS order_line_id, l.order_id FROM chk_order_line l
WHERE NOT EXISTS (SELECT 1 FROM chk_order o WHERE o.id = l.order_id);

-- I06 one_order_per_cart: a cart has at most one order that stands
SELECT cart_id FROM chk_order WHERE cart_id IS NOT NULL AND status <> 'cancelled' GROUP BY cart_id HAVING COUNT(*) > 1;

-- I07 order_number_unique: no number names two orders
SELECT number FROM chk_order GROUP BY number HAVING COUNT(*) > 1;

-- I08 placed_order_is_paid_exactly: the money that is here and stays is what is owed now, as far as the order says it was taken; a hold covers it
SELECT o.id AS order_id, o.number
FROM chk_order o LEFT JOIN (
  SELECT p.order_id, SUM(CASE WHEN p.going_back = 1 THEN 0 ELSE p.captured END) AS captured,
    SUM(CASE WHEN p.going_back = 1 THEN 0 WHEN p.captured > 0 THEN p.captured - p.refunded - COALESCE(r.pending, 0)
      WHEN p.status = 'authorized' THEN p.authorized ELSE 0 END) AS money
  FROM chk_payment p LEFT JOIN (
    SELECT payment_id, SUM(amount) AS pending FROM chk_refund WHERE status <> 'succeeded' GROUP BY payment_id
  ) r ON r.payment_id = p.id
  GROUP BY p.order_id
) m ON m.order_id = o.id LEFT JOIN chk_credit c ON c.order_id = o.id
WHERE o.status IN ('placed', 'fulfilled') AND CASE
  WHEN o.money IN ('AUTHORIZED', 'PARTIALLY_PAID') AND COALESCE(m.captured, 0) > 0
    THEN m.money < 0 OR (m.money = 0 AND COALESCE(c.credited, 0) = 0) OR m.money > o.total
  WHEN o.money = 'AUTHORIZED' THEN COALESCE(m.money, 0) + o.gift_card_paid < o.total
  WHEN o.money = 'PARTIALLY_PAID' THEN COALESCE(m.money, 0) + o.gift_card_paid >= o.total
  ELSE COALESCE(m.money, 0) + o.gift_card_paid - COALESCE(c.to_cards, 0) <> o.total - COALESCE(c.credited, 0) END;

-- I09 money_without_an_order: taken at the gateway, not given back, and no order stands for it
SELECT g.provider_ref, p.id AS payment_id, o.number
FROM chk_psp g CROSS JOIN chk_now n LEFT JOIN chk_payment p ON p.gateway = g.gateway AND p.provider_ref = g.provider_ref
  LEFT JOIN chk_order o ON o.id = p.order_id
WHERE g.captured - g.refunded > 0 AND g.updated_ms < n.ms - 60000
  AND (p.id IS NULL OR o.id IS NULL OR (o.status IN ('pending_payment', 'cancelled') AND o.updated_ms < n.ms - 60000));

-- I10 order_without_money: what we say was taken and given back is what the gateway says; payments by hand have no gateway
SELECT p.id AS payment_id, p.provider_ref
FROM chk_payment p CROSS JOIN chk_now n LEFT JOIN chk_psp g ON g.gateway = p.gateway AND g.provider_ref = p.provider_ref
WHERE p.gateway IN (SELECT gateway FROM chk_booked_gateway)
  AND (p.captured <> COALESCE(g.captured, 0) OR p.refunded <> COALESCE(g.refunded, 0) OR p.currency <> COALESCE(g.currency, p.currency))
  AND COALESCE(g.updated_ms, 0) < n.ms - 60000;

-- I11 one_live_charge_per_order: no order was charged twice for more than is owed now
SELECT g.order_id, o.number
FROM chk_psp g CROSS JOIN chk_now n JOIN chk_order o ON o.id = g.order_id
WHERE g.captured - g.refunded > 0 AND g.updated_ms < n.ms - 60000
GROUP BY g.order_id, o.number, o.total HAVING COUNT(*) > 1 AND SUM(g.captured - g.refunded) > o.total;

-- I12 provider_ref_unique: no gateway's reference names two payments
SELECT gateway, provider_ref FROM chk_payment WHERE provider_ref IS NOT NULL GROUP BY gateway, provider_ref HAVING COUNT(*) > 1;

-- I13 payment_currency_is_order_currency: an order is paid in its own currency
SELECT p.id AS payment_id, o.number FROM chk_payment p JOIN chk_order o ON o.id = p.order_id WHERE p.currency <> o.currency;

-- I14 capture_within_authorisation_refund_within_capture: no more is taken than was held, nor given back than was taken
SELECT id AS payment_id, order_id FROM chk_payment
WHERE captured > authorized OR refunded > captured OR captured < 0 OR refunded < 0;

-- I15 refunds_add_up: what a payment says went back is the sum of its refunds that succeeded
SELECT p.id AS payment_id, p.order_id
FROM chk_payment p LEFT JOIN (
  SELECT payment_id, SUM(amount) AS s FROM chk_refund WHERE status = 'succeeded' GROUP BY payment_id
) r ON r.payment_id = p.id
WHERE p.refunded <> COALESCE(r.s, 0);

-- I16 no_payment_left_in_doubt: no payment of unknown outcome was left alone for 15 minutes
SELECT p.id AS payment_id, p.order_id FROM chk_payment p CROSS JOIN chk_now n
WHERE p.status = 'processing' AND p.updated_ms < n.ms - 900000;

-- I17 stock_never_below_zero: no more is held than is there, unless it is sold beyond its stock
SELECT variant_id, location_id, on_hand, reserved FROM chk_stock
WHERE tracked = 1 AND (on_hand - reserved < -backorder OR reserved < 0 OR on_hand < -backorder);

-- I18 reserved_equals_live_reservations: the units held are those of the holds that are active
SELECT s.variant_id, s.location_id, s.reserved
FROM chk_stock s LEFT JOIN (
  SELECT variant_id, location_id, SUM(qty) AS q FROM chk_reservation WHERE status = 'active' GROUP BY variant_id, location_id
) r ON r.variant_id = s.variant_id AND r.location_id = s.location_id
WHERE s.tracked = 1 AND s.reserved <> COALESCE(r.q, 0);

-- I19 on_hand_equals_opening_plus_moves: every unit that is there came by a movement that is recorded
SELECT s.variant_id, s.location_id, s.on_hand
FROM chk_stock s LEFT JOIN (
  SELECT variant_id, location_id, SUM(delta) AS d FROM chk_stock_move GROUP BY variant_id, location_id
) m ON m.variant_id = s.variant_id AND m.location_id = s.location_id
WHERE s.tracked = 1 AND s.on_hand <> s.initial_on_hand + COALESCE(m.d, 0);

-- I20 units_sold_equal_units_moved: sales less cancellations of a counted line are its units that are sent, or none once it is canceled
SELECT l.id AS order_line_id, o.number
FROM chk_order_line l JOIN chk_order o ON o.id = l.order_id LEFT JOIN (
  SELECT ref_id, -SUM(delta) AS q FROM chk_stock_move WHERE reason IN ('sale', 'cancel') GROUP BY ref_id
) m ON m.ref_id = l.id
WHERE l.tracked = 1 AND o.status IN ('placed', 'fulfilled', 'cancelled')
  AND COALESCE(m.q, 0) <> CASE WHEN o.status = 'cancelled' THEN 0 ELSE l.qty - l.canceled END;

-- I21 reservation_of_a_finished_order_is_not_active: once an order is paid or given up it holds nothing
SELECT r.id AS reservation_id, o.number FROM chk_reservation r JOIN chk_order o ON o.id = r.order_id
WHERE r.status = 'active' AND o.status IN ('placed', 'fulfilled', 'cancelled', 'refunded');

-- I22 no_expired_reservation_still_held: a hold whose time passed is given up within 60 seconds
SELECT r.id AS reservation_id, r.order_id FROM chk_reservation r CROSS JOIN chk_now n
WHERE r.status = 'active' AND r.expires_ms < n.ms - 60000;

-- I23 never_ship_more_than_ordered: no line was sent more often than it was ordered
SELECT l.id AS order_line_id, l.order_id
FROM chk_order_line l JOIN (SELECT order_line_id, SUM(qty) AS q FROM chk_fulfil GROUP BY order_line_id) f ON f.order_line_id = l.id
WHERE f.q > l.qty - l.canceled;

-- I24 never_ship_a_cancelled_or_unpaid_order: nothing of such an order was sent
SELECT f.order_line_id, o.number
FROM chk_fulfil f JOIN chk_order_line l ON l.id = f.order_line_id JOIN chk_order o ON o.id = l.order_id
WHERE o.status IN ('pending_payment', 'cancelled') AND f.qty > 0;

-- I25 coupon_within_limit_and_counter_true: a coupon was used as often as it says, and no more than allowed [chk_coupon]
SELECT c.id AS coupon
FROM chk_coupon c LEFT JOIN (
  SELECT r.coupon_id, COUNT(*) AS n FROM chk_redemption r JOIN chk_order o ON o.id = r.order_id
  WHERE o.status <> 'cancelled' GROUP BY r.coupon_id
) x ON x.coupon_id = c.id
WHERE (c.usage_limit IS NOT NULL AND COALESCE(x.n, 0) > c.usage_limit) OR c.used <> COALESCE(x.n, 0);

-- I26 coupon_per_customer_limit: nobody used a coupon more often than one may [chk_coupon chk_redemption]
SELECT r.coupon_id AS coupon, r.customer_id AS customer
FROM chk_redemption r JOIN chk_coupon c ON c.id = r.coupon_id JOIN chk_order o ON o.id = r.order_id
WHERE c.per_customer IS NOT NULL AND o.status <> 'cancelled'
GROUP BY r.coupon_id, r.customer_id, c.per_customer HAVING COUNT(*) > c.per_customer;

-- I27 gift_card_balance_true_and_not_negative: a balance is the sum of its entries
SELECT g.id AS gift_card
FROM chk_gift g LEFT JOIN (SELECT card_id, SUM(delta) AS d FROM chk_gift_entry GROUP BY card_id) e ON e.card_id = g.id
WHERE g.balance <> g.initial + COALESCE(e.d, 0) OR g.balance < 0;

-- I28 gift_card_spend_matches_orders: what gift cards paid is what orders say they paid
SELECT o.id AS order_id, o.number
FROM chk_order o LEFT JOIN (SELECT order_id, -SUM(delta) AS s FROM chk_gift_entry GROUP BY order_id) e ON e.order_id = o.id
  LEFT JOIN chk_credit c ON c.order_id = o.id
WHERE (CASE WHEN o.status = 'cancelled' THEN 0 ELSE o.gift_card_paid - COALESCE(c.to_cards, 0) END) <> COALESCE(e.s, 0);

-- I29 every_order_has_its_event: a placed order was told once, where its facts are retained
SELECT o.id AS order_id, o.number
FROM chk_order o LEFT JOIN (
  SELECT aggregate_id, SUM(CASE WHEN type = 'order.placed' THEN 1 ELSE 0 END) AS told,
    CASE WHEN mark > 0 AND (MIN(version) > 1 OR MAX(among_pruned) = 1) THEN 1 ELSE 0 END AS pruned
  FROM chk_outbox WHERE aggregate_type = 'order' GROUP BY aggregate_id, mark
) e ON e.aggregate_id = o.id
WHERE o.status IN ('placed', 'fulfilled', 'refunded')
  AND (e.aggregate_id IS NULL OR e.told > 1 OR (e.told < 1 AND e.pruned = 0));

-- I30 no_event_for_a_ghost: no fact tells of an order that is not there
SELECT e.id AS event_id FROM chk_outbox e
WHERE e.aggregate_type = 'order' AND NOT EXISTS (SELECT 1 FROM chk_order o WHERE o.id = e.aggregate_id);

-- I31 aggregate_versions_are_contiguous: the facts of a subject are numbered from 1, one after the other, as far as they are retained
SELECT aggregate_id AS subject_id FROM chk_outbox
WHERE among_pruned = 0
GROUP BY aggregate_id, mark
HAVING COUNT(*) <> MAX(version) - MIN(version) + 1 OR COUNT(DISTINCT version) <> COUNT(*)
  OR MIN(version) < 1 OR (MIN(version) > 1 AND mark = 0);

-- I32 outbox_drained: nothing waits for 60 seconds to be published, unless it is parked
SELECT e.id AS event_id FROM chk_outbox e CROSS JOIN chk_now n
WHERE e.published IS NULL AND e.dead = 0 AND e.created_ms < n.ms - 60000;

-- I33 published_means_consumed: what was published was read at least once [chk_consumed]
SELECT e.id AS event_id FROM chk_outbox e
WHERE e.published IS NOT NULL AND NOT EXISTS (SELECT 1 FROM chk_consumed c WHERE c.event_id = e.id);

-- I34 consumed_means_committed: no fact was read that is not there [chk_consumed]
SELECT c.event_id FROM chk_consumed c WHERE NOT EXISTS (SELECT 1 FROM chk_outbox e WHERE e.id = c.event_id);

-- I35 first_sight_of_versions_in_order: no later fact of a subject was first seen before an earlier one [chk_consumed]
SELECT seen.event_id FROM (
  SELECT event_id, MIN(pos) AS p, MAX(MIN(pos)) OVER (PARTITION BY aggregate_id ORDER BY version) AS latest
  FROM chk_consumed GROUP BY event_id, aggregate_id, version
) seen WHERE seen.p < seen.latest;

-- I36 effect_once: no consumer applied a fact twice [chk_effect]
SELECT event_id, effect FROM chk_effect GROUP BY event_id, effect HAVING COUNT(*) > 1;

-- I37 webhook_event_processed_once_and_never_lost: what was answered 2xx was looked at, once
SELECT w.provider_event_id FROM chk_webhook w CROSS JOIN chk_now n
GROUP BY w.provider_event_id, n.ms
HAVING SUM(CASE WHEN w.state = 'processed' THEN 1 ELSE 0 END) > 1
  OR (MAX(w.sent_ok) = 1 AND MAX(w.received_ms) < n.ms - 60000
    AND SUM(CASE WHEN w.state IN ('processed', 'ignored') THEN 1 ELSE 0 END) = 0);

-- I38 idempotency_key_names_one_request_and_one_order: a key of one caller stands for one request [chk_idem]
SELECT scope, idem_key FROM chk_idem
GROUP BY scope, idem_key HAVING COUNT(*) > 1 OR COUNT(DISTINCT request_hash) > 1 OR COUNT(DISTINCT order_id) > 1;

-- I39 no_key_stuck_in_progress: no request with a key is unfinished after 5 minutes [chk_idem]
SELECT i.scope, i.idem_key FROM chk_idem i CROSS JOIN chk_now n WHERE i.state = 'in_progress' AND i.created_ms < n.ms - 300000;

-- I40 acknowledged_is_durable: every success that a client saw is there, with the total it saw [chk_ack]
SELECT a.op_id, a.order_id FROM chk_ack a LEFT JOIN chk_order o ON o.id = a.order_id
WHERE a.kind = 'place_order' AND (o.id IS NULL OR o.total <> a.total OR o.status = 'pending_payment');

-- I41 retried_key_gave_one_order: a key that a client sent again made one order [chk_ack]
SELECT idem_key FROM chk_ack
WHERE kind = 'place_order' AND idem_key IS NOT NULL GROUP BY idem_key HAVING COUNT(DISTINCT order_id) > 1;

-- I42 revoked_session_does_nothing: a sign-in that was ended was not used afterwards
SELECT id AS session_id FROM chk_session WHERE revoked = 1 AND used_after_revoke > 0;

-- I43 ledger_transactions_balance: the entries of every fact in the ledger sum to zero in each currency
SELECT transaction_id AS ledger_transaction, MIN(kind) AS kind FROM chk_ledger
GROUP BY transaction_id, currency HAVING COALESCE(SUM(amount), 1) <> 0;

-- I44 ledger_equals_payments: what payments say was held, taken and given back is what the ledger says; no hold outlives its capture
SELECT p.id AS payment_id, p.order_id
FROM chk_payment p LEFT JOIN (
  SELECT payment_id, SUM(CASE WHEN account = 'AUTHORIZED' AND amount > 0 THEN amount ELSE 0 END) AS authorized,
    SUM(CASE WHEN account = 'AUTHORIZED' THEN amount ELSE 0 END) AS held,
    SUM(CASE WHEN account = 'GATEWAY' AND amount > 0 THEN amount ELSE 0 END) AS captured,
    SUM(CASE WHEN account = 'GATEWAY' AND amount < 0 THEN -amount ELSE 0 END) AS refunded
  FROM chk_ledger WHERE payment_id IS NOT NULL GROUP BY payment_id
) l ON l.payment_id = p.id
WHERE p.authorized <> COALESCE(l.authorized, 0) OR p.captured <> COALESCE(l.captured, 0) OR p.refunded <> COALESCE(l.refunded, 0)
  OR COALESCE(l.held, 0) < 0 OR (p.status IN ('captured', 'refunded') AND COALESCE(l.held, 0) <> 0);

-- I45 ledger_equals_the_gateways_book: the money of a payment that is at its gateway is what the gateway's book says
SELECT p.id AS payment_id, p.provider_ref
FROM chk_payment p CROSS JOIN chk_now n LEFT JOIN chk_psp g ON g.gateway = p.gateway AND g.provider_ref = p.provider_ref
  LEFT JOIN (SELECT payment_id, SUM(amount) AS balance FROM chk_ledger WHERE account = 'GATEWAY' GROUP BY payment_id) l
    ON l.payment_id = p.id
WHERE p.gateway IN (SELECT gateway FROM chk_booked_gateway) AND COALESCE(g.updated_ms, 0) < n.ms - 60000
  AND COALESCE(l.balance, 0) <> COALESCE(g.captured, 0) - COALESCE(g.refunded, 0);

-- I46 ledger_equals_what_is_owed: what was sold is what the order costs less what was given back of it, and nothing once it is canceled or before it is placed
SELECT o.id AS order_id, o.number
FROM chk_order o LEFT JOIN (
  SELECT order_id, -SUM(amount) AS sold FROM chk_ledger WHERE account = 'SALES' GROUP BY order_id
) l ON l.order_id = o.id LEFT JOIN chk_credit c ON c.order_id = o.id
WHERE COALESCE(l.sold, 0)
  <> CASE WHEN o.status IN ('pending_payment', 'cancelled') THEN 0 ELSE o.total - COALESCE(c.credited, 0) END;

-- I47 ledger_knows_what_is_to_go_back: what the ledger says is to go back of a payment is what its refunds did not give back yet
SELECT p.id AS payment_id, p.order_id
FROM chk_payment p LEFT JOIN (
  SELECT payment_id, SUM(amount) AS due FROM chk_refund WHERE status <> 'succeeded' GROUP BY payment_id
) r ON r.payment_id = p.id LEFT JOIN (
  SELECT payment_id, -SUM(amount) AS payable FROM chk_ledger WHERE account = 'REFUND_PAYABLE' GROUP BY payment_id
) l ON l.payment_id = p.id
WHERE COALESCE(l.payable, 0) <> COALESCE(r.due, 0);
