//! Stock by location, its movements, and holds.

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
                    .table("location")
                    .col(id())
                    .col(text("name"))
                    .col(integer("priority"))
                    .col(moment("created_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("stock_level")
                    .col(reference("variant_id"))
                    .col(reference("location_id"))
                    .col(big("on_hand"))
                    .col(big("reserved"))
                    .col(moment("updated_at"))
                    .primary_key(Index::create().col("variant_id").col("location_id"))
                    .foreign_key(&mut owned_by(("stock_level", "variant_id"), "variant"))
                    .foreign_key(&mut belongs_to(("stock_level", "location_id"), "location"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("stock_movement")
                    .col(id())
                    .col(reference("variant_id"))
                    .col(reference("location_id"))
                    .col(big("on_hand_delta"))
                    .col(big("reserved_delta"))
                    .col(text("reason"))
                    .col(reference_null("reference_id"))
                    .col(reference_null("account_id"))
                    .col(moment("created_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("reservation")
                    .col(id())
                    .col(reference("order_id"))
                    .col(reference("order_line_id"))
                    .col(reference("variant_id"))
                    .col(reference("location_id"))
                    .col(big("quantity"))
                    .col(text("status"))
                    .col(moment("expires_at"))
                    .col(moment("created_at"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE INDEX stock_movement_variant ON stock_movement (variant_id, created_at)",
                "CREATE INDEX reservation_order ON reservation (order_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["reservation", "stock_movement", "stock_level", "location"]).await
    }
}
