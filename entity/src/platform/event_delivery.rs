//! Events that a sink did not take, and those of the same subject that wait behind them.

use sea_orm::entity::prelude::*;

use crate::ids::{EventDeliveryId, EventId};

/// One event that is still owed to one sink although the sink's position passed it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_delivery")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventDeliveryId,
    /// The sink.
    pub sink: String,
    /// The event.
    pub event_id: EventId,
    /// Its place in the global order.
    pub cursor: i64,
    /// What it is about: later events of the same subject wait behind it.
    pub subject_id: Uuid,
    /// How often the sink refused it.
    pub attempts: i32,
    /// When it may be tried again; nothing while it waits behind another.
    pub next_attempt_at: Option<DateTimeUtc>,
    /// When it was given up until a person decides.
    pub parked_at: Option<DateTimeUtc>,
    /// Why the sink refused it.
    pub last_error: Option<String>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
