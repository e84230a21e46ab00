//! Product files in the common storefront CSV layout.
//!
//! `columns` finds the columns, `groups` which rows belong to which product, `read_row` reads one row, `assemble`
//! makes a product of its rows, `save_batch` saves many products at a time, and `report` says what happened.
//! A product is taken as a whole or not at all; a row that is wrong is left out and reported, the rest of its product
//! is taken. Products are matched by handle and variants by option values, so a file can be imported again; what only
//! the shop has stays. Columns that the file does not have change nothing.

mod assemble;
mod columns;
mod groups;
mod read_row;
mod report;
mod save_batch;

use std::{
    collections::HashMap,
    fmt,
    io::{Read, Seek},
};

pub use assemble::PictureSizes;
use columns::{Column, Columns};
use groups::{Group, Row};
pub use report::{Problem, Report, Severity};
use save_batch::Batches;

use crate::{
    domain::{shared::Error, shop},
    platform::{Database, Sources},
};

/// Rows of products that are saved in one transaction.
const BATCH_ROWS: usize = 1_000;
/// Products that are saved in one transaction.
const BATCH_PRODUCTS: usize = 200;

/// How to import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether the stock of variants that the shop has already is set to the file's, too.
    pub set_stock: bool,
    /// Whether to undo everything at the end, to see the report only.
    pub dry_run: bool,
    /// Sizes of pictures by URL.
    pub picture_sizes: PictureSizes,
}

/// Why nothing, or nothing more, could be imported.
#[derive(Debug)]
pub enum ImportError {
    /// The header is not UTF-8.
    NotUtf8,
    /// The header has no column `Handle`.
    NoHandleColumn,
    /// The file changed while it was read.
    Changed,
    /// The file cannot be read.
    Read(csv::Error),
    /// The shop's database failed.
    Shop(Error),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 => write!(f, "the header is not UTF-8; save the file as UTF-8"),
            Self::NoHandleColumn => {
                write!(
                    f,
                    "the header has no column \"Handle\"; the file must be comma-separated, in the storefront layout"
                )
            }
            Self::Changed => write!(f, "the file changed while it was read"),
            Self::Read(error) => write!(f, "the file cannot be read: {error}"),
            Self::Shop(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for ImportError {}

impl From<csv::Error> for ImportError {
    fn from(error: csv::Error) -> Self {
        Self::Read(error)
    }
}

impl<E: Into<Error>> From<E> for ImportError {
    fn from(error: E) -> Self {
        Self::Shop(error.into())
    }
}

/// How far an import is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Rows done.
    pub rows_done: u64,
    /// Rows of the file that belong to products.
    pub rows: u64,
}

/// Imports a product file. `progress` is told after every batch. Memory holds the places of the rows and one batch,
/// however large the file is.
///
/// # Errors
/// The file is no product file or cannot be read, or the database fails; batches before that stay.
pub async fn import_products<R: Read + Seek>(
    db: &Database,
    sources: &Sources,
    file: R,
    options: &Options,
    mut progress: impl FnMut(Progress),
) -> Result<Report, ImportError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let columns = Columns::of_header(reader.byte_headers()?)?;
    let found = groups::find(&mut reader, &columns)?;
    let rows: usize = found.groups.iter().map(Group::len).sum();
    let mut report = Report { rows: found.rows, unused_columns: columns.unused.clone(), ..Report::default() };
    report.rows_refused = u64::try_from(found.problems.len()).unwrap_or(u64::MAX);
    report.add(found.problems);

    let currency = shop::get(db.reader()).await?.currency;
    let mut batches = Batches { db, sources, options, columns: &columns, currency, report };
    let mut skus: HashMap<String, u64> = HashMap::new();
    let mut batch: Vec<(Group, Vec<Row>)> = Vec::new();
    let mut rows_done = 0;
    let rows = u64::try_from(rows).unwrap_or(u64::MAX);
    let mut groups = found.groups.into_iter().peekable();
    while let Some(group) = groups.next() {
        let read = groups::read(&mut reader, &group)?;
        rows_done += u64::try_from(read.len()).unwrap_or(0);
        batches.report.add(oddities(&columns, &group, &read, &mut skus));
        batch.push((group, read));
        let batch_rows: usize = batch.iter().map(|(group, _)| group.len()).sum();
        let next = groups.peek().map_or(usize::MAX, Group::len);
        if batch.len() >= BATCH_PRODUCTS || batch_rows.saturating_add(next) > BATCH_ROWS {
            batches.save(std::mem::take(&mut batch)).await?;
            progress(Progress { rows_done, rows });
        }
    }
    let mut report = batches.report;
    report.sort();
    Ok(report)
}

/// What is odd about rows without being wrong: a handle that is written differently, a SKU that was there before.
fn oddities(columns: &Columns, group: &Group, rows: &[Row], skus: &mut HashMap<String, u64>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut warn = |line: u64, message: String| {
        let handle = Some(group.handle.clone());
        problems.push(Problem { line, severity: Severity::Warning, handle, message });
    };
    if group.written != group.handle {
        let line = rows.first().map_or(0, |row| row.line);
        warn(line, format!("the handle {:?} is kept as {:?}", group.written, group.handle));
    }
    for row in rows {
        let Some(sku) = row.filled(columns, Column::Sku).map(|sku| sku.trim_start_matches('\'')) else { continue };
        if sku.is_empty() {
            continue;
        }
        match skus.get(sku) {
            Some(line) => warn(row.line, format!("the SKU {sku} is on line {line} too")),
            None => {
                skus.insert(sku.to_owned(), row.line);
            }
        }
    }
    problems
}
