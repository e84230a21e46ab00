//! The last number given to each kind of document: a row that a transaction locks, so that a rollback leaves no gap.

use sea_orm::entity::prelude::*;

use super::invoice::InvoiceKind;

/// One counter.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_counter")]
pub struct Model {
    /// Of which kind.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: InvoiceKind,
    /// The last number given.
    pub last: i64,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
