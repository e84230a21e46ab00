//! For whom and when price lists were.

use sea_orm::entity::prelude::*;

use crate::{ids::PriceListId, text_list::TextList};

/// What a list said from one moment on, until its next row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list_history")]
pub struct Model {
    /// Grows with every row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The list, which may be gone.
    pub price_list_id: PriceListId,
    /// Countries of the buyers it was for; none named means all.
    #[sea_orm(column_type = "JsonBinary")]
    pub country_codes: TextList,
    /// Its priority.
    pub priority: i32,
    /// From when on it was to count.
    pub starts_at: Option<DateTimeUtc>,
    /// Until when it was to count.
    pub ends_at: Option<DateTimeUtc>,
    /// Whether it counted; a list that is gone does not.
    pub active: bool,
    /// Since when it said so.
    pub since: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
