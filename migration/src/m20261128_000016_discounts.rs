//! Discounts, their codes, and who used them.

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
                    .table("discount")
                    .col(id())
                    .col(text("title"))
                    .col(text("title_key"))
                    .col(text("method"))
                    .col(json("effect"))
                    .col(boolean("with_product"))
                    .col(boolean("with_order"))
                    .col(boolean("with_shipping"))
                    .col(json("minimum"))
                    .col(json("eligibility"))
                    .col(moment("starts_at"))
                    .col(moment_null("ends_at"))
                    .col(big_null("usage_limit"))
                    .col(big_null("limit_per_customer"))
                    .col(big("used"))
                    .col(integer("version"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("discount_code")
                    .col(id())
                    .col(reference("discount_id"))
                    .col(text("code"))
                    .col(sort_key(manager, "code_key"))
                    .foreign_key(&mut owned_by(("discount_code", "discount_id"), "discount"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("discount_customer")
                    .col(reference("discount_id"))
                    .col(text("customer_key"))
                    .col(big("used"))
                    .primary_key(Index::create().col("discount_id").col("customer_key"))
                    .foreign_key(&mut owned_by(("discount_customer", "discount_id"), "discount"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("discount_redemption")
                    .col(id())
                    .col(reference("discount_id"))
                    .col(reference("order_id"))
                    .col(text("customer_key"))
                    .col(moment("created_at"))
                    .col(moment_null("returned_at"))
                    .foreign_key(&mut owned_by(("discount_redemption", "discount_id"), "discount"))
                    .foreign_key(&mut owned_by(("discount_redemption", "order_id"), "orders"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE INDEX discount_automatic ON discount (starts_at) WHERE method = 'AUTOMATIC'",
                "CREATE UNIQUE INDEX discount_code_key ON discount_code (code_key)",
                "CREATE INDEX discount_code_discount ON discount_code (discount_id, id)",
                "CREATE UNIQUE INDEX discount_redemption_once ON discount_redemption (discount_id, order_id)",
                "CREATE INDEX discount_redemption_order ON discount_redemption (order_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["discount_redemption", "discount_customer", "discount_code", "discount"]).await
    }
}
