//! Orders keep the quote that they were placed with, and say what of their total gift cards pay and which taxes are inside.

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
                    .table("order_quote")
                    .col(id())
                    .col(reference("order_id"))
                    .col(integer("revision"))
                    .col(json("quote"))
                    .col(reference_null("account_id"))
                    .col(moment("created_at"))
                    .foreign_key(&mut owned_by(("order_quote", "order_id"), "orders"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX order_quote_revision ON order_quote (order_id, revision)",
                "ALTER TABLE orders ADD COLUMN gift_card_minor BIGINT NOT NULL DEFAULT 0",
                "ALTER TABLE orders ADD COLUMN tax_included_minor BIGINT NOT NULL DEFAULT 0",
                "ALTER TABLE order_line ADD COLUMN tax_minor BIGINT NOT NULL DEFAULT 0",
                "ALTER TABLE order_line ADD COLUMN tax_included_minor BIGINT NOT NULL DEFAULT 0",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                "ALTER TABLE order_line DROP COLUMN tax_included_minor",
                "ALTER TABLE order_line DROP COLUMN tax_minor",
                "ALTER TABLE orders DROP COLUMN tax_included_minor",
                "ALTER TABLE orders DROP COLUMN gift_card_minor",
            ],
        )
        .await?;
        drop_tables(manager, &["order_quote"]).await
    }
}
