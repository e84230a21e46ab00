//! Parts of the world, as zones keep them.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// A part of the world.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
