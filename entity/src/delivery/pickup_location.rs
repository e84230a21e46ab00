//! Locations where goods may be collected.

use sea_orm::entity::prelude::*;

use crate::{address::Address, ids::PickupLocationId, money::Currency};

/// One location that is offered for pick-up.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pickup_location")]
pub struct Model {
    /// The location's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PickupLocationId,
    /// The unique name under which it is chosen. It never changes.
    pub handle: String,
    /// Its name, for buyers.
    pub title: String,
    /// What buyers should know: opening hours, what to bring.
    pub instructions: Option<String>,
    /// Where it is.
    pub address: Address,
    /// Currency of the cost.
    pub currency: Currency,
    /// What collecting there costs.
    pub cost_minor: i64,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
