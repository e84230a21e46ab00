//! Handles: unique among pages, among blogs, among menus, and among the articles of one blog.

use entity::ids::BlogId;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, SqlErr, StatementBuilder,
    sea_query::{Cond, Condition, Expr, ExprTrait, Query},
};

use super::errors::Refusal;
use crate::domain::{
    catalog::{Reason, handle},
    shared::Failure,
};

/// Among what a handle is unique.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    /// Pages.
    Pages,
    /// Blogs.
    Blogs,
    /// Menus.
    Menus,
    /// The articles of a blog.
    Articles(BlogId),
}

impl Scope {
    const fn table(self) -> &'static str {
        match self {
            Self::Pages => "page",
            Self::Blogs => "blog",
            Self::Menus => "menu",
            Self::Articles(_) => "article",
        }
    }

    fn within(self) -> Condition {
        match self {
            Self::Pages | Self::Blogs | Self::Menus => Cond::all(),
            Self::Articles(blog) => Cond::all().add(Expr::col("blog_id").eq(blog.0)),
        }
    }
}

/// The handles among `scope` that satisfy `condition`.
async fn handles(db: &impl ConnectionTrait, scope: Scope, condition: Condition) -> Result<Vec<String>, DbErr> {
    let query =
        Query::select().column("handle").from(scope.table()).cond_where(scope.within()).cond_where(condition).take();
    let rows = db.query_all_raw(StatementBuilder::build(&query, &db.get_database_backend())).await?;
    rows.iter().map(|row| row.try_get("", "handle")).collect()
}

/// The handle of something new: the one that was chosen, or the first free one that the title makes.
pub(super) async fn of_new(
    tx: &DatabaseTransaction,
    scope: Scope,
    chosen: Option<&str>,
    title: &str,
) -> Result<String, Failure<Refusal>> {
    if let Some(chosen) = chosen {
        let wanted = handle::of_title(chosen);
        ensure_free(tx, scope, &wanted).await?;
        return Ok(wanted);
    }
    let base = handle::of_title(title);
    let base = if base.is_empty() { scope.table() } else { &base };
    let alike = Cond::any()
        .add(Expr::col("handle").eq(base))
        // `_` in the base is a wildcard here: a few rows too many are read, which does no harm.
        .add(Expr::col("handle").like(format!("{base}-%")));
    Ok(handle::first_free(base, &handles(tx, scope, alike).await?))
}

/// Refuses a handle that something else has.
pub(super) async fn ensure_free(tx: &DatabaseTransaction, scope: Scope, wanted: &str) -> Result<(), Failure<Refusal>> {
    let same = Cond::all().add(Expr::col("handle").eq(wanted));
    if handles(tx, scope, same).await?.is_empty() { Ok(()) } else { Err(Failure::refuse(taken())) }
}

/// The refusal of a handle that is in use.
pub(super) fn taken() -> Refusal {
    Refusal::form("handle", Reason::HandleTaken)
}

/// What a failed statement says: that another transaction took the handle in the same moment, or a fault.
pub(super) fn unless_taken(error: DbErr) -> Failure<Refusal> {
    let lost = matches!(error, DbErr::RecordNotInserted)
        || matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(constraint)) if constraint.contains("handle"));
    if lost { Failure::refuse(taken()) } else { error.into() }
}
