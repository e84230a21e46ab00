//! Mails to shoppers, invoices and credit notes.

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
                    .table("notification")
                    .col(id())
                    .col(text("kind"))
                    .col(reference("subject_id"))
                    .col(reference("order_id"))
                    .col(text("recipient"))
                    .col(text("language"))
                    .col(text("state"))
                    .col(integer("attempts"))
                    .col(moment("next_at"))
                    .col(text_null("last_error"))
                    .col(moment("created_at"))
                    .col(moment_null("finished_at"))
                    .foreign_key(&mut owned_by(("notification", "order_id"), "orders"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create().table("invoice_counter").col(text("kind").primary_key()).col(big("last")).take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("invoice")
                    .col(id())
                    .col(text("kind"))
                    .col(big("sequence"))
                    .col(text("number"))
                    .col(reference("order_id"))
                    .col(reference("subject_id"))
                    .col(moment("issued_at"))
                    .col(json("snapshot"))
                    .foreign_key(&mut belongs_to(("invoice", "order_id"), "orders"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX notification_once ON notification (kind, subject_id)",
                "CREATE INDEX notification_due ON notification (next_at) WHERE state IN ('QUEUED', 'SENDING')",
                "CREATE INDEX notification_failed ON notification (created_at) WHERE state = 'FAILED'",
                "CREATE INDEX notification_finished ON notification (finished_at) WHERE finished_at IS NOT NULL",
                "CREATE INDEX notification_order ON notification (order_id)",
                "INSERT INTO invoice_counter (kind, last) VALUES ('INVOICE', 0)",
                "INSERT INTO invoice_counter (kind, last) VALUES ('CREDIT_NOTE', 0)",
                "CREATE UNIQUE INDEX invoice_sequence ON invoice (kind, sequence)",
                "CREATE UNIQUE INDEX invoice_once ON invoice (kind, subject_id)",
                "CREATE INDEX invoice_order ON invoice (order_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["invoice", "invoice_counter", "notification"]).await
    }
}
