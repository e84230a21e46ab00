//! The outbox: facts written in the transaction that made them.

use sea_orm::entity::prelude::*;

use crate::ids::EventId;

/// One fact. `position` is the order of writing, `cursor` the order of publication.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_event")]
pub struct Model {
    /// Automatic; grows with each insert, not with each commit.
    #[sea_orm(primary_key)]
    pub position: i64,
    /// Id.
    pub id: EventId,
    /// Dotted name, such as `order.paid`.
    pub kind: String,
    /// What it is about: the table's name.
    pub subject_type: String,
    /// Which one.
    pub subject_id: Uuid,
    /// Its own sequence, from 1, without gaps.
    pub subject_sequence: i64,
    /// The fact's details.
    pub data: Json,
    /// When it was written.
    pub created_at: DateTimeUtc,
    /// Global order, assigned by the relay once it is committed.
    pub cursor: Option<i64>,
    /// When the relay published it.
    pub published_at: Option<DateTimeUtc>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
