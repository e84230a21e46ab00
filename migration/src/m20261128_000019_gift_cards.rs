//! Gift cards with their ledger, and which cart uses them; products that sell them; mails that
//! belong to no order, because a card may be given by staff.

use sea_orm_migration::{prelude::*, sea_orm};

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("gift_card")
                    .col(id())
                    .col(text("code_hash"))
                    .col(text("last_characters"))
                    .col(text("currency"))
                    .col(big("initial_minor"))
                    .col(big("balance_minor"))
                    .col(moment_null("expires_at"))
                    .col(moment_null("disabled_at"))
                    .col(text_null("note"))
                    .col(text_null("recipient_email"))
                    .col(reference_null("customer_id"))
                    .col(reference_null("order_id"))
                    .col(reference_null("order_line_id"))
                    .col(integer_null("unit"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .foreign_key(&mut belongs_to(("gift_card", "customer_id"), "account"))
                    .foreign_key(&mut belongs_to(("gift_card", "order_id"), "orders"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("gift_card_entry")
                    .col(id())
                    .col(reference("gift_card_id"))
                    .col(text("kind"))
                    .col(big("amount_minor"))
                    .col(reference_null("order_id"))
                    .col(integer_null("turn"))
                    .col(reference_null("refund_id"))
                    .col(reference_null("account_id"))
                    .col(text_null("note"))
                    .col(moment("created_at"))
                    .foreign_key(&mut belongs_to(("gift_card_entry", "gift_card_id"), "gift_card"))
                    .foreign_key(&mut belongs_to(("gift_card_entry", "order_id"), "orders"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX gift_card_code ON gift_card (code_hash)",
                "CREATE UNIQUE INDEX gift_card_sold ON gift_card (order_line_id, unit) WHERE order_line_id IS NOT NULL",
                "CREATE INDEX gift_card_order ON gift_card (order_id) WHERE order_id IS NOT NULL",
                "CREATE INDEX gift_card_customer ON gift_card (customer_id) WHERE customer_id IS NOT NULL",
                "CREATE INDEX gift_card_last_characters ON gift_card (last_characters)",
                "CREATE INDEX gift_card_entry_card ON gift_card_entry (gift_card_id, id)",
                // A card is issued once, an order takes and gives back in turn, and a refund reaches a card once.
                "CREATE UNIQUE INDEX gift_card_entry_issued ON gift_card_entry (gift_card_id) WHERE kind = 'ISSUED'",
                "CREATE UNIQUE INDEX gift_card_entry_turn ON gift_card_entry (order_id, gift_card_id, turn) \
                 WHERE turn IS NOT NULL",
                "CREATE UNIQUE INDEX gift_card_entry_refund ON gift_card_entry (refund_id, gift_card_id) \
                 WHERE refund_id IS NOT NULL",
            ],
        )
        .await?;
        add_columns(manager).await?;
        mails_of_no_order(manager, true).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        mails_of_no_order(manager, false).await?;
        for (table, column) in [("cart", "gift_card_ids"), ("product", "is_gift_card"), ("order_line", "is_gift_card")]
        {
            manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        drop_tables(manager, &["gift_card_entry", "gift_card"]).await
    }
}

async fn add_columns(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        ("cart", json("gift_card_ids").default("[]").take()),
        ("product", boolean("is_gift_card").default(false).take()),
        ("order_line", boolean("is_gift_card").default(false).take()),
    ];
    for (table, mut column) in columns {
        manager.alter_table(Table::alter().table(table).add_column(&mut column).take()).await?;
    }
    Ok(())
}

/// Lets a mail belong to no order and hold a sealed secret, or undoes that. SQLite cannot change a column: there the table is
/// made anew.
async fn mails_of_no_order(manager: &SchemaManager<'_>, free: bool) -> Result<(), DbErr> {
    if !free {
        run(manager, &["DELETE FROM notification WHERE order_id IS NULL OR kind = 'GIFT_CARD'"]).await?;
    }
    if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
        let statements = if free {
            [
                "ALTER TABLE notification ALTER COLUMN order_id DROP NOT NULL",
                "ALTER TABLE notification ADD COLUMN sealed text",
            ]
        } else {
            [
                "ALTER TABLE notification ALTER COLUMN order_id SET NOT NULL",
                "ALTER TABLE notification DROP COLUMN sealed",
            ]
        };
        return run(manager, &statements).await;
    }
    let mut table = Table::create();
    table
        .table("notification_new")
        .col(id())
        .col(text("kind"))
        .col(reference("subject_id"))
        .col(if free { reference_null("order_id") } else { reference("order_id") })
        .col(text("recipient"))
        .col(text("language"))
        .col(text("state"))
        .col(integer("attempts"))
        .col(moment("next_at"))
        .col(text_null("last_error"))
        .col(moment("created_at"))
        .col(moment_null("finished_at"))
        .foreign_key(&mut owned_by(("notification_new", "order_id"), "orders"));
    if free {
        table.col(text_null("sealed"));
    }
    let create = manager.get_database_backend().build(&table).sql;
    // One text, so that one connection runs it: another one of the pool would still know the table that was dropped.
    let whole = format!(
        "BEGIN IMMEDIATE; {create}; \
         INSERT INTO notification_new (id, kind, subject_id, order_id, recipient, language, state, attempts, next_at, last_error, \
         created_at, finished_at) SELECT id, kind, subject_id, order_id, recipient, language, state, attempts, next_at, last_error, \
         created_at, finished_at FROM notification; \
         DROP TABLE notification; \
         ALTER TABLE notification_new RENAME TO notification; \
         CREATE UNIQUE INDEX notification_once ON notification (kind, subject_id); \
         CREATE INDEX notification_due ON notification (next_at) WHERE state IN ('QUEUED', 'SENDING'); \
         CREATE INDEX notification_failed ON notification (created_at) WHERE state = 'FAILED'; \
         CREATE INDEX notification_finished ON notification (finished_at) WHERE finished_at IS NOT NULL; \
         CREATE INDEX notification_order ON notification (order_id); \
         COMMIT"
    );
    run(manager, &[&whole]).await
}
