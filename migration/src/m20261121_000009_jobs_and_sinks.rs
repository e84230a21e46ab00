//! Background work that several processes share, and events on their way to sinks.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("job")
                    .col(text("name").primary_key())
                    .col(reference_null("holder"))
                    .col(moment_null("leased_until"))
                    .col(moment_null("last_started_at"))
                    .col(moment_null("last_finished_at"))
                    .col(big("last_done"))
                    .col(integer("failures"))
                    .col(moment_null("next_run_at"))
                    .col(text_null("last_error"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("event_sink")
                    .col(text("name").primary_key())
                    .col(big("position"))
                    .col(moment("seen_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("event_delivery")
                    .col(id())
                    .col(text("sink"))
                    .col(reference("event_id"))
                    .col(big("cursor"))
                    .col(reference("subject_id"))
                    .col(integer("attempts"))
                    .col(moment_null("next_attempt_at"))
                    .col(moment_null("parked_at"))
                    .col(text_null("last_error"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create().table("outbox_state").col(integer("id").primary_key()).col(big("deleted_up_to")).take(),
            )
            .await?;
        run(
            manager,
            &[
                "INSERT INTO outbox_state (id, deleted_up_to) VALUES (1, 0)",
                "CREATE UNIQUE INDEX event_delivery_subject ON event_delivery (sink, subject_id, cursor)",
                "CREATE INDEX event_delivery_due ON event_delivery (sink, next_attempt_at) WHERE parked_at IS NULL",
                "CREATE INDEX event_delivery_parked ON event_delivery (parked_at) WHERE parked_at IS NOT NULL",
                "CREATE INDEX event_delivery_event ON event_delivery (cursor)",
                "CREATE INDEX cart_untouched ON cart (updated_at) WHERE status IN ('ACTIVE', 'MERGED')",
                "CREATE INDEX orders_cart ON orders (cart_id)",
                "CREATE INDEX session_expired ON session (expires_at)",
                "CREATE INDEX refresh_token_expired ON refresh_token (expires_at)",
                "CREATE INDEX webhook_event_worked ON webhook_event (processed_at) WHERE state IN ('PROCESSED', 'IGNORED')",
                "CREATE INDEX webhook_event_failed ON webhook_event (received_at) WHERE state = 'FAILED'",
                "CREATE INDEX sandbox_webhook_sent ON sandbox_webhook (sent_at) WHERE sent_at IS NOT NULL",
                "CREATE INDEX refund_parked ON refund (created_at) WHERE status IN ('PENDING', 'FAILED')",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = [
            "cart_untouched",
            "orders_cart",
            "session_expired",
            "refresh_token_expired",
            "webhook_event_worked",
            "webhook_event_failed",
            "sandbox_webhook_sent",
            "refund_parked",
        ];
        for index in indexes {
            run(manager, &[&format!("DROP INDEX {index}")]).await?;
        }
        drop_tables(manager, &["outbox_state", "event_delivery", "event_sink", "job"]).await
    }
}
