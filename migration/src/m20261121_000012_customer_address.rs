//! Addresses that customers keep.

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
                    .table("customer_address")
                    .col(id())
                    .col(reference("account_id"))
                    .col(json("address"))
                    .col(boolean("is_default"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .foreign_key(&mut owned_by(("customer_address", "account_id"), "account"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE INDEX customer_address_account ON customer_address (account_id)",
                "CREATE UNIQUE INDEX customer_address_default ON customer_address (account_id) WHERE is_default",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["customer_address"]).await
    }
}
