//! Idempotency keys with the answers of their requests.

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
                    .table("idempotency_record")
                    .col(text("scope"))
                    .col(text("key"))
                    .col(text("request_hash"))
                    .col(text("state"))
                    .col(reference("holder"))
                    .col(moment("claimed_until"))
                    .col(text_null("response"))
                    .col(text_null("response_code"))
                    .col(reference_null("order_id"))
                    .col(moment("created_at"))
                    .col(moment_null("completed_at"))
                    .primary_key(Index::create().col("scope").col("key"))
                    .take(),
            )
            .await?;
        run(manager, &["CREATE INDEX idempotency_record_created ON idempotency_record (created_at)"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["idempotency_record"]).await
    }
}
