//! Content: pages, blogs and articles, menus, redirects, policies.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("page")
            .col(id())
            .col(text("handle"))
            .col(text("title"))
            .col(text("body_html"))
            .col(text("body"))
            .col(text_null("seo_title"))
            .col(text_null("seo_description"))
            .col(sort_key(manager, "title_key"))
            .col(text("search_words"))
            .col(moment_null("published_at"))
            .col(integer("version"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .take();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("blog")
            .col(id())
            .col(text("handle"))
            .col(text("title"))
            .col(text_null("seo_title"))
            .col(text_null("seo_description"))
            .col(integer("version"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .take();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("article")
            .col(id())
            .col(reference("blog_id"))
            .col(text("handle"))
            .col(text("title"))
            .col(text_null("author_name"))
            .col(text("body_html"))
            .col(text("body"))
            .col(text("summary_html"))
            .col(text("summary"))
            .col(json("tags"))
            .col(text_null("image_url"))
            .col(text_null("image_alt"))
            .col(integer_null("image_width"))
            .col(integer_null("image_height"))
            .col(text_null("seo_title"))
            .col(text_null("seo_description"))
            .col(sort_key(manager, "title_key"))
            .col(text("search_words"))
            .col(moment_null("published_at"))
            // Its place in the list of its blog: the moment of publication, or of its making while it has none.
            .col(moment("listed_at"))
            .col(integer("version"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .foreign_key(&mut belongs_to(("article", "blog_id"), "blog"))
            .take();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("menu")
            .col(id())
            .col(text("handle"))
            .col(text("title"))
            .col(integer("version"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .take();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("menu_item")
            .col(id())
            .col(reference("menu_id"))
            // No foreign key: a menu's items come and go together.
            .col(reference_null("parent_id"))
            .col(integer("position"))
            .col(text("title"))
            .col(text("kind"))
            .col(reference_null("resource_id"))
            .col(text_null("url"))
            .col(json("tags"))
            .foreign_key(&mut owned_by(("menu_item", "menu_id"), "menu"))
            .take();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("url_redirect")
            .col(id())
            .col(text("path"))
            .col(text("target"))
            .col(text("path_key"))
            // The key of the target, if that is a path of this shop too.
            .col(text_null("target_key"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .take();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("shop_policy")
            .col(id())
            .col(text("kind"))
            .col(text("body_html"))
            .col(integer("version"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .take();
        manager.create_table(table).await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX page_handle ON page (handle)",
                "CREATE INDEX page_title_key ON page (title_key, id)",
                "CREATE UNIQUE INDEX blog_handle ON blog (handle)",
                "CREATE UNIQUE INDEX article_handle ON article (blog_id, handle)",
                "CREATE INDEX article_listed ON article (blog_id, listed_at, id)",
                "CREATE INDEX article_listed_all ON article (listed_at, id)",
                "CREATE UNIQUE INDEX menu_handle ON menu (handle)",
                "CREATE INDEX menu_item_menu ON menu_item (menu_id, position)",
                "CREATE UNIQUE INDEX url_redirect_path_key ON url_redirect (path_key)",
                "CREATE UNIQUE INDEX shop_policy_kind ON shop_policy (kind)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["shop_policy", "url_redirect", "menu_item", "menu", "article", "blog", "page"]).await
    }
}
