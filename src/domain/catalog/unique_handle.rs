//! Finding out whether a handle is free, for products and collections alike.

use sea_orm::{
    ConnectionTrait, DbErr, SqlErr, StatementBuilder,
    sea_query::{Cond, Expr, ExprTrait, Query},
};

use super::handle;

/// Which table the handle is looked for in.
#[derive(Clone, Copy, Debug)]
pub enum Table {
    /// Products.
    Product,
    /// Collections.
    Collection,
}

impl Table {
    const fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Collection => "collection",
        }
    }
}

/// The first of `base`, `base-1` … that no row has.
///
/// # Errors
/// The database's.
pub async fn first_free(db: &impl ConnectionTrait, table: Table, base: &str) -> Result<String, DbErr> {
    let alike = Cond::any()
        .add(Expr::col("handle").eq(base))
        // `_` in the base is a wildcard here: a few rows too many are read, which does no harm.
        .add(Expr::col("handle").like(format!("{base}-%")));
    let query = Query::select().column("handle").from(table.name()).cond_where(alike).take();
    let rows = db.query_all_raw(StatementBuilder::build(&query, &db.get_database_backend())).await?;
    let taken = rows.iter().map(|row| row.try_get("", "handle")).collect::<Result<Vec<String>, _>>()?;
    Ok(handle::first_free(base, &taken))
}

/// Whether a row has this handle.
///
/// # Errors
/// The database's.
pub async fn is_taken(db: &impl ConnectionTrait, table: Table, wanted: &str) -> Result<bool, DbErr> {
    let query = Query::select().column("handle").from(table.name()).and_where(Expr::col("handle").eq(wanted)).take();
    Ok(db.query_one_raw(StatementBuilder::build(&query, &db.get_database_backend())).await?.is_some())
}

/// Whether a statement failed because another transaction took the handle in the same moment.
#[must_use]
pub fn was_taken_meanwhile(error: &DbErr) -> bool {
    matches!(error, DbErr::RecordNotInserted)
        || matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(constraint)) if constraint.contains("handle"))
}
