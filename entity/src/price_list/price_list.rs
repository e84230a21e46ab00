//! Price lists.

use sea_orm::entity::prelude::*;

use crate::{ids::PriceListId, money::Currency, text_list::TextList};

/// One price list: for whom, when and in which currency its prices count.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PriceListId,
    /// What staff call it.
    pub name: String,
    /// The currency of all its prices; never changes.
    pub currency: Currency,
    /// Countries of the buyers it is for (ISO 3166-1 alpha-2); none named means all.
    #[sea_orm(column_type = "JsonBinary")]
    pub country_codes: TextList,
    /// A list of higher priority goes before the others.
    pub priority: i32,
    /// From when on it counts, in whole seconds; `None`: always.
    pub starts_at: Option<DateTimeUtc>,
    /// Until when it counts, the moment itself not; `None`: for ever.
    pub ends_at: Option<DateTimeUtc>,
    /// Whether it counts at all.
    pub active: bool,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it, or a price of it, last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
