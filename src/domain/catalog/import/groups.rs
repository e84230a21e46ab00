//! Which rows of a file belong to which product. Rows of one handle may be far apart, so the file is read twice: first
//! to learn where each product's rows are, then product by product. Only places are kept in memory, never the file.

use std::{
    collections::HashMap,
    io::{Read, Seek},
};

use csv::{ByteRecord, Position, StringRecord};

use super::{
    ImportError,
    columns::{Column, Columns},
    report::{Problem, Severity},
};
use crate::domain::catalog::handle;

/// A row of the file.
#[derive(Clone, Debug)]
pub struct Row {
    /// Line on which it begins.
    pub line: u64,
    cells: StringRecord,
}

impl Row {
    /// A cell without blanks around it; empty where the file has no such column.
    #[must_use]
    pub fn cell(&self, columns: &Columns, column: Column) -> &str {
        columns.place(column).and_then(|place| self.cells.get(place)).unwrap_or("").trim()
    }

    /// A cell, if it is not empty.
    #[must_use]
    pub fn filled(&self, columns: &Columns, column: Column) -> Option<&str> {
        Some(self.cell(columns, column)).filter(|cell| !cell.is_empty())
    }
}

/// Where the rows of one product are.
#[derive(Clone, Debug)]
pub struct Group {
    /// The product's handle.
    pub handle: String,
    /// The handle as the file has it.
    pub written: String,
    rows: Vec<Position>,
}

impl Group {
    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }
}

/// What the first reading found.
#[derive(Debug)]
pub struct Groups {
    /// Products in the order of their first rows.
    pub groups: Vec<Group>,
    /// Rows that belong to no product.
    pub problems: Vec<Problem>,
    /// All rows.
    pub rows: u64,
}

/// Reads the whole file once.
///
/// # Errors
/// The file cannot be read.
pub fn find<R: Read>(reader: &mut csv::Reader<R>, columns: &Columns) -> Result<Groups, ImportError> {
    let mut found = Groups { groups: Vec::new(), problems: Vec::new(), rows: 0 };
    let mut by_handle: HashMap<String, usize> = HashMap::new();
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        found.rows += 1;
        let Some(position) = record.position() else { continue };
        match handle_of(&record, columns) {
            Err(message) => {
                let line = position.line();
                found.problems.push(Problem { line, severity: Severity::Refused, handle: None, message });
            }
            Ok(written) => {
                let handle = handle::of_title(written);
                match by_handle.get(&handle) {
                    Some(place) => found.groups[*place].rows.push(position.clone()),
                    None => {
                        by_handle.insert(handle.clone(), found.groups.len());
                        let rows = vec![position.clone()];
                        found.groups.push(Group { handle, written: written.to_owned(), rows });
                    }
                }
            }
        }
    }
    Ok(found)
}

fn handle_of<'a>(record: &'a ByteRecord, columns: &Columns) -> Result<&'a str, String> {
    for (place, cell) in record.iter().enumerate() {
        match std::str::from_utf8(cell) {
            Err(_) => return Err(format!("cell {} is not UTF-8; save the file as UTF-8", place + 1)),
            Ok(text) if text.contains('\0') => return Err(format!("cell {} holds the character NUL", place + 1)),
            Ok(_) => {}
        }
    }
    if record.len() > columns.count {
        return Err(format!(
            "the row has {} cells, the header {}; look for a quotation mark that is not doubled",
            record.len(),
            columns.count
        ));
    }
    let cell = columns.place(Column::Handle).and_then(|place| record.get(place)).unwrap_or(b"");
    let written = std::str::from_utf8(cell).unwrap_or("").trim();
    if handle::of_title(written).is_empty() {
        return Err("the handle is empty or has neither letter nor digit".to_owned());
    }
    Ok(written)
}

/// Reads the rows of one product.
///
/// # Errors
/// The file cannot be read, or changed meanwhile.
pub fn read<R: Read + Seek>(reader: &mut csv::Reader<R>, group: &Group) -> Result<Vec<Row>, ImportError> {
    let mut rows = Vec::with_capacity(group.rows.len());
    for position in &group.rows {
        // Does nothing when the reader stands there already, as it does where a product's rows follow each other.
        reader.seek(position.clone())?;
        let mut cells = StringRecord::new();
        if !reader.read_record(&mut cells)? {
            return Err(ImportError::Changed);
        }
        rows.push(Row { line: position.line(), cells });
    }
    Ok(rows)
}
