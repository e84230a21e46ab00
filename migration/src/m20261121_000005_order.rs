//! Orders, their lines, timeline and shipments.

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
                    .table("orders")
                    .col(id())
                    .col(big("number"))
                    .col(reference_null("account_id"))
                    .col(reference("cart_id"))
                    .col(text("email"))
                    .col(text_null("phone"))
                    .col(text("currency"))
                    .col(big("subtotal_minor"))
                    .col(big("discount_minor"))
                    .col(big("shipping_minor"))
                    .col(big("tax_minor"))
                    .col(big("total_minor"))
                    .col(text("status"))
                    .col(text("financial_status"))
                    .col(text("fulfillment_status"))
                    .col(json_null("shipping_address"))
                    .col(json_null("billing_address"))
                    .col(text_null("note"))
                    .col(json("attributes"))
                    .col(moment("reserved_until"))
                    .col(text_null("cancel_reason"))
                    .col(integer("version"))
                    .col(moment("created_at"))
                    .col(moment_null("placed_at"))
                    .col(moment_null("canceled_at"))
                    .col(moment("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("order_line")
                    .col(id())
                    .col(reference("order_id"))
                    .col(integer("position"))
                    .col(reference_null("product_id"))
                    .col(reference_null("variant_id"))
                    .col(text("title"))
                    .col(text("variant_title"))
                    .col(text_null("sku"))
                    .col(text("vendor"))
                    .col(text_null("image_url"))
                    .col(json("selected_options"))
                    .col(json("attributes"))
                    .col(big("quantity"))
                    .col(big("fulfilled_quantity"))
                    .col(big("unit_price_minor"))
                    .col(big("discount_minor"))
                    .col(big("total_minor"))
                    .col(boolean("requires_shipping"))
                    .col(boolean("tracked"))
                    .col(text("status"))
                    .foreign_key(&mut owned_by(("order_line", "order_id"), "orders"))
                    .take(),
            )
            .await?;
        manager
            .create_table(Table::create().table("order_number").col(automatic("id")).col(moment("created_at")).take())
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("timeline_entry")
                    .col(id())
                    .col(reference("order_id"))
                    .col(integer("sequence"))
                    .col(text("kind"))
                    .col(text("message"))
                    .col(moment("created_at"))
                    .foreign_key(&mut owned_by(("timeline_entry", "order_id"), "orders"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("fulfillment")
                    .col(id())
                    .col(reference("order_id"))
                    .col(integer("sequence"))
                    .col(text("status"))
                    .col(text_null("tracking_company"))
                    .col(text_null("tracking_number"))
                    .col(text_null("tracking_url"))
                    .col(moment("created_at"))
                    .col(moment_null("delivered_at"))
                    .col(moment("updated_at"))
                    .foreign_key(&mut owned_by(("fulfillment", "order_id"), "orders"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("fulfillment_line")
                    .col(id())
                    .col(reference("fulfillment_id"))
                    .col(reference("order_line_id"))
                    .col(big("quantity"))
                    .foreign_key(&mut owned_by(("fulfillment_line", "fulfillment_id"), "fulfillment"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX orders_number ON orders (number)",
                "CREATE UNIQUE INDEX orders_one_a_cart ON orders (cart_id) WHERE status <> 'CANCELED'",
                "CREATE INDEX orders_account ON orders (account_id, created_at)",
                "CREATE INDEX orders_awaiting_payment ON orders (reserved_until) WHERE status = 'PENDING_PAYMENT'",
                "CREATE INDEX orders_created_at ON orders (created_at, id)",
                "CREATE UNIQUE INDEX order_line_position ON order_line (order_id, position)",
                "CREATE UNIQUE INDEX timeline_entry_sequence ON timeline_entry (order_id, sequence)",
                "CREATE UNIQUE INDEX fulfillment_sequence ON fulfillment (order_id, sequence)",
                "CREATE INDEX fulfillment_line_fulfillment ON fulfillment_line (fulfillment_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &["fulfillment_line", "fulfillment", "timeline_entry", "order_number", "order_line", "orders"],
        )
        .await
    }
}
