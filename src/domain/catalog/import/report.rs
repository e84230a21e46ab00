//! What an import did, and every row or product that it could not take, with line number and reason.

use std::fmt;

use serde::Serialize;

/// Problems that are kept; of more only the number is.
const PROBLEMS_MOST: usize = 10_000;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Taken, with something changed or left out.
    Warning,
    /// The row, or the whole product, was not taken.
    Refused,
}

/// Something the merchant should know about a line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Line of the file on which the row begins, from 1.
    pub line: u64,
    /// How bad it is.
    pub severity: Severity,
    /// Handle of the product, if the row has one.
    pub handle: Option<String>,
    /// What is wrong and what was done about it.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if let Some(handle) = &self.handle {
            write!(f, "{handle}: ")?;
        }
        match self.severity {
            Severity::Warning => write!(f, "warning: {}", self.message),
            Severity::Refused => write!(f, "refused: {}", self.message),
        }
    }
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows of the file, without the header.
    pub rows: u64,
    /// Rows that were not taken while the rest of their product was, or that name no product.
    pub rows_refused: u64,
    /// Products that are new.
    pub created: u64,
    /// Products that changed.
    pub updated: u64,
    /// Products that were as the file has them.
    pub unchanged: u64,
    /// Products of which nothing was taken.
    pub refused: u64,
    /// Variants that are new.
    pub variants_created: u64,
    /// Columns of the file that are not read.
    pub unused_columns: Vec<String>,
    /// By line.
    pub problems: Vec<Problem>,
    /// Problems beyond those kept.
    pub problems_left_out: u64,
}

impl Report {
    /// Whether something of the file was not taken.
    #[must_use]
    pub fn has_refusals(&self) -> bool {
        self.refused > 0 || self.rows_refused > 0
    }

    /// Remembers problems.
    pub(super) fn add(&mut self, problems: Vec<Problem>) {
        for problem in problems {
            if self.problems.len() < PROBLEMS_MOST {
                self.problems.push(problem);
            } else {
                self.problems_left_out += 1;
            }
        }
    }

    /// Puts the problems into the order of the file.
    pub(super) fn sort(&mut self) {
        self.problems.sort_by_key(|problem| problem.line);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{problem}")?;
        }
        if self.problems_left_out > 0 {
            writeln!(f, "… and {} more problems", self.problems_left_out)?;
        }
        if !self.unused_columns.is_empty() {
            writeln!(f, "columns that are not read: {}", self.unused_columns.join(", "))?;
        }
        writeln!(
            f,
            "products: {} created, {} updated, {} unchanged, {} refused",
            self.created, self.updated, self.unchanged, self.refused
        )?;
        write!(
            f,
            "variants: {} created; rows: {} read, {} refused",
            self.variants_created, self.rows, self.rows_refused
        )
    }
}
