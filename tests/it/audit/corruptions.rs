//! One corruption for each invariant, planted in the tables or in what was loaded: the audit names it. Where the database itself
//! forbids the corruption, that is shown first, and then its guard is taken away for the test.

use cartwright::{
    audit::{self, Outcome},
    platform::tx,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::{Value, json};

use super::busy_shop::{BusyShop, read};
use crate::support::on_postgres;

/// How something is broken.
#[derive(Clone, Copy)]
enum Corruption {
    /// By a statement; `{paid}` and the like stand for orders' ids, `{ghost}` for an id of nothing.
    Tables(&'static str),
    /// By a statement that the database refuses until this guard is gone.
    Guarded { guard: Guard, statement: &'static str },
    /// In what was loaded.
    Loaded(fn(&mut Vec<Value>)),
}

#[derive(Clone, Copy)]
enum Guard {
    Index(&'static str),
    /// Of this table; PostgreSQL's name of the constraint.
    ForeignKey(&'static str, &'static str),
}

use Corruption::{Guarded, Loaded, Tables};

const CORRUPTIONS: [(&str, Corruption); 47] = [
    ("I01", Tables("UPDATE orders SET total_minor = total_minor - 1 WHERE id = {paid}")),
    (
        "I02",
        Tables(
            "UPDATE orders SET subtotal_minor = subtotal_minor - 1, total_minor = total_minor - 1 WHERE id = {paid}",
        ),
    ),
    ("I03", Tables("UPDATE order_line SET quantity = 3 WHERE order_id = {paid}")),
    ("I04", Tables("DELETE FROM order_line WHERE order_id = {pending}")),
    (
        "I05",
        Guarded {
            guard: Guard::ForeignKey("order_line", "order_line_order_id_fkey"),
            statement: "UPDATE order_line SET order_id = {ghost} WHERE order_id = {pending}",
        },
    ),
    (
        "I06",
        Guarded {
            guard: Guard::Index("orders_one_a_cart"),
            statement: "UPDATE orders SET cart_id = (SELECT cart_id FROM orders WHERE id = {paid}) WHERE id = {pending}",
        },
    ),
    (
        "I07",
        Guarded {
            guard: Guard::Index("orders_number"),
            statement: "UPDATE orders SET number = (SELECT number FROM orders WHERE id = {paid}) WHERE id = {pending}",
        },
    ),
    ("I08", Tables("UPDATE payment SET captured_minor = captured_minor - 1 WHERE order_id = {paid}")),
    (
        "I09",
        Tables(
            "UPDATE sandbox_intent SET captured_minor = 1000 WHERE reference = \
             (SELECT provider_reference FROM payment WHERE order_id = {pending})",
        ),
    ),
    (
        "I10",
        Tables(
            "UPDATE sandbox_intent SET captured_minor = 0 WHERE reference = \
             (SELECT provider_reference FROM payment WHERE order_id = {paid})",
        ),
    ),
    ("I11", Tables("UPDATE payment SET order_id = {paid}, status = 'FAILED' WHERE order_id = {captured}")),
    (
        "I12",
        Guarded {
            guard: Guard::Index("payment_provider_reference"),
            statement: "UPDATE payment SET provider_reference = \
                        (SELECT provider_reference FROM payment WHERE order_id = {paid}) WHERE order_id = {pending}",
        },
    ),
    ("I13", Tables("UPDATE payment SET currency = 'EUR' WHERE order_id = {paid}")),
    ("I14", Tables("UPDATE payment SET refunded_minor = captured_minor + 500 WHERE order_id = {canceled}")),
    ("I15", Tables("UPDATE refund SET status = 'FAILED' WHERE order_id = {canceled}")),
    (
        "I16",
        Tables(
            "UPDATE payment SET status = 'PENDING', updated_at = '2020-01-01T00:00:00+00:00' WHERE order_id = {pending}",
        ),
    ),
    ("I17", Tables("UPDATE stock_level SET on_hand = 0")),
    ("I18", Tables("UPDATE stock_level SET reserved = reserved + 1")),
    ("I19", Tables("UPDATE stock_level SET on_hand = on_hand - 1")),
    (
        "I20",
        Tables(
            "DELETE FROM stock_movement WHERE reason = 'SALE' \
             AND reference_id IN (SELECT id FROM order_line WHERE order_id = {paid})",
        ),
    ),
    ("I21", Tables("UPDATE reservation SET status = 'ACTIVE' WHERE order_id = {paid}")),
    ("I22", Tables("UPDATE reservation SET expires_at = '2020-01-01T00:00:00+00:00' WHERE status = 'ACTIVE'")),
    ("I23", Tables("UPDATE fulfillment_line SET quantity = 99")),
    ("I24", Tables("UPDATE orders SET status = 'PENDING_PAYMENT' WHERE id = {shipped}")),
    ("I25", Loaded(|lines| change(lines, "chk_coupon", "used", json!(2)))),
    (
        "I26",
        Loaded(|lines| {
            let mut again = row(lines, "chk_redemption").clone();
            again["row"]["order_id"] = row(lines, "chk_ack")["row"]["order_id"].clone();
            lines.push(again);
        }),
    ),
    ("I27", Tables("UPDATE gift_card SET balance_minor = balance_minor + 1")),
    ("I28", Tables("UPDATE orders SET gift_card_minor = gift_card_minor + 1 WHERE id = {paid}")),
    ("I29", Tables("DELETE FROM outbox_event WHERE kind = 'order.paid' AND subject_id = {paid}")),
    (
        "I30",
        Tables("UPDATE outbox_event SET subject_id = {ghost} WHERE kind = 'order.created' AND subject_id = {pending}"),
    ),
    ("I31", Tables("UPDATE outbox_event SET subject_sequence = 7 WHERE kind = 'order.paid' AND subject_id = {paid}")),
    ("I32", Tables("UPDATE outbox_event SET published_at = NULL, cursor = NULL WHERE subject_id = {paid}")),
    (
        "I33",
        Loaded(|lines| {
            let place = lines.iter().position(|line| line["relation"] == "chk_consumed").expect("a row");
            lines.remove(place);
        }),
    ),
    ("I34", Loaded(|lines| change(lines, "chk_consumed", "event_id", json!("01890000-0000-7000-8000-000000000000")))),
    (
        "I35",
        Loaded(|lines| {
            let later = |line: &&mut Value| line["relation"] == "chk_consumed" && line["row"]["version"] == 2;
            lines.iter_mut().find(later).expect("a second fact")["row"]["pos"] = json!(0);
        }),
    ),
    (
        "I36",
        Loaded(|lines| {
            let again = row(lines, "chk_effect").clone();
            lines.push(again);
        }),
    ),
    ("I37", Tables("UPDATE webhook_event SET state = 'FAILED'")),
    (
        "I38",
        Loaded(|lines| {
            let mut other = row(lines, "chk_idem").clone();
            other["row"]["request_hash"] = json!("another");
            lines.push(other);
        }),
    ),
    (
        "I39",
        Loaded(|lines| {
            let open = lines.iter_mut().find(|line| line["row"]["state"] == "in_progress").expect("an open key");
            open["row"]["created_ms"] = json!(1);
        }),
    ),
    ("I40", Loaded(|lines| change(lines, "chk_ack", "total", json!(1)))),
    (
        "I41",
        Loaded(|lines| {
            let other = lines.iter_mut().find(|line| line["row"]["idem_key"] == "k-2").expect("another order");
            other["row"]["idem_key"] = json!("k-1");
        }),
    ),
    ("I42", Tables("UPDATE session SET revoked_at = '2020-01-01T00:00:00+00:00' WHERE revoked_at IS NOT NULL")),
    (
        "I43",
        Tables(
            "UPDATE ledger_entry SET amount_minor = amount_minor - 1 WHERE account = 'SALES' AND transaction_id IN \
             (SELECT id FROM ledger_transaction WHERE kind = 'SALE' AND order_id = {paid})",
        ),
    ),
    (
        "I44",
        Tables(
            "UPDATE ledger_entry SET amount_minor = 2 * amount_minor WHERE transaction_id IN \
             (SELECT id FROM ledger_transaction WHERE kind = 'AUTHORIZATION' AND order_id = {captured})",
        ),
    ),
    (
        "I45",
        Tables(
            "UPDATE ledger_entry SET account = 'GIFT_CARDS' WHERE account = 'GATEWAY' AND transaction_id IN \
             (SELECT id FROM ledger_transaction WHERE kind = 'CAPTURE' AND order_id = {paid})",
        ),
    ),
    (
        "I46",
        Tables(
            "DELETE FROM ledger_entry WHERE transaction_id IN \
             (SELECT id FROM ledger_transaction WHERE kind = 'SALE_CANCELED' AND order_id = {canceled})",
        ),
    ),
    (
        "I47",
        Tables(
            "UPDATE ledger_entry SET account = 'RECEIVABLE' WHERE account = 'REFUND_PAYABLE' AND transaction_id IN \
             (SELECT id FROM ledger_transaction WHERE kind = 'REFUND_SENT' AND order_id = {canceled})",
        ),
    ),
];

/// The first line of a relation.
fn row<'a>(lines: &'a [Value], relation: &str) -> &'a Value {
    lines.iter().find(|line| line["relation"] == relation).expect("a row")
}

/// Changes a cell of the first line of a relation.
fn change(lines: &mut [Value], relation: &str, column: &str, to: Value) {
    let line = lines.iter_mut().find(|line| line["relation"] == relation).expect("a row");
    line["row"][column] = to;
}

fn id(text: &str) -> String {
    if on_postgres() { format!("'{text}'") } else { format!("x'{}'", text.replace('-', "")) }
}

fn filled_in(busy: &BusyShop, statement: &str) -> String {
    let mut statement = statement.replace("{ghost}", &id("01890000-0000-7000-8000-000000000000"));
    let orders = [
        ("{paid}", &busy.paid),
        ("{captured}", &busy.captured),
        ("{pending}", &busy.pending),
        ("{canceled}", &busy.canceled),
        ("{shipped}", &busy.shipped),
    ];
    for (name, order) in orders {
        statement = statement.replace(name, &id(order.id.rsplit('/').next().expect("an id")));
    }
    statement
}

/// Runs a statement that must change something.
async fn run(tx: &DatabaseTransaction, statement: &str) {
    let done = tx.execute_unprepared(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    assert!(done.rows_affected() > 0, "{statement} changes nothing");
}

async fn take_away(tx: &DatabaseTransaction, guard: Guard) {
    let statement = match guard {
        Guard::Index(name) => format!("DROP INDEX {name}"),
        Guard::ForeignKey(table, name) if on_postgres() => format!("ALTER TABLE {table} DROP CONSTRAINT {name}"),
        Guard::ForeignKey(..) => "PRAGMA defer_foreign_keys = ON".to_owned(),
    };
    tx.execute_unprepared(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

/// Breaks something in a transaction that is undone afterwards; which invariants are broken in it?
async fn broken_by(busy: &BusyShop, corruption: Corruption) -> Vec<&'static str> {
    let mut lines = busy.written_down().await;
    let begin = async || tx::begin(&busy.shop.app.database).await.expect("a transaction");
    if let Guarded { statement, .. } = corruption {
        let guarded = begin().await;
        let refused = guarded.execute_unprepared(&filled_in(busy, statement)).await;
        assert!(refused.is_err(), "the database allows {statement}");
        guarded.rollback().await.expect("undone");
    }
    let tx = begin().await;
    match corruption {
        Tables(statement) => run(&tx, &filled_in(busy, statement)).await,
        Guarded { guard, statement } => {
            take_away(&tx, guard).await;
            run(&tx, &filled_in(busy, statement)).await;
        }
        Loaded(change) => change(&mut lines),
    }
    let loaded = read(&lines);
    audit::make_relations(&tx, &loaded, busy.shop.app.sources.now()).await.expect("the relations are made");
    let findings = audit::ask_all(&tx, &loaded).await.expect("answers");
    tx.rollback().await.expect("undone");
    findings.iter().filter(|finding| matches!(finding.outcome, Outcome::Broken(_))).map(|finding| finding.id).collect()
}

#[tokio::test]
async fn a_busy_shop_in_order_is_clean_and_what_no_table_knows_is_not_called_so() {
    let busy = BusyShop::new().await;
    let report = busy.audit().await;
    assert_eq!(report.broken(), Vec::<&str>::new(), "{report}");
    // I38 and I39 are checked as soon as the tables have idempotency records.
    let mut left = report.not_checked();
    left.retain(|id| !["I38", "I39"].contains(id));
    assert_eq!(left, ["I33", "I34", "I35", "I36", "I40", "I41"]);

    let report = busy.audit_with(read(&busy.written_down().await)).await;
    assert_eq!(report.broken(), Vec::<&str>::new(), "{report}");
    assert_eq!(report.not_checked(), Vec::<&str>::new());
}

#[tokio::test]
async fn every_corruption_is_named_by_its_invariant() {
    let busy = BusyShop::new().await;
    let mut missed = Vec::new();
    for (id, corruption) in CORRUPTIONS {
        let broken = broken_by(&busy, corruption).await;
        if !broken.contains(&id) {
            missed.push((id, broken));
        }
    }
    assert!(missed.is_empty(), "not named, and what was named instead: {missed:?}");
    let report = busy.audit().await;
    assert_eq!(report.broken(), Vec::<&str>::new(), "nothing of it remained");
}
