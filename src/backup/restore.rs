//! Taking a backup in: into an empty database, all of it or nothing.

use std::path::Path;

use anyhow::{Context, bail, ensure};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};
use serde_json::Value as Json;

use super::{
    file::{self, Header, Reader, Summary},
    tables::{self, Table, quoted},
};
use crate::{
    app,
    platform::{Database, tx},
};

/// Values that one statement binds at most; both databases take more.
const MOST_VALUES: usize = 30_000;
/// Rows that one statement writes at most.
const MOST_ROWS: usize = 1_000;

/// Reads the whole file first, then fills the empty database with it in one transaction, and brings its tables up to date.
///
/// # Errors
/// The file is cut, altered or of a newer program, or the database holds something: then nothing was changed. The database's:
/// then it is empty.
pub async fn restore(db: &Database, path: &Path) -> anyhow::Result<Summary> {
    let header = file::verify(path).context("nothing was restored")?;
    let steps = steps(&header)?;
    ensure_empty(db).await?;
    empty_tables_of(db, steps).await?;
    let summary = load(db, path).await.context("nothing was restored; the database is empty as it was")?;
    app::migrate(db).await?;
    Ok(summary)
}

/// How many migrations the backup's tables have; they are the first of ours.
fn steps(header: &Header) -> anyhow::Result<u32> {
    let ours: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    if !ours.starts_with(&header.migrations) {
        let last = header.migrations.last().map_or("none", String::as_str);
        bail!(
            "this backup is of another version of the program (its last migration is {last}); restore it with that one"
        );
    }
    Ok(u32::try_from(header.migrations.len())?)
}

/// Refuses a database that anything is in, beside what migrations put there.
async fn ensure_empty(db: &Database) -> anyhow::Result<()> {
    let made_by_migrations = ["outbox_state"];
    let tables = tables::tables(db.reader()).await?;
    let full = tables.iter().find(|table| table.rows > 0 && !made_by_migrations.contains(&table.name.as_str()));
    if let Some(table) = full {
        bail!(
            "this database is not empty ({} has {} rows), and a restore does not mix two shops; name a new database, \
             one that no server was started on",
            table.name,
            table.rows
        );
    }
    Ok(())
}

/// Gives an empty database the tables that the backup has.
async fn empty_tables_of(db: &Database, steps: u32) -> anyhow::Result<()> {
    if !tables::tables(db.reader()).await?.is_empty() {
        let done = tables::migrations(db.reader()).await;
        let done = done.context("there are tables in this database that are not of a shop; name a new database")?;
        if done.len() != usize::try_from(steps)? {
            Migrator::down(db.pool(), None).await.context("the empty tables could not be taken back")?;
        }
    }
    app::migrate_first(db, steps).await
}

async fn load(db: &Database, path: &Path) -> anyhow::Result<Summary> {
    let mut reader = Reader::open(path)?;
    let tx = tx::begin(db).await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
            .await?;
    }
    let here = tables::tables(&*tx).await?;
    for table in &reader.header.tables {
        let same = here.iter().find(|known| known.name == table.name && known.columns == table.columns);
        let same = same.with_context(|| format!("table {} has other columns in the backup", table.name))?;
        if same.rows > 0 {
            tx.execute_unprepared(&format!("DELETE FROM {}", quoted(&same.name))).await?;
        }
    }
    ensure!(here.len() == reader.header.tables.len(), "the backup has other tables");
    let mut batch: Vec<Vec<Json>> = Vec::new();
    let mut filling = 0;
    while let Some((place, cells)) = reader.next()? {
        let full = |table: &Table| batch.len() >= MOST_ROWS.min(MOST_VALUES / table.columns.len().max(1));
        if place != filling || full(&reader.header.tables[filling]) {
            insert(&tx, &reader.header.tables[filling], std::mem::take(&mut batch)).await?;
            filling = place;
        }
        batch.push(cells);
    }
    if let Some(table) = reader.header.tables.get(filling) {
        insert(&tx, table, batch).await?;
    }
    for table in &reader.header.tables {
        let rows = tables::count(&*tx, &table.name).await?;
        ensure!(rows == table.rows, "{} has {rows} rows and should have {}", table.name, table.rows);
    }
    for counter in &reader.header.counters {
        tables::set_counter(&*tx, counter).await?;
    }
    tx.commit().await?;
    Ok(reader.summary())
}

async fn insert(tx: &DatabaseTransaction, table: &Table, rows: Vec<Vec<Json>>) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut values = Vec::with_capacity(rows.len() * table.columns.len());
    let mut places = Vec::with_capacity(rows.len());
    for row in &rows {
        ensure!(row.len() == table.columns.len(), "a row of {} has {} cells", table.name, row.len());
        let mut row_places = Vec::with_capacity(row.len());
        for (column, cell) in table.columns.iter().zip(row) {
            values.push(column.kind.bind(cell).with_context(|| format!("{}.{}", table.name, column.name))?);
            row_places.push(format!("${}", values.len()));
        }
        places.push(format!("({})", row_places.join(", ")));
    }
    let sql = format!("INSERT INTO {} ({}) VALUES {}", quoted(&table.name), table.column_list(), places.join(", "));
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    tx.execute_raw(statement).await.with_context(|| format!("table {}", table.name))?;
    Ok(())
}
