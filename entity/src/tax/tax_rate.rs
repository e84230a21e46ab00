//! What one class of goods is taxed with in one zone.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::ids::{TaxClassId, TaxRateId, TaxZoneId};

/// One tax of a rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    /// Which tax it is: the same in every class of the zone that has one of this title, rate and kind.
    pub key: Uuid,
    /// How buyers see it.
    pub title: String,
    /// Its rate in millionths: 190,000 is 19 %.
    pub rate: u32,
    /// Charged on the price and the taxes before it.
    pub compound: bool,
}

/// The taxes of a rate, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Taxes(pub Vec<Tax>);

/// One rate: a zone has one for a class at most, and one for all others.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_rate")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaxRateId,
    /// The zone.
    pub tax_zone_id: TaxZoneId,
    /// The class; none is the standard one.
    pub tax_class_id: Option<TaxClassId>,
    /// Order within the zone, from 0.
    pub position: i32,
    /// The taxes; none is a rate of zero.
    #[sea_orm(column_type = "JsonBinary")]
    pub taxes: Taxes,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
