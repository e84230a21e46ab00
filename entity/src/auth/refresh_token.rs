//! Refresh tokens: one use each; the second use ends the session.

use sea_orm::entity::prelude::*;

use crate::ids::{RefreshTokenId, SessionId};

/// One refresh token, kept as a hash.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_token")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RefreshTokenId,
    /// The sign-in.
    pub session_id: SessionId,
    /// SHA-256 of the secret, hexadecimal.
    pub secret_hash: String,
    /// When it was handed out.
    pub created_at: DateTimeUtc,
    /// When it ends.
    pub expires_at: DateTimeUtc,
    /// When it was exchanged.
    pub used_at: Option<DateTimeUtc>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
