//! Reading what others wrote down: one JSON object a line, `{"relation": "chk_ack", "row": {…}}`.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::BufRead,
};

use anyhow::{Context, bail, ensure};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};
use serde::Deserialize;
use uuid::Uuid;

use super::relations::{self, Kind, Relation};

/// Rows written by one statement: within the parameters that both databases take.
const ROWS: usize = 500;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    relation: String,
    row: BTreeMap<String, serde_json::Value>,
}

/// Rows for relations that no table of ours fills.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    rows: BTreeMap<&'static str, Vec<Vec<Value>>>,
}

/// Reads a file. An empty relation is named by a line without a row's columns: `{"relation": "chk_ack", "row": {}}`.
///
/// # Errors
/// A line that is not such an object, with its number.
pub fn read_rows(file: impl BufRead, into: &mut Loaded) -> anyhow::Result<()> {
    for (number, line) in (1..).zip(file.lines()) {
        let line = line.with_context(|| format!("line {number} cannot be read"))?;
        if !line.trim().is_empty() {
            into.add(&line).with_context(|| format!("line {number}"))?;
        }
    }
    Ok(())
}

impl Loaded {
    fn add(&mut self, line: &str) -> anyhow::Result<()> {
        let line: Line = serde_json::from_str(line).context("not {\"relation\": …, \"row\": {…}}")?;
        let Some(relation) = relations::named(&line.relation) else {
            let known: Vec<&str> = relations::LOADABLE.iter().map(|relation| relation.name).collect();
            bail!("there is no relation {:?} to load; there are {}", line.relation, known.join(", "));
        };
        let rows = self.rows.entry(relation.name).or_default();
        if line.row.is_empty() {
            return Ok(());
        }
        for name in line.row.keys() {
            ensure!(relation.columns.iter().any(|(column, _)| column == name), "{} has no {name:?}", relation.name);
        }
        let cells = relation.columns.iter().map(|(name, kind)| {
            let given = line.row.get(*name).unwrap_or(&serde_json::Value::Null);
            cell(*kind, given).with_context(|| format!("{name} of {}", relation.name))
        });
        rows.push(cells.collect::<anyhow::Result<_>>()?);
        Ok(())
    }

    /// The relations that were named.
    #[must_use]
    pub fn names(&self) -> BTreeSet<&'static str> {
        self.rows.keys().copied().collect()
    }

    /// Writes the rows into the temporary tables.
    pub(super) async fn write(&self, tx: &DatabaseTransaction, relation: &Relation) -> Result<(), sea_orm::DbErr> {
        for rows in self.rows.get(relation.name).map(Vec::as_slice).unwrap_or_default().chunks(ROWS) {
            let mut next = 0;
            let places = rows.iter().map(|row| {
                let cells = row.iter().map(|_| {
                    next += 1;
                    format!("${next}")
                });
                format!("({})", cells.collect::<Vec<_>>().join(", "))
            });
            let sql = format!("INSERT INTO {} VALUES {}", relation.table, places.collect::<Vec<_>>().join(", "));
            let values: Vec<Value> = rows.iter().flatten().cloned().collect();
            tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
        }
        Ok(())
    }
}

fn cell(kind: Kind, given: &serde_json::Value) -> anyhow::Result<Value> {
    use serde_json::Value as Json;
    Ok(match (kind, given) {
        (Kind::Id, Json::Null) => Value::Uuid(None),
        (Kind::Text, Json::Null) => Value::String(None),
        (Kind::Number, Json::Null) => Value::BigInt(None),
        (Kind::Id, Json::String(text)) => Value::from(id(text)?),
        (Kind::Text, Json::String(text)) => Value::from(text.clone()),
        (Kind::Number, Json::Number(number)) => Value::from(number.as_i64().context("must be a whole number")?),
        (Kind::Number, Json::Bool(flag)) => Value::from(i64::from(*flag)),
        (Kind::Id | Kind::Text, _) => bail!("must be text or null"),
        (Kind::Number, _) => bail!("must be a number or null"),
    })
}

/// An id as the API or the database writes it.
fn id(text: &str) -> anyhow::Result<Uuid> {
    let tail = text.rsplit('/').next().unwrap_or(text);
    let tail = tail.split(['?', '.']).next().unwrap_or(tail);
    Uuid::try_parse(tail).with_context(|| format!("{text:?} is no id"))
}
