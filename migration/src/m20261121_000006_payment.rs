//! Payments, refunds, the webhook inbox, and the sandbox gateway's own book.

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
                    .table("payment")
                    .col(id())
                    .col(reference("order_id"))
                    .col(text("gateway"))
                    .col(text_null("provider_reference"))
                    .col(text("status"))
                    .col(text("currency"))
                    .col(big("amount_minor"))
                    .col(big("authorized_minor"))
                    .col(big("captured_minor"))
                    .col(big("refunded_minor"))
                    .col(text("capture_method"))
                    .col(text_null("token"))
                    .col(text_null("client_secret"))
                    .col(boolean("save_method"))
                    .col(text_null("return_url"))
                    .col(text_null("next_action_url"))
                    .col(text_null("failure_code"))
                    .col(text_null("failure_message"))
                    .col(text_null("flag"))
                    .col(text_null("idempotency_key"))
                    .col(text_null("request_hash"))
                    .col(boolean("reversal_due"))
                    .col(integer("reversal_attempts"))
                    .col(moment_null("reversal_next_at"))
                    .col(integer("version"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .foreign_key(&mut belongs_to(("payment", "order_id"), "orders"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("refund")
                    .col(id())
                    .col(reference("payment_id"))
                    .col(reference("order_id"))
                    .col(text("reason_key"))
                    .col(big("amount_minor"))
                    .col(text("status"))
                    .col(integer("attempts"))
                    .col(moment("next_attempt_at"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .foreign_key(&mut belongs_to(("refund", "payment_id"), "payment"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("webhook_event")
                    .col(id())
                    .col(text("gateway"))
                    .col(text("provider_event_id"))
                    .col(text("provider_reference"))
                    .col(text("payload"))
                    .col(text("state"))
                    .col(integer("attempts"))
                    .col(moment("next_attempt_at"))
                    .col(text_null("last_error"))
                    .col(moment("received_at"))
                    .col(moment_null("processed_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("sandbox_intent")
                    .col(text("reference").primary_key())
                    .col(text("idempotency_key"))
                    .col(text("token"))
                    .col(big("amount_minor"))
                    .col(text("currency"))
                    .col(text("status"))
                    .col(big("authorized_minor"))
                    .col(big("captured_minor"))
                    .col(big("refunded_minor"))
                    .col(boolean("auto_capture"))
                    .col(text_null("return_url"))
                    .col(text_null("failure_code"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("sandbox_refund")
                    .col(text("idempotency_key").primary_key())
                    .col(text("reference"))
                    .col(big("amount_minor"))
                    .col(moment("created_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("sandbox_webhook")
                    .col(id())
                    .col(text("event_id"))
                    .col(text("reference"))
                    .col(text("kind"))
                    .col(moment("due_at"))
                    .col(integer("attempts"))
                    .col(moment_null("sent_at"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX payment_one_active ON payment (order_id) WHERE status IN ('PENDING', 'REQUIRES_ACTION', 'AUTHORIZED', 'CAPTURED')",
                "CREATE INDEX payment_order ON payment (order_id, created_at)",
                "CREATE UNIQUE INDEX payment_provider_reference ON payment (gateway, provider_reference)",
                "CREATE INDEX payment_unsettled ON payment (updated_at) WHERE status IN ('PENDING', 'REQUIRES_ACTION')",
                "CREATE INDEX payment_reversal_due ON payment (updated_at) WHERE reversal_due",
                "CREATE UNIQUE INDEX refund_reason ON refund (payment_id, reason_key)",
                "CREATE INDEX refund_pending ON refund (next_attempt_at) WHERE status = 'PENDING'",
                "CREATE UNIQUE INDEX webhook_event_provider ON webhook_event (gateway, provider_event_id)",
                "CREATE INDEX webhook_event_received ON webhook_event (next_attempt_at) WHERE state = 'RECEIVED'",
                "CREATE UNIQUE INDEX sandbox_intent_key ON sandbox_intent (idempotency_key)",
                "CREATE INDEX sandbox_webhook_due ON sandbox_webhook (due_at) WHERE sent_at IS NULL",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &["sandbox_webhook", "sandbox_refund", "sandbox_intent", "webhook_event", "refund", "payment"],
        )
        .await
    }
}
