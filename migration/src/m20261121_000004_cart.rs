//! Carts, their lines and delivery addresses.

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
                    .table("cart")
                    .col(id())
                    .col(reference_null("account_id"))
                    .col(text_null("name"))
                    .col(text("kind"))
                    .col(text("status"))
                    .col(reference_null("order_id"))
                    .col(text("currency"))
                    .col(text_null("country_code"))
                    .col(text_null("email"))
                    .col(text_null("phone"))
                    .col(json_null("preferences"))
                    .col(text_null("note"))
                    .col(json("attributes"))
                    .col(json("discount_codes"))
                    .col(integer("version"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("cart_line")
                    .col(id())
                    .col(reference("cart_id"))
                    .col(reference("variant_id"))
                    .col(integer("quantity"))
                    .col(json("attributes"))
                    .col(text("attributes_key"))
                    .col(moment("created_at"))
                    .foreign_key(&mut owned_by(("cart_line", "cart_id"), "cart"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("cart_address")
                    .col(id())
                    .col(reference("cart_id"))
                    .col(json("address"))
                    .col(boolean("selected"))
                    .col(boolean("one_time_use"))
                    .col(moment("created_at"))
                    .foreign_key(&mut owned_by(("cart_address", "cart_id"), "cart"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE INDEX cart_account ON cart (account_id, created_at)",
                "CREATE UNIQUE INDEX cart_line_same ON cart_line (cart_id, variant_id, attributes_key)",
                "CREATE INDEX cart_address_cart ON cart_address (cart_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["cart_address", "cart_line", "cart"]).await
    }
}
