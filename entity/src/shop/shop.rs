//! The shop itself: one row.

use sea_orm::entity::prelude::*;

use crate::{money::Currency, text_list::TextList};

/// The shop's settings, set before the first order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shop")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Name.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// E-mail address for shoppers.
    pub email: Option<String>,
    /// Currency of its prices.
    pub currency: Currency,
    /// Country it sells from (ISO 3166-1 alpha-2).
    pub country_code: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Countries it sells to (ISO 3166-1 alpha-2), its own among them.
    #[sea_orm(column_type = "JsonBinary")]
    pub country_codes: TextList,
    /// Languages it speaks (ISO 639-1), the one its texts are written in first.
    #[sea_orm(column_type = "JsonBinary")]
    pub language_codes: TextList,
    /// Logo: absolute URL or path below the public URL.
    pub logo_url: Option<String>,
    /// What the logo shows.
    pub logo_alt: Option<String>,
    /// Pixels.
    pub logo_width: Option<i32>,
    /// Pixels.
    pub logo_height: Option<i32>,
    /// Grows by one with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
