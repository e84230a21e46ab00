//! The form of the file: gzip over lines of JSON. The header first, then for each table a line with its name and one array a
//! row, and at the end a line that seals it: the SHA-256 of every byte before it.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Read, Write},
    path::Path,
};

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::tables::{Counter, Table};

/// What the first line says the file is.
const FORMAT: &str = "cartwright backup";
/// This form of it.
const VERSION: u32 = 1;

/// What stands in the first line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Header {
    format: String,
    version: u32,
    /// When the snapshot was taken.
    pub taken_at: DateTime<Utc>,
    /// The migrations that its tables have, oldest first.
    pub migrations: Vec<String>,
    /// The tables, in the order of the file.
    pub tables: Vec<Table>,
    /// Where automatic numbers go on.
    pub counters: Vec<Counter>,
}

impl Header {
    /// The header of a snapshot.
    #[must_use]
    pub fn new(taken_at: DateTime<Utc>, migrations: Vec<String>, tables: Vec<Table>, counters: Vec<Counter>) -> Self {
        Self { format: FORMAT.to_owned(), version: VERSION, taken_at, migrations, tables, counters }
    }
}

/// A line after the header.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Row(Vec<Json>),
    Table { table: String },
    End { rows: i64, sha256: String },
}

/// How much was written or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Tables.
    pub tables: usize,
    /// Rows.
    pub rows: i64,
}

/// Writes a file.
#[derive(Debug)]
pub struct Writer<W: Write> {
    to: GzEncoder<BufWriter<W>>,
    digest: Sha256,
    rows: i64,
    tables: usize,
}

impl<W: Write> Writer<W> {
    /// Begins with the header.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn new(to: W, header: &Header) -> anyhow::Result<Self> {
        // The fastest compression: most of a backup is ids, which do not shrink however long one tries.
        let to = GzEncoder::new(BufWriter::with_capacity(1 << 16, to), Compression::fast());
        let mut writer = Self { to, digest: Sha256::new(), rows: 0, tables: 0 };
        writer.line(header)?;
        Ok(writer)
    }

    /// Begins a table.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn table(&mut self, name: &str) -> anyhow::Result<()> {
        self.tables += 1;
        self.line(&Line::Table { table: name.to_owned() })
    }

    /// Writes a row of the table.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn row(&mut self, cells: Vec<Json>) -> anyhow::Result<()> {
        self.rows += 1;
        self.line(&Line::Row(cells))
    }

    /// Seals the file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(mut self) -> anyhow::Result<(W, Summary)> {
        let sha256 = hexadecimal(self.digest.clone());
        self.line(&Line::End { rows: self.rows, sha256 })?;
        let inner = self.to.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        Ok((inner, Summary { tables: self.tables, rows: self.rows }))
    }

    fn line(&mut self, line: &impl Serialize) -> anyhow::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        self.digest.update(&bytes);
        Ok(self.to.write_all(&bytes)?)
    }
}

/// Reads a file; whatever is wrong with it is an error before its end is told.
#[derive(Debug)]
pub struct Reader<R: Read> {
    from: BufReader<MultiGzDecoder<R>>,
    digest: Sha256,
    /// The first line.
    pub header: Header,
    rows: i64,
    /// Place of the table that is being read, and how many rows of it are still to come.
    table: Option<(usize, i64)>,
}

impl Reader<BufReader<File>> {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be read, or is no backup, or one of a newer form.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        Self::new(BufReader::with_capacity(1 << 16, file))
    }
}

impl<R: Read> Reader<R> {
    fn new(from: R) -> anyhow::Result<Self> {
        let mut from = BufReader::with_capacity(1 << 16, MultiGzDecoder::new(from));
        let mut line = Vec::new();
        from.read_until(b'\n', &mut line).context("this is no backup: it is not compressed as one")?;
        let header: Header = serde_json::from_slice(&line).context("this is no backup: it does not begin as one")?;
        ensure!(header.format == FORMAT, "this is no backup: it says that it is {:?}", header.format);
        let version = header.version;
        ensure!(version == VERSION, "this backup is of form {version}; this program reads form {VERSION}");
        Ok(Self { from, digest: Sha256::new_with_prefix(&line), header, rows: 0, table: None })
    }

    /// The next row with the place of its table in the header; `None` at the end, when everything was as it was written.
    ///
    /// # Errors
    /// The file is cut or altered.
    pub fn next(&mut self) -> anyhow::Result<Option<(usize, Vec<Json>)>> {
        loop {
            let mut bytes = Vec::new();
            self.from.read_until(b'\n', &mut bytes).context("the file is damaged")?;
            ensure!(bytes.last() == Some(&b'\n'), "the file ends early; it was cut");
            let line: Line = serde_json::from_slice(&bytes).context("the file is damaged")?;
            if let Line::End { rows, sha256 } = line {
                let untouched = sha256 == hexadecimal(self.digest.clone()) && rows == self.rows;
                ensure!(untouched, "the file was altered: its checksum is another");
                ensure!(self.from.fill_buf().is_ok_and(<[u8]>::is_empty), "something follows the end of the file");
                self.whole_table()?;
                let (seen, all) = (self.table.map_or(0, |(place, _)| place + 1), self.header.tables.len());
                ensure!(seen == all, "{seen} of {all} tables are there");
                return Ok(None);
            }
            self.digest.update(&bytes);
            match line {
                Line::Row(cells) => {
                    let Some((place, left)) = self.table.as_mut() else { bail!("the file is damaged") };
                    *left -= 1;
                    self.rows += 1;
                    return Ok(Some((*place, cells)));
                }
                Line::Table { table } => {
                    self.whole_table()?;
                    let place = self.table.map_or(0, |(place, _)| place + 1);
                    let next = self.header.tables.get(place).filter(|next| next.name == table);
                    let rows = next.with_context(|| format!("table {table} is not expected here"))?.rows;
                    self.table = Some((place, rows));
                }
                Line::End { .. } => {}
            }
        }
    }

    fn whole_table(&self) -> anyhow::Result<()> {
        ensure!(
            self.table.is_none_or(|(_, left)| left == 0),
            "a table has another number of rows than the header says"
        );
        Ok(())
    }

    /// How much was read.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary { tables: self.header.tables.len(), rows: self.rows }
    }
}

/// Reads a whole file and tells whether it is as it was written; its header.
///
/// # Errors
/// It is cut or altered.
pub fn verify(path: &Path) -> anyhow::Result<Header> {
    let mut reader = Reader::open(path)?;
    while reader.next()?.is_some() {}
    Ok(reader.header)
}

fn hexadecimal(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
