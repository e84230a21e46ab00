//! What shows the values of options: colors and pictures.

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
                    .table("option_swatch")
                    .col(id())
                    .col(text("option_name"))
                    .col(text("value"))
                    .col(sort_key(manager, "folded_option"))
                    .col(sort_key(manager, "folded_value"))
                    .col(text_null("color"))
                    .col(text_null("image_url"))
                    .col(text_null("image_alt"))
                    .col(integer_null("image_width"))
                    .col(integer_null("image_height"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .take(),
            )
            .await?;
        run(manager, &["CREATE UNIQUE INDEX option_swatch_value ON option_swatch (folded_value, folded_option)"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["option_swatch"]).await
    }
}
