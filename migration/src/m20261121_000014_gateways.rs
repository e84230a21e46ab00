//! What a shop knows at its gateways: its customers there, and where their books differ from ours.

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
                    .table("gateway_customer")
                    .col(id())
                    .col(text("gateway"))
                    .col(reference("account_id"))
                    .col(text("reference"))
                    .col(moment("created_at"))
                    .foreign_key(&mut belongs_to(("gateway_customer", "account_id"), "account"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("gateway_difference")
                    .col(id())
                    .col(text("gateway"))
                    .col(text("provider_reference"))
                    .col(reference_null("payment_id"))
                    .col(text("detail"))
                    .col(moment("found_at"))
                    .col(moment("seen_at"))
                    .col(moment_null("resolved_at"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX gateway_customer_account ON gateway_customer (gateway, account_id)",
                "CREATE UNIQUE INDEX gateway_difference_reference ON gateway_difference (gateway, provider_reference)",
                "CREATE INDEX gateway_difference_open ON gateway_difference (found_at) WHERE resolved_at IS NULL",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["gateway_difference", "gateway_customer"]).await
    }
}
