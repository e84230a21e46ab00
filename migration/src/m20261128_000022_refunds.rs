//! Refunds by units, delivery and amount: who decided them, what of the order they give back, and which units are not sent any
//! more.

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
                    .table("order_refund")
                    .col(id())
                    .col(reference("order_id"))
                    .col(reference_null("account_id"))
                    .col(big("total_minor"))
                    .col(big("subtotal_minor"))
                    .col(big("discount_minor"))
                    .col(big("shipping_minor"))
                    .col(big("tax_minor"))
                    .col(big("adjustment_minor"))
                    .col(big("gift_card_minor"))
                    .col(text_null("note"))
                    .col(boolean("notify"))
                    .col(moment("created_at"))
                    .foreign_key(&mut belongs_to(("order_refund", "order_id"), "orders"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("order_refund_line")
                    .col(id())
                    .col(reference("order_refund_id"))
                    .col(reference("order_line_id"))
                    .col(big("quantity"))
                    .col(big("subtotal_minor"))
                    .col(big("discount_minor"))
                    .col(big("tax_minor"))
                    .col(text("restock_type"))
                    .col(reference_null("location_id"))
                    .foreign_key(&mut owned_by(("order_refund_line", "order_refund_id"), "order_refund"))
                    .foreign_key(&mut belongs_to(("order_refund_line", "order_line_id"), "order_line"))
                    .take(),
            )
            .await?;
        manager
            .alter_table(Table::alter().table("refund").add_column(reference_null("order_refund_id")).take())
            .await?;
        run(
            manager,
            &[
                "CREATE INDEX order_refund_order ON order_refund (order_id, created_at)",
                "CREATE INDEX order_refund_line_refund ON order_refund_line (order_refund_id)",
                "CREATE INDEX order_refund_line_line ON order_refund_line (order_line_id)",
                "ALTER TABLE order_line ADD COLUMN canceled_quantity BIGINT NOT NULL DEFAULT 0",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &["ALTER TABLE order_line DROP COLUMN canceled_quantity", "ALTER TABLE refund DROP COLUMN order_refund_id"],
        )
        .await?;
        drop_tables(manager, &["order_refund_line", "order_refund"]).await
    }
}
