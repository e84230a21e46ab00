//! The shop itself, its keys, accounts and sign-ins.

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
                    .table("shop")
                    .col(integer("id").primary_key())
                    .col(text("name"))
                    .col(text_null("description"))
                    .col(text_null("email"))
                    .col(text("currency"))
                    .col(text("country_code"))
                    .col(text("time_zone"))
                    .col(json("country_codes"))
                    .col(json("language_codes"))
                    .col(text_null("logo_url"))
                    .col(text_null("logo_alt"))
                    .col(integer_null("logo_width"))
                    .col(integer_null("logo_height"))
                    .col(integer("version"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("signing_key")
                    .col(id())
                    .col(text("purpose"))
                    .col(text("secret"))
                    .col(moment("created_at"))
                    .col(moment_null("retired_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("account")
                    .col(id())
                    .col(text("email"))
                    .col(text("email_key"))
                    .col(text("password_hash"))
                    .col(text_null("first_name"))
                    .col(text_null("last_name"))
                    .col(text_null("phone"))
                    .col(text("search_text"))
                    .col(text("role"))
                    .col(boolean("accepts_marketing"))
                    .col(moment_null("disabled_at"))
                    .col(moment("created_at"))
                    .col(moment("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("session")
                    .col(id())
                    .col(reference("account_id"))
                    .col(text("audience"))
                    .col(moment("created_at"))
                    .col(moment("expires_at"))
                    .col(moment_null("revoked_at"))
                    .col(text_null("revoked_reason"))
                    .foreign_key(&mut owned_by(("session", "account_id"), "account"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("refresh_token")
                    .col(id())
                    .col(reference("session_id"))
                    .col(text("secret_hash"))
                    .col(moment("created_at"))
                    .col(moment("expires_at"))
                    .col(moment_null("used_at"))
                    .foreign_key(&mut owned_by(("refresh_token", "session_id"), "session"))
                    .take(),
            )
            .await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX account_email_key ON account (email_key)",
                "CREATE INDEX session_account ON session (account_id)",
                "CREATE UNIQUE INDEX refresh_token_secret_hash ON refresh_token (secret_hash)",
                "CREATE INDEX refresh_token_session ON refresh_token (session_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["refresh_token", "session", "account", "signing_key", "shop"]).await
    }
}
