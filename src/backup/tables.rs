//! What the database says of its own tables.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use serde::{Deserialize, Serialize};

use super::cell::Kind;

/// The migrator's own table: what it says stands in the header.
const MIGRATIONS: &str = "seaql_migrations";

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, by name.
    pub columns: Vec<Column>,
    /// How many rows it has.
    pub rows: i64,
}

/// The last number that an automatic column gave out. It may be higher than any that is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// The table.
    pub table: String,
    /// The number.
    pub last: i64,
}

impl Table {
    /// Its columns for a statement.
    #[must_use]
    pub fn column_list(&self) -> String {
        self.columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
    }
}

/// A name for a statement.
#[must_use]
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Every table with its number of rows; a table that others point to comes before them.
///
/// # Errors
/// The database's; a column of a type that no backup knows.
pub async fn tables(db: &impl ConnectionTrait) -> anyhow::Result<Vec<Table>> {
    let mut columns: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for [table, name, type_name] in texts(db, columns_sql(db.get_database_backend())).await? {
        let kind = Kind::of(&type_name);
        let kind = kind.with_context(|| format!("{table}.{name} is of type {type_name}, which no backup knows"))?;
        columns.entry(table).or_default().push(Column { name, kind });
    }
    let parents: Vec<[String; 2]> = texts(db, parents_sql(db.get_database_backend())).await?;
    let mut ordered = Vec::new();
    for name in parents_first(columns.keys().cloned().collect(), &parents)? {
        let columns = columns.remove(&name).unwrap_or_default();
        let rows = count(db, &name).await?;
        ordered.push(Table { name, columns, rows });
    }
    Ok(ordered)
}

/// The migrations that were made, oldest first. (The migrator's own question would make its table.)
///
/// # Errors
/// The database's; there is no shop in it.
pub async fn migrations(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let sql = format!("SELECT version FROM {MIGRATIONS} ORDER BY version");
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter().map(|row| row.try_get("", "version")).collect()
}

/// How many rows a table has.
///
/// # Errors
/// The database's.
pub async fn count(db: &impl ConnectionTrait, table: &str) -> Result<i64, DbErr> {
    let sql = format!("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM {}", quoted(table));
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.map_or(Ok(0), |row| row.try_get("", "n"))
}

/// The last number of every automatic column that ever gave one. There is at most one such column in a table.
///
/// # Errors
/// The database's.
pub async fn counters(db: &impl ConnectionTrait) -> Result<Vec<Counter>, DbErr> {
    let backend = db.get_database_backend();
    let mut counters = Vec::new();
    if backend != DbBackend::Postgres {
        let sql = "SELECT name, seq FROM sqlite_sequence WHERE seq > 0 ORDER BY name";
        for row in db.query_all_raw(Statement::from_string(backend, sql)).await? {
            counters.push(Counter { table: row.try_get("", "name")?, last: row.try_get("", "seq")? });
        }
        return Ok(counters);
    }
    for [table, _, sequence] in sequences(db).await? {
        let sql = format!("SELECT last_value AS last FROM {sequence} WHERE is_called");
        if let Some(row) = db.query_one_raw(Statement::from_string(backend, sql)).await? {
            counters.push(Counter { table, last: row.try_get("", "last")? });
        }
    }
    Ok(counters)
}

/// Lets an automatic column go on after a number.
///
/// # Errors
/// The database's; the table has no automatic column.
pub async fn set_counter(db: &impl ConnectionTrait, counter: &Counter) -> anyhow::Result<()> {
    if counter.last <= 0 {
        return Ok(());
    }
    if db.get_database_backend() == DbBackend::Postgres {
        let all = sequences(db).await?;
        let found = all.iter().find(|[table, _, _]| *table == counter.table);
        let [_, _, sequence] = found.with_context(|| format!("{} numbers nothing here", counter.table))?;
        db.execute_unprepared(&format!("SELECT setval('{sequence}', {})", counter.last)).await?;
        return Ok(());
    }
    let values = || [counter.last.into(), counter.table.clone().into()];
    let statement = |sql: &str| Statement::from_sql_and_values(DbBackend::Sqlite, sql, values());
    let known = db.execute_raw(statement("UPDATE sqlite_sequence SET seq = $1 WHERE name = $2")).await?;
    if known.rows_affected() == 0 {
        db.execute_raw(statement("INSERT INTO sqlite_sequence (seq, name) VALUES ($1, $2)")).await?;
    }
    Ok(())
}

/// Table, column and quoted sequence of every automatic column (PostgreSQL).
async fn sequences(db: &impl ConnectionTrait) -> Result<Vec<[String; 3]>, DbErr> {
    let sql = "SELECT table_name::text AS a, column_name::text AS b, \
               pg_get_serial_sequence(quote_ident(table_name), column_name) AS c FROM information_schema.columns \
               WHERE table_schema = current_schema() \
               AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL ORDER BY 1";
    texts(db, sql).await
}

fn columns_sql(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => {
            "SELECT c.table_name::text AS a, c.column_name::text AS b, c.udt_name::text AS c \
             FROM information_schema.columns c JOIN information_schema.tables t \
             ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
             WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY 1, 2"
        }
        _ => {
            "SELECT t.name AS a, c.name AS b, c.type AS c FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1, 2"
        }
    }
}

fn parents_sql(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => {
            "SELECT child.relname::text AS a, parent.relname::text AS b FROM pg_constraint c \
             JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid \
             WHERE c.contype = 'f' AND c.connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
        }
        _ => {
            "SELECT t.name AS a, f.\"table\" AS b FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f \
             WHERE t.type = 'table'"
        }
    }
}

/// Rows of texts whose columns are named `a`, `b` and so on, without the migrator's table.
async fn texts<const N: usize>(db: &impl ConnectionTrait, sql: &str) -> Result<Vec<[String; N]>, DbErr> {
    let mut found = Vec::new();
    for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await? {
        let mut texts = [const { String::new() }; N];
        for (place, text) in texts.iter_mut().enumerate() {
            *text = row.try_get_by_index(place)?;
        }
        if texts[0] != MIGRATIONS {
            found.push(texts);
        }
    }
    Ok(found)
}

/// The names in an order in which every child (first of a pair) comes after its parent (second).
fn parents_first(names: BTreeSet<String>, pairs: &[[String; 2]]) -> anyhow::Result<Vec<String>> {
    let mut left = names;
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let waits = |name: &String| {
            pairs.iter().any(|[child, parent]| child == name && parent != name && left.contains(parent))
        };
        let ready: Vec<String> = left.iter().filter(|name| !waits(name)).cloned().collect();
        if ready.is_empty() {
            bail!("these tables point to each other in a circle: {left:?}");
        }
        for name in ready {
            left.remove(&name);
            ordered.push(name);
        }
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_come_before_their_children() {
        let names = ["a", "b", "c"].map(str::to_owned).into();
        let pairs = [["a", "c"], ["c", "b"], ["b", "b"]].map(|pair| pair.map(str::to_owned));
        assert_eq!(parents_first(names, &pairs).expect("an order"), ["b", "c", "a"]);
        let circle = [["a", "b"], ["b", "a"]].map(|pair| pair.map(str::to_owned));
        assert!(parents_first(["a", "b"].map(str::to_owned).into(), &circle).is_err());
    }
}
