//! Delivery zones.

use sea_orm::entity::prelude::*;

use crate::{area::Areas, ids::DeliveryZoneId};

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
