//! Writing a backup: one snapshot, row by row, so that memory does not grow with the shop.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use futures::StreamExt;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, StreamTrait};

use super::{
    file::{Header, Summary, Writer},
    tables::{self, Table, quoted},
};
use crate::platform::{Database, tx};

/// Writes everything the shop has at this moment into a new file. Until it is whole it is called `FILE.partial`.
///
/// # Errors
/// The file is there already or cannot be written; the database's.
pub async fn backup(db: &Database, path: &Path, now: DateTime<Utc>) -> anyhow::Result<Summary> {
    if path.exists() {
        bail!("{} is there already; name a new file", path.display());
    }
    let partial = partial(path);
    let file = create(&partial)?;
    let written = write(db, file, now).await;
    let finished = written.and_then(|(file, summary)| {
        file.sync_all()?;
        fs::rename(&partial, path)?;
        Ok(summary)
    });
    if finished.is_err() {
        // What went wrong is told; a file that is left behind as well is only in the way.
        drop(fs::remove_file(&partial));
    }
    finished.with_context(|| format!("no backup was written to {}", path.display()))
}

fn partial(path: &Path) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// A new file that nobody else may read: it holds the keys of the shop and the addresses of its customers.
fn create(path: &Path) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(file) => Ok(file),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!(
            "{} is there: another backup is being written, or one was interrupted; in that case remove it",
            path.display()
        ),
        Err(error) => Err(error).with_context(|| format!("cannot make {}", path.display())),
    }
}

async fn write(db: &Database, file: File, now: DateTime<Utc>) -> anyhow::Result<(File, Summary)> {
    let tx = tx::begin_snapshot(db).await.context("the database gives no snapshot")?;
    tx::seal(&tx).await?;
    let migrations = tables::migrations(&tx).await.context("this database has no shop in it")?;
    let tables = tables::tables(&tx).await?;
    let header = Header::new(now, migrations, tables, tables::counters(&tx).await?);
    let mut writer = Writer::new(file, &header)?;
    for table in &header.tables {
        write_table(&tx, table, &mut writer).await.with_context(|| format!("table {}", table.name))?;
    }
    tx.rollback().await?;
    writer.finish()
}

async fn write_table(tx: &DatabaseTransaction, table: &Table, writer: &mut Writer<File>) -> anyhow::Result<()> {
    writer.table(&table.name)?;
    let sql = format!("SELECT {} FROM {}", table.column_list(), quoted(&table.name));
    let backend = ConnectionTrait::get_database_backend(tx);
    let mut rows = tx.stream_raw(Statement::from_string(backend, sql)).await?;
    while let Some(row) = rows.next().await {
        let row = row?;
        let cells = table.columns.iter().enumerate().map(|(place, column)| column.kind.read(&row, place));
        writer.row(cells.collect::<Result<_, _>>()?)?;
    }
    Ok(())
}
