//! Asking: every relation is made for this one snapshot, every invariant is asked in it, and all of it is gone afterwards.

use std::time::Instant;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement};
use uuid::Uuid;

use super::{
    Broken, Finding, Invariant, Loaded, Outcome, Report, invariants,
    relations::{FILLED_BY, LOADABLE, Relation},
};
use crate::platform::{Database, tx};

/// Broken rows that are shown.
const SHOWN: usize = 5;

const VIEWS: &str = include_str!("views.sql");

/// What to look at.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// The moment to take for now; `None`: the database's own time.
    pub as_of: Option<DateTime<Utc>>,
    /// What others wrote down.
    pub loaded: Loaded,
}

/// Checks every invariant against one snapshot of the shop. `now` is the moment when `what` names none.
///
/// # Errors
/// The database does not answer, or its tables are not ours or not up to date.
pub async fn audit(db: &Database, what: &Audit, now: DateTime<Utc>) -> anyhow::Result<Report> {
    let tx = tx::begin_snapshot(db).await.context("the database gives no snapshot")?;
    let as_of = what.as_of.unwrap_or(now);
    make_relations(&tx, &what.loaded, as_of)
        .await
        .context("the tables of this database are not as this program knows them; see `cartwright migrate status`")?;
    tx::seal(&tx).await?;
    let findings = ask_all(&tx, &what.loaded).await?;
    tx.rollback().await?;
    Ok(Report { as_of, findings })
}

/// Makes every relation for this transaction: temporary tables and views, gone when it is rolled back.
///
/// # Errors
/// The database's.
pub async fn make_relations(tx: &DatabaseTransaction, loaded: &Loaded, as_of: DateTime<Utc>) -> Result<(), DbErr> {
    let backend = tx.get_database_backend();
    tx.execute_unprepared("CREATE TEMPORARY TABLE chk_now (ms BIGINT)").await?;
    tx.execute_unprepared(&format!("INSERT INTO chk_now VALUES ({})", as_of.timestamp_millis())).await?;
    for relation in LOADABLE {
        make_relation(tx, loaded, relation).await?;
    }
    for view in VIEWS.split(";\n") {
        if view.contains("CREATE") && belongs(tx, view).await? {
            tx.execute_unprepared(&for_backend(view, backend)).await?;
        }
    }
    Ok(())
}

/// Whether a view is to be made: what stands in brackets above it names a table that must be there, or must not.
async fn belongs(tx: &DatabaseTransaction, view: &str) -> Result<bool, DbErr> {
    let marker = view.lines().find_map(|line| line.strip_prefix("-- [")?.strip_suffix(']'));
    let Some(marker) = marker else { return Ok(true) };
    match marker.strip_prefix("no ") {
        Some(table) => is_there(tx, table).await.map(|there| !there),
        None => is_there(tx, marker).await,
    }
}

async fn is_there(tx: &DatabaseTransaction, table: &str) -> Result<bool, DbErr> {
    let backend = tx.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => "SELECT 1 AS there WHERE to_regclass($1) IS NOT NULL",
        _ => "SELECT 1 AS there FROM sqlite_master WHERE type = 'table' AND name = $1",
    };
    Ok(tx.query_one_raw(Statement::from_sql_and_values(backend, sql, [table.into()])).await?.is_some())
}

/// Asks every invariant of the relations that were made.
///
/// # Errors
/// The database's, with the invariant's number.
pub async fn ask_all(tx: &DatabaseTransaction, loaded: &Loaded) -> anyhow::Result<Vec<Finding>> {
    let mut names = loaded.names();
    for (relation, table) in FILLED_BY {
        if is_there(tx, table).await? {
            names.insert(relation);
        }
    }
    let mut findings = Vec::new();
    for invariant in invariants::all() {
        let started = Instant::now();
        let checked = invariant.needs.split_whitespace().all(|relation| names.contains(relation));
        let outcome = if checked {
            ask(tx, &invariant).await.with_context(|| format!("{} could not be asked", invariant.id))?
        } else {
            Outcome::NotChecked { needs: invariant.needs }
        };
        let Invariant { id, name, meaning, .. } = invariant;
        findings.push(Finding { id, name, meaning, outcome, took: started.elapsed() });
    }
    Ok(findings)
}

async fn make_relation(tx: &DatabaseTransaction, loaded: &Loaded, relation: &Relation) -> Result<(), DbErr> {
    let backend = tx.get_database_backend();
    tx.execute_unprepared(&relation.create(backend)).await?;
    loaded.write(tx, relation).await?;
    tx.execute_unprepared(&relation.create_index(backend)).await?;
    if backend == DbBackend::Postgres {
        tx.execute_unprepared(&format!("ANALYZE {}", relation.table)).await?;
    }
    Ok(())
}

/// Writes out `MS(column)`: milliseconds since 1970.
fn for_backend(view: &str, backend: DbBackend) -> String {
    let (before, after) = match backend {
        DbBackend::Postgres => ("CAST(EXTRACT(EPOCH FROM ", ") * 1000 AS BIGINT)"),
        _ => ("CAST(unixepoch(", ", 'subsec') * 1000 AS INTEGER)"),
    };
    let mut parts = view.split("MS(");
    let mut sql = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (column, rest) = part.split_once(')').unwrap_or((part, ""));
        sql.extend([before, column, after, rest]);
    }
    sql
}

async fn ask(tx: &DatabaseTransaction, invariant: &Invariant) -> Result<Outcome, DbErr> {
    let backend = tx.get_database_backend();
    let broken = format!("FROM ({}) AS broken", invariant.sql);
    // Counted first and shown afterwards: a limit makes a planner hope for an early end, which a shop in order never has.
    let count = format!("SELECT CAST(COUNT(*) AS BIGINT) AS n {broken}");
    let count = tx.query_one_raw(Statement::from_string(backend, count)).await?;
    let rows: i64 = count.map_or(Ok(0), |row| row.try_get("", "n"))?;
    if rows == 0 {
        return Ok(Outcome::Ok);
    }
    let first = format!("SELECT * {broken} LIMIT {SHOWN}");
    let first = tx.query_all_raw(Statement::from_string(backend, first)).await?;
    Ok(Outcome::Broken(Broken { rows, first: first.iter().map(in_words).collect() }))
}

/// A row as `name value` by column.
fn in_words(row: &QueryResult) -> String {
    let cells = row.column_names().into_iter().map(|name| {
        let value = cell(row, &name);
        let (what, kind) = match name.strip_suffix("_id") {
            Some(what) => (what.replace('_', " "), kind_of(what)),
            None => (name.replace('_', " "), None),
        };
        match kind {
            Some(kind) if value != "none" => format!("{what} gid://cartwright/{kind}/{value}"),
            _ => format!("{what} {value}"),
        }
    });
    cells.collect::<Vec<_>>().join(", ")
}

/// The type in the API of what a column names, where it has one that can be written down.
fn kind_of(what: &str) -> Option<&'static str> {
    Some(match what {
        "order" => "Order",
        "order_line" => "OrderLineItem",
        "payment" => "Payment",
        "variant" => "ProductVariant",
        "location" => "Location",
        _ => return None,
    })
}

fn cell(row: &QueryResult, name: &str) -> String {
    let nothing = || "none".to_owned();
    // The two databases keep ids in their own ways, and the same query runs on both: the value says what it is.
    if let Ok(text) = row.try_get::<Option<String>>("", name) {
        return text.unwrap_or_else(nothing);
    }
    if let Ok(id) = row.try_get::<Option<Uuid>>("", name) {
        return id.map_or_else(nothing, |id| id.to_string());
    }
    row.try_get::<Option<i64>>("", name).ok().flatten().map_or_else(nothing, |number| number.to_string())
}
