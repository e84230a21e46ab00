//! Keys that sign tokens and capability ids, made at first start.

use sea_orm::entity::prelude::*;

use crate::ids::SigningKeyId;

/// One key.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_key")]
pub struct Model {
    /// Id, in tokens as `kid`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SigningKeyId,
    /// What it signs: `access_token` or `capability`.
    pub purpose: String,
    /// The secret, base64 of 32 random bytes.
    pub secret: String,
    /// When it was made; the newest signs, all verify.
    pub created_at: DateTimeUtc,
    /// When it stops verifying.
    pub retired_at: Option<DateTimeUtc>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
