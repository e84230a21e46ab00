//! The outbox of facts.

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
                    .table("outbox_event")
                    .col(automatic("position"))
                    .col(reference("id"))
                    .col(text("kind"))
                    .col(text("subject_type"))
                    .col(reference("subject_id"))
                    .col(big("subject_sequence"))
                    .col(json("data"))
                    .col(moment("created_at"))
                    .col(big_null("cursor"))
                    .col(moment_null("published_at"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX outbox_event_id ON outbox_event (id)",
                "CREATE UNIQUE INDEX outbox_event_cursor ON outbox_event (cursor)",
                "CREATE INDEX outbox_event_unpublished ON outbox_event (position) WHERE cursor IS NULL",
                "CREATE UNIQUE INDEX outbox_event_subject ON outbox_event (subject_id, subject_sequence)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["outbox_event"]).await
    }
}
