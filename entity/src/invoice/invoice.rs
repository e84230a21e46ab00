//! Invoices and credit notes as they were issued.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

use crate::ids::{InvoiceId, OrderId};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InvoiceKind {
    /// What was bought and paid.
    Invoice,
    /// What went back of it.
    CreditNote,
}

/// One document. It never changes: everything that is printed stands in it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvoiceId,
    /// What it is.
    pub kind: InvoiceKind,
    /// Its place among its kind, from 1 without gaps.
    pub sequence: i64,
    /// The number that is printed: a prefix and the sequence.
    pub number: String,
    /// The order.
    pub order_id: OrderId,
    /// What it documents: the order, or a refund. Unique for each kind.
    pub subject_id: Uuid,
    /// When it was issued.
    pub issued_at: DateTimeUtc,
    /// Everything that is printed.
    #[sea_orm(column_type = "JsonBinary")]
    pub snapshot: Json,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
