//! Products, variants, prices, pictures, tags and collections.

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
                    .table("product")
                    .col(id())
                    .col(text("handle"))
                    .col(text("title"))
                    .col(text("description_html"))
                    .col(text("description"))
                    .col(text("vendor"))
                    .col(text("product_type"))
                    .col(text("status"))
                    .col(moment_null("published_at"))
                    .col(text_null("seo_title"))
                    .col(text_null("seo_description"))
                    .col(sort_key(manager, "title_key"))
                    .col(sort_key(manager, "vendor_key"))
                    .col(sort_key(manager, "type_key"))
                    .col(text("search_words"))
                    .col(big("min_price_minor"))
                    .col(big("units_sold"))
                    .col(integer("version"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("product_option")
                    .col(id())
                    .col(reference("product_id"))
                    .col(integer("position"))
                    .col(text("name"))
                    .foreign_key(&mut owned_by(("product_option", "product_id"), "product"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("product_tag")
                    .col(reference("product_id"))
                    .col(sort_key(manager, "tag_key"))
                    .col(text("tag"))
                    .primary_key(Index::create().col("product_id").col("tag_key"))
                    .foreign_key(&mut owned_by(("product_tag", "product_id"), "product"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("product_image")
                    .col(id())
                    .col(reference("product_id"))
                    .col(integer("position"))
                    .col(text("url"))
                    .col(text_null("alt"))
                    .col(integer_null("width"))
                    .col(integer_null("height"))
                    .foreign_key(&mut owned_by(("product_image", "product_id"), "product"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("variant")
                    .col(id())
                    .col(reference("product_id"))
                    .col(integer("position"))
                    .col(text("title"))
                    .col(text_null("sku"))
                    .col(text_null("barcode"))
                    .col(text_null("option1"))
                    .col(text_null("option2"))
                    .col(text_null("option3"))
                    .col(reference_null("image_id"))
                    .col(integer("weight_grams"))
                    .col(big_null("measure_milli"))
                    .col(text_null("measure_unit"))
                    .col(integer_null("reference_value"))
                    .col(text_null("reference_unit"))
                    .col(boolean("requires_shipping"))
                    .col(boolean("taxable"))
                    .col(boolean("tracked"))
                    .col(boolean("continue_selling"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .foreign_key(&mut owned_by(("variant", "product_id"), "product"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("variant_price")
                    .col(reference("variant_id"))
                    .col(text("currency"))
                    .col(big("amount_minor"))
                    .col(big_null("compare_at_minor"))
                    .primary_key(Index::create().col("variant_id").col("currency"))
                    .foreign_key(&mut owned_by(("variant_price", "variant_id"), "variant"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("collection")
                    .col(id())
                    .col(text("handle"))
                    .col(text("title"))
                    .col(text("description_html"))
                    .col(text("description"))
                    .col(text_null("image_url"))
                    .col(text_null("image_alt"))
                    .col(integer_null("image_width"))
                    .col(integer_null("image_height"))
                    .col(text_null("seo_title"))
                    .col(text_null("seo_description"))
                    .col(sort_key(manager, "title_key"))
                    .col(moment_null("published_at"))
                    .col(integer("version"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("collection_product")
                    .col(reference("collection_id"))
                    .col(reference("product_id"))
                    .col(integer("position"))
                    .primary_key(Index::create().col("collection_id").col("product_id"))
                    .foreign_key(&mut owned_by(("collection_product", "collection_id"), "collection"))
                    .foreign_key(&mut owned_by(("collection_product", "product_id"), "product"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX product_handle ON product (handle)",
                "CREATE INDEX product_title_key ON product (title_key, id)",
                "CREATE INDEX product_min_price ON product (min_price_minor, id)",
                "CREATE INDEX product_updated_at ON product (updated_at, id)",
                "CREATE INDEX product_created_at ON product (created_at, id)",
                "CREATE INDEX product_units_sold ON product (units_sold, id)",
                "CREATE UNIQUE INDEX product_option_position ON product_option (product_id, position)",
                "CREATE INDEX product_tag_key ON product_tag (tag_key)",
                "CREATE INDEX product_image_product ON product_image (product_id, position)",
                "CREATE INDEX variant_product ON variant (product_id, position)",
                "CREATE INDEX variant_sku ON variant (sku)",
                "CREATE UNIQUE INDEX collection_handle ON collection (handle)",
                "CREATE INDEX collection_title_key ON collection (title_key, id)",
                "CREATE INDEX collection_product_position ON collection_product (collection_id, position, product_id)",
                "CREATE INDEX collection_product_product ON collection_product (product_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "collection_product",
                "collection",
                "variant_price",
                "variant",
                "product_image",
                "product_tag",
                "product_option",
                "product",
            ],
        )
        .await
    }
}
