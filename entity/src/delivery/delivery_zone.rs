//! Delivery zones.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::ids::DeliveryZoneId;

/// A part of the world.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Area {
    /// Its country (ISO 3166-1 alpha-2); none is the rest of the world.
    pub country_code: Option<String>,
    /// Parts of the country by code; none named means all of it.
    pub province_codes: Vec<String>,
    /// Postal codes; none named means all of them.
    pub postal_codes: Vec<PostalCodes>,
}

/// Postal codes of a kind, as staff wrote them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostalCodes {
    /// All that begin with it.
    Prefix(String),
    /// All from the first to the last.
    Range(String, String),
}

/// The areas of a zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Areas(pub Vec<Area>);

/// One zone.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery_zone")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeliveryZoneId,
    /// How staff call it.
    pub name: String,
    /// What belongs to it.
    pub areas: Areas,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
