//! Every query of documents.

use entity::{
    ids::{InvoiceId, OrderId},
    invoice::invoice::{self, InvoiceKind},
};
use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    Statement,
};
use uuid::Uuid;

use super::Invoice;
use crate::{domain::shared::Error, platform::batch::padded};

/// The next number of a kind. Its counter stays locked until the transaction ends: who rolls back gives the number back,
/// and who comes later waits, so there is no gap. It is the last lock that a transaction takes.
pub(super) async fn next_number(tx: &DatabaseTransaction, kind: InvoiceKind) -> Result<i64, Error> {
    let sql = "UPDATE invoice_counter SET last = last + 1 WHERE kind = $1 RETURNING last";
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [kind.to_value().into()]);
    let row = tx.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| Error::fault("the counter of documents is missing"))?;
    Ok(row.try_get("", "last")?)
}

/// Whether an order was invoiced: its money was taken in full.
///
/// # Errors
/// The database's.
pub async fn has_invoice(db: &impl ConnectionTrait, order: OrderId) -> Result<bool, DbErr> {
    Ok(of_subject(db, InvoiceKind::Invoice, order.0).await?.is_some())
}

/// The document of a subject, if it was issued.
pub(super) async fn of_subject(
    db: &impl ConnectionTrait,
    kind: InvoiceKind,
    subject: Uuid,
) -> Result<Option<Invoice>, DbErr> {
    let of = invoice::Entity::find().filter(invoice::Column::Kind.eq(kind));
    of.filter(invoice::Column::SubjectId.eq(subject)).one(db).await
}

/// Keeps a document.
pub(super) async fn insert(tx: &DatabaseTransaction, row: invoice::ActiveModel) -> Result<Invoice, DbErr> {
    invoice::Entity::insert(row).exec_with_returning(tx).await
}

/// One document.
///
/// # Errors
/// The database's.
pub async fn invoice(db: &impl ConnectionTrait, id: InvoiceId) -> Result<Option<Invoice>, DbErr> {
    invoice::Entity::find_by_id(id).one(db).await
}

/// The documents of some orders, oldest first.
///
/// # Errors
/// The database's.
pub async fn invoices_of(db: &impl ConnectionTrait, orders: &[OrderId]) -> Result<Vec<Invoice>, DbErr> {
    let of = invoice::Entity::find().filter(invoice::Column::OrderId.is_in(padded(orders.iter().copied())));
    of.order_by_asc(invoice::Column::IssuedAt).order_by_asc(invoice::Column::Id).all(db).await
}
