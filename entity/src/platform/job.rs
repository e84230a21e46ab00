//! Background work that one process at a time does for all.

use sea_orm::entity::prelude::*;

/// One job, and who does it now.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Its name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The process that holds the lease.
    pub holder: Option<Uuid>,
    /// When the lease ends, by the database's clock.
    pub leased_until: Option<DateTimeUtc>,
    /// When the last round that is on record began.
    pub last_started_at: Option<DateTimeUtc>,
    /// When that round ended.
    pub last_finished_at: Option<DateTimeUtc>,
    /// How much that round did.
    pub last_done: i64,
    /// Failed rounds since the last good one.
    pub failures: i32,
    /// Not before this moment, after a failure.
    pub next_run_at: Option<DateTimeUtc>,
    /// Why the last round failed; nothing after a good one.
    pub last_error: Option<String>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
