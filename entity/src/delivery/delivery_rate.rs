//! Delivery rates.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{DeliveryRateId, DeliveryZoneId},
    money::Currency,
};

/// What a rate costs, in minor units of its currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// Always the same.
    Flat(i64),
    /// By what the goods weigh, in grams.
    ByWeight(Vec<Band>),
    /// By what the goods cost, in minor units.
    ByPrice(Vec<Band>),
}

/// A cost for what measures at least `from` and less than `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// The least measure.
    pub from: i64,
    /// The first measure beyond it; none is open.
    pub until: Option<i64>,
    /// What it costs.
    pub cost: i64,
}

/// One rate: a way of delivering into a zone.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery_rate")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeliveryRateId,
    /// The zone.
    pub zone_id: DeliveryZoneId,
    /// The unique name under which it is chosen. It never changes.
    pub handle: String,
    /// Its name, for buyers.
    pub title: String,
    /// What buyers should know of it.
    pub description: Option<String>,
    /// Currency of its amounts.
    pub currency: Currency,
    /// What it costs.
    pub cost: Cost,
    /// It costs nothing from this price of the goods on.
    pub free_above_minor: Option<i64>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
