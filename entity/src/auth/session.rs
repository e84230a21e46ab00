//! Sign-ins: each is a family of refresh tokens.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, SessionId};

/// What a sign-in is for (`aud` of its tokens).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Audience {
    /// A customer's.
    Storefront,
    /// A staff member's.
    Staff,
}

/// One sign-in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Id, in the access token as `sid`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// The account.
    pub account_id: AccountId,
    /// Storefront or staff.
    pub audience: Audience,
    /// When it began.
    pub created_at: DateTimeUtc,
    /// When its newest refresh token ends.
    pub expires_at: DateTimeUtc,
    /// When it was ended.
    pub revoked_at: Option<DateTimeUtc>,
    /// Why: `signed_out`, `reuse`, `password_changed`.
    pub revoked_reason: Option<String>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
