//! What an audit found, in words that a person can look up and in JSON.

use std::{fmt, time::Duration};

use serde::Serialize;

/// What was found of everything that was asked.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The moment that was taken for now.
    pub as_of: chrono::DateTime<chrono::Utc>,
    /// One for each invariant, in order.
    pub findings: Vec<Finding>,
}

/// What was found of one invariant.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// `I01` to `I47`.
    pub id: &'static str,
    /// Its name in words.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// What was found.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// How long it took, in milliseconds.
    #[serde(rename = "took_ms", serialize_with = "milliseconds")]
    pub took: Duration,
}

fn milliseconds<S: serde::Serializer>(took: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u64(u64::try_from(took.as_millis()).unwrap_or(u64::MAX))
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Ok,
    /// It does not.
    Broken(Broken),
    /// What it reads is filled by a file that was not loaded.
    NotChecked {
        /// Those relations.
        needs: &'static str,
    },
}

/// What is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// How many rows are.
    pub rows: i64,
    /// The first of them, each `name value` by column.
    pub first: Vec<String>,
}

impl Report {
    /// The invariants that are broken.
    #[must_use]
    pub fn broken(&self) -> Vec<&'static str> {
        let broken = self.findings.iter().filter(|finding| matches!(finding.outcome, Outcome::Broken(_)));
        broken.map(|finding| finding.id).collect()
    }

    /// The invariants that were not checked.
    #[must_use]
    pub fn not_checked(&self) -> Vec<&'static str> {
        let left = self.findings.iter().filter(|finding| matches!(finding.outcome, Outcome::NotChecked { .. }));
        left.map(|finding| finding.id).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut total = Duration::ZERO;
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
            total += finding.took;
        }
        let (all, broken, left) = (self.findings.len(), self.broken().len(), self.not_checked().len());
        let (ok, seconds) = (all - broken - left, total.as_secs_f64());
        write!(f, "{ok} ok, {broken} broken, {left} not checked, in {seconds:.1} s")
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, name, .. } = self;
        match &self.outcome {
            Outcome::Ok => write!(f, "{id}  {name:<66} ok  {:.2} s", self.took.as_secs_f64()),
            Outcome::NotChecked { needs } => write!(f, "{id}  {name:<66} not checked: nothing loaded for {needs}"),
            Outcome::Broken(broken) => {
                write!(f, "{id}  {name:<66} BROKEN {} rows: {}", broken.rows, self.meaning)?;
                for row in &broken.first {
                    write!(f, "\n       {row}")?;
                }
                let more = broken.rows - i64::try_from(broken.first.len()).unwrap_or(broken.rows);
                if more > 0 { write!(f, "\n       … and {more} more") } else { Ok(()) }
            }
        }
    }
}
