//! Taxes: classes of goods, zones with their rates, the shop's settings, and what the tax office says of customers.

use sea_orm_migration::{prelude::*, sea_orm};

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A column that may point at a tax class, added to a table that is there; SQLite adds foreign keys only with their column.
fn variant_class(manager: &SchemaManager<'_>) -> &'static str {
    if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
        "ALTER TABLE variant ADD COLUMN tax_class_id uuid NULL REFERENCES tax_class (id) ON DELETE RESTRICT"
    } else {
        "ALTER TABLE variant ADD COLUMN tax_class_id uuid_text NULL REFERENCES tax_class (id) ON DELETE RESTRICT"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("tax_class")
                    .col(id())
                    .col(text("name"))
                    .col(text("name_key").unique_key())
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("tax_zone")
                    .col(id())
                    .col(text("name"))
                    .col(text("name_key").unique_key())
                    .col(json("areas"))
                    .col(text("shown"))
                    .col(text("rounding_mode"))
                    .col(text("rounding_level"))
                    .col(text("rounding_parts"))
                    .col(text("shipping"))
                    .col(reference_null("shipping_class_id"))
                    .col(boolean("reverse_charge"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .foreign_key(&mut belongs_to(("tax_zone", "shipping_class_id"), "tax_class"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("tax_rate")
                    .col(id())
                    .col(reference("tax_zone_id"))
                    .col(reference_null("tax_class_id"))
                    .col(integer("position"))
                    .col(json("taxes"))
                    .foreign_key(&mut owned_by(("tax_rate", "tax_zone_id"), "tax_zone"))
                    .foreign_key(&mut owned_by(("tax_rate", "tax_class_id"), "tax_class"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("tax_settings")
                    .col(integer("id").primary_key())
                    .col(text("entered"))
                    .col(reference_null("home_zone_id"))
                    .col(text("abroad"))
                    .col(moment_null("updated_at"))
                    .foreign_key(&mut belongs_to(("tax_settings", "home_zone_id"), "tax_zone"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("customer_tax")
                    .col(reference("account_id").primary_key())
                    .col(boolean("tax_exempt"))
                    .col(text_null("tax_number"))
                    .col(moment_null("tax_number_confirmed_at"))
                    .col(moment("updated_at"))
                    .foreign_key(&mut owned_by(("customer_tax", "account_id"), "account"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX tax_rate_class ON tax_rate (tax_zone_id, tax_class_id) WHERE tax_class_id IS NOT NULL",
                "CREATE UNIQUE INDEX tax_rate_standard ON tax_rate (tax_zone_id) WHERE tax_class_id IS NULL",
                "CREATE INDEX tax_rate_of_class ON tax_rate (tax_class_id) WHERE tax_class_id IS NOT NULL",
                "INSERT INTO tax_settings (id, entered, abroad) VALUES (1, 'EXCLUSIVE', 'FIXED_GROSS')",
                variant_class(manager),
                "CREATE INDEX variant_tax_class ON variant (tax_class_id) WHERE tax_class_id IS NOT NULL",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["DROP INDEX variant_tax_class", "ALTER TABLE variant DROP COLUMN tax_class_id"]).await?;
        drop_tables(manager, &["customer_tax", "tax_settings", "tax_rate", "tax_zone", "tax_class"]).await
    }
}
