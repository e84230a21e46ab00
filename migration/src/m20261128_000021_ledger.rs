//! The ledger of orders in double entry, and the money of the orders that are there already.
//!
//! What is there is brought over by plain `INSERT … SELECT`: orders, payments and refunds say everything that the ledger tells,
//! each amount with its time, and the sources are those that the shop itself would write, so that nothing is posted twice. Both
//! databases run the same statements but for how they make an id and write one as text.

use sea_orm_migration::{prelude::*, sea_orm};

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Facts: kind, source, payment, refund, time, table and condition. `HEX(x)` is an id as text.
const FACTS: &[&str] = &[
    "NEW, o.id, NULL, NULL, 'SALE', 'sale/' || HEX(o.id), o.placed_at FROM orders o
     WHERE o.placed_at IS NOT NULL AND o.total_minor > 0",
    "NEW, o.id, NULL, NULL, 'SALE_CANCELED', 'sale-canceled/' || HEX(o.id), COALESCE(o.canceled_at, o.updated_at)
     FROM orders o WHERE o.placed_at IS NOT NULL AND o.status = 'CANCELED' AND o.total_minor > 0",
    "NEW, o.id, NULL, NULL, 'GIFT_CARD_PAYMENT', 'gift-card-payment/' || HEX(o.id), o.placed_at FROM orders o
     WHERE o.placed_at IS NOT NULL AND o.gift_card_minor > 0",
    "NEW, o.id, NULL, NULL, 'GIFT_CARD_REFUND', 'gift-card-refund/' || HEX(o.id), COALESCE(o.canceled_at, o.updated_at)
     FROM orders o WHERE o.placed_at IS NOT NULL AND o.status = 'CANCELED' AND o.gift_card_minor > 0",
    "NEW, p.order_id, p.id, NULL, 'AUTHORIZATION', 'authorized/' || HEX(p.id) || '/' || p.authorized_minor, p.created_at
     FROM payment p WHERE p.authorized_minor > 0",
    // Nobody wrote down when held money was taken; it was before any of it went back.
    "NEW, p.order_id, p.id, NULL, 'CAPTURE', 'captured/' || HEX(p.id) || '/' || p.captured_minor,
     CASE WHEN p.capture_method = 'AUTOMATIC' AND o.placed_at IS NOT NULL THEN o.placed_at
       ELSE COALESCE((SELECT MIN(r.created_at) FROM refund r WHERE r.payment_id = p.id), p.updated_at) END
     FROM payment p JOIN orders o ON o.id = p.order_id WHERE p.captured_minor > 0",
    "NEW, p.order_id, p.id, NULL, 'RELEASE', 'released/' || HEX(p.id) || '/' || p.authorized_minor, p.updated_at
     FROM payment p WHERE p.authorized_minor > p.captured_minor AND p.status <> 'AUTHORIZED' AND NOT p.reversal_due",
    "NEW, r.order_id, r.payment_id, r.id, 'REFUND_DECIDED', 'refund-decided/' || HEX(r.id), r.created_at
     FROM refund r WHERE r.amount_minor > 0",
    "NEW, r.order_id, r.payment_id, r.id, 'REFUND_SENT', 'refund-sent/' || HEX(r.id), r.updated_at
     FROM refund r WHERE r.amount_minor > 0 AND r.status = 'SUCCEEDED'",
];

/// Entries: kind, debited account, credited account, currency, amount, where from.
const ENTRIES: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("SALE", "RECEIVABLE", "SALES", "o.currency", "o.total_minor", "orders o ON o.id = t.order_id"),
    ("SALE_CANCELED", "SALES", "RECEIVABLE", "o.currency", "o.total_minor", "orders o ON o.id = t.order_id"),
    (
        "GIFT_CARD_PAYMENT",
        "GIFT_CARDS",
        "RECEIVABLE",
        "o.currency",
        "o.gift_card_minor",
        "orders o ON o.id = t.order_id",
    ),
    (
        "GIFT_CARD_REFUND",
        "RECEIVABLE",
        "GIFT_CARDS",
        "o.currency",
        "o.gift_card_minor",
        "orders o ON o.id = t.order_id",
    ),
    ("AUTHORIZATION", "AUTHORIZED", "HOLDS", "p.currency", "p.authorized_minor", "payment p ON p.id = t.payment_id"),
    ("CAPTURE", "GATEWAY", "RECEIVABLE", "p.currency", "p.captured_minor", "payment p ON p.id = t.payment_id"),
    (
        "CAPTURE",
        "HOLDS",
        "AUTHORIZED",
        "p.currency",
        "CASE WHEN p.authorized_minor < p.captured_minor THEN p.authorized_minor ELSE p.captured_minor END",
        "payment p ON p.id = t.payment_id",
    ),
    (
        "RELEASE",
        "HOLDS",
        "AUTHORIZED",
        "p.currency",
        "p.authorized_minor - p.captured_minor",
        "payment p ON p.id = t.payment_id",
    ),
    (
        "REFUND_DECIDED",
        "RECEIVABLE",
        "REFUND_PAYABLE",
        "p.currency",
        "r.amount_minor",
        "refund r ON r.id = t.refund_id JOIN payment p ON p.id = r.payment_id",
    ),
    (
        "REFUND_SENT",
        "REFUND_PAYABLE",
        "GATEWAY",
        "p.currency",
        "r.amount_minor",
        "refund r ON r.id = t.refund_id JOIN payment p ON p.id = r.payment_id",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("ledger_transaction")
                    .col(id())
                    .col(reference("order_id"))
                    .col(reference_null("payment_id"))
                    .col(reference_null("refund_id"))
                    .col(text("kind"))
                    .col(text("source"))
                    .col(moment("created_at"))
                    .foreign_key(&mut belongs_to(("ledger_transaction", "order_id"), "orders"))
                    .foreign_key(&mut belongs_to(("ledger_transaction", "payment_id"), "payment"))
                    .foreign_key(&mut belongs_to(("ledger_transaction", "refund_id"), "refund"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("ledger_entry")
                    .col(id())
                    .col(reference("transaction_id"))
                    .col(text("account"))
                    .col(text("currency"))
                    .col(big("amount_minor"))
                    .foreign_key(&mut belongs_to(("ledger_entry", "transaction_id"), "ledger_transaction"))
                    .check(Expr::cust("amount_minor <> 0"))
                    .take(),
            )
            .await?;
        let db = manager.get_connection();
        let postgres = manager.get_database_backend() == sea_orm::DbBackend::Postgres;
        for fact in FACTS {
            db.execute_unprepared(&insert_fact(fact, postgres)).await?;
        }
        for entry in ENTRIES {
            for statement in insert_entries(*entry, postgres) {
                db.execute_unprepared(&statement).await?;
            }
        }
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX ledger_transaction_source ON ledger_transaction (source)",
                "CREATE INDEX ledger_transaction_order ON ledger_transaction (order_id, created_at)",
                "CREATE INDEX ledger_transaction_payment ON ledger_transaction (payment_id)",
                "CREATE INDEX ledger_transaction_refund ON ledger_transaction (refund_id)",
                "CREATE INDEX ledger_entry_transaction ON ledger_entry (transaction_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["ledger_entry", "ledger_transaction"]).await
    }
}

fn new_id(postgres: bool) -> &'static str {
    if postgres { "gen_random_uuid()" } else { "randomblob(16)" }
}

fn insert_fact(fact: &str, postgres: bool) -> String {
    let (before, after) = if postgres { ("REPLACE(CAST(", " AS TEXT), '-', '')") } else { ("LOWER(HEX(", "))") };
    let mut sql =
        "INSERT INTO ledger_transaction (id, order_id, payment_id, refund_id, kind, source, created_at) SELECT "
            .to_owned();
    let mut parts = fact.split("HEX(");
    sql.push_str(&parts.next().unwrap_or_default().replacen("NEW", new_id(postgres), 1));
    for part in parts {
        let (column, rest) = part.split_once(')').unwrap_or((part, ""));
        for piece in [before, column, after, rest] {
            sql.push_str(piece);
        }
    }
    sql
}

fn insert_entries(entry: (&str, &str, &str, &str, &str, &str), postgres: bool) -> [String; 2] {
    let (kind, debit, credit, currency, amount, from) = entry;
    let one = |account: &str, sign: &str| {
        format!(
            "INSERT INTO ledger_entry (id, transaction_id, account, currency, amount_minor) \
             SELECT {}, t.id, '{account}', {currency}, {sign}({amount}) FROM ledger_transaction t JOIN {from} \
             WHERE t.kind = '{kind}' AND {amount} <> 0",
            new_id(postgres)
        )
    };
    [one(debit, ""), one(credit, "-")]
}
