//! How a shop delivers: zones with their rates, places to collect goods at, and what buyers chose.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("delivery_zone")
            .col(id())
            .col(text("name"))
            // Zones are always read with all that belongs to them, and never looked for by it.
            .col(json("areas"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .take();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("delivery_rate")
            .col(id())
            .col(reference("zone_id"))
            .col(text("handle"))
            .col(text("title"))
            .col(text_null("description"))
            .col(text("currency"))
            .col(json("cost"))
            .col(big_null("free_above_minor"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .foreign_key(&mut owned_by(("delivery_rate", "zone_id"), "delivery_zone"))
            .take();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("pickup_location")
            // The location's own id: one is offered for pick-up once or not at all.
            .col(id())
            .col(text("handle"))
            .col(text("title"))
            .col(text_null("instructions"))
            .col(json("address"))
            .col(text("currency"))
            .col(big("cost_minor"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .foreign_key(&mut belongs_to(("pickup_location", "id"), "location"))
            .take();
        manager.create_table(table).await?;
        // One row, or none while everything is as in a new shop.
        let table = Table::create()
            .table("delivery_settings")
            .col(integer("id").primary_key())
            .col(text("unchosen"))
            .col(moment("updated_at"))
            .take();
        manager.create_table(table).await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX delivery_rate_handle ON delivery_rate (handle)",
                "CREATE INDEX delivery_rate_zone ON delivery_rate (zone_id, id)",
                "CREATE UNIQUE INDEX pickup_location_handle ON pickup_location (handle)",
            ],
        )
        .await?;
        let column = json("delivery_choices").default("[]").take();
        manager.alter_table(Table::alter().table("cart").add_column(column).take()).await?;
        manager.alter_table(Table::alter().table("orders").add_column(json_null("deliveries")).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("orders").drop_column("deliveries").take()).await?;
        manager.alter_table(Table::alter().table("cart").drop_column("delivery_choices").take()).await?;
        drop_tables(manager, &["delivery_settings", "pickup_location", "delivery_rate", "delivery_zone"]).await
    }
}
