//! Price lists: prices of variants for countries, currencies, quantities and times; and what prices were before.
//!
//! The histories name lists without a foreign key: what a list asked is part of the past when the list is gone.

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
                    .table("price_list")
                    .col(id())
                    .col(text("name"))
                    .col(text("currency"))
                    .col(json("country_codes"))
                    .col(integer("priority"))
                    .col(moment_null("starts_at"))
                    .col(moment_null("ends_at"))
                    .col(boolean("active"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("price_list_price")
                    .col(reference("price_list_id"))
                    .col(reference("variant_id"))
                    .col(integer("minimum_quantity"))
                    .col(big("amount_minor"))
                    .col(big_null("compare_at_minor"))
                    .primary_key(Index::create().col("price_list_id").col("variant_id").col("minimum_quantity"))
                    .foreign_key(&mut owned_by(("price_list_price", "price_list_id"), "price_list"))
                    .foreign_key(&mut owned_by(("price_list_price", "variant_id"), "variant"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("price_list_history")
                    .col(automatic("id"))
                    .col(reference("price_list_id"))
                    .col(json("country_codes"))
                    .col(integer("priority"))
                    .col(moment_null("starts_at"))
                    .col(moment_null("ends_at"))
                    .col(boolean("active"))
                    .col(moment("since"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("price_history")
                    .col(automatic("id"))
                    .col(reference("variant_id"))
                    .col(text("currency"))
                    .col(reference_null("price_list_id"))
                    .col(big_null("amount_minor"))
                    .col(moment("since"))
                    .foreign_key(&mut owned_by(("price_history", "variant_id"), "variant"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE INDEX price_list_price_variant ON price_list_price (variant_id)",
                "CREATE INDEX price_list_history_list ON price_list_history (price_list_id, since)",
                "CREATE INDEX price_history_variant ON price_history (variant_id, currency, since)",
                // The price of now has been asked at least since the variant last changed; what was before, nobody wrote
                // down.
                "INSERT INTO price_history (variant_id, currency, price_list_id, amount_minor, since) \
                 SELECT variant_price.variant_id, variant_price.currency, NULL, variant_price.amount_minor, \
                 variant.updated_at FROM variant_price JOIN variant ON variant.id = variant_price.variant_id",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["price_history", "price_list_history", "price_list_price", "price_list"]).await
    }
}
