//! One value of one column, as JSON that both databases read the same.

use anyhow::{Context, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::{DbErr, QueryResult, TryGetable, Value};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

/// What a column holds, by a name that both databases share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A UUID.
    Uuid,
    /// Text.
    Text,
    /// A whole number of up to 64 bits.
    Number,
    /// Yes or no.
    Boolean,
    /// A moment, UTC, microseconds.
    Moment,
    /// A JSON document, kept as its text: a document that is null differs from none.
    Json,
    /// Bytes, in Base64.
    Bytes,
}

impl Kind {
    /// The kind of a column by the type that the database gives it.
    #[must_use]
    pub fn of(type_name: &str) -> Option<Self> {
        let name = type_name.split('(').next().unwrap_or(type_name).trim().to_ascii_lowercase();
        Some(match name.as_str() {
            "uuid" | "uuid_text" => Self::Uuid,
            "text" | "varchar" => Self::Text,
            "int2" | "int4" | "int8" | "integer" | "bigint" | "smallint" => Self::Number,
            "bool" | "boolean" => Self::Boolean,
            "timestamptz" | "timestamp_with_timezone_text" => Self::Moment,
            "json" | "jsonb" | "json_text" | "jsonb_text" => Self::Json,
            "bytea" | "blob" => Self::Bytes,
            _ => return None,
        })
    }

    /// Reads a value from a row.
    ///
    /// # Errors
    /// The value is not of this kind.
    pub fn read(self, row: &QueryResult, place: usize) -> Result<Json, DbErr> {
        Ok(match self {
            Self::Uuid => json(at::<Uuid>(row, place)?.map(|id| id.to_string())),
            Self::Text => json(at::<String>(row, place)?),
            Self::Number => match at::<i64>(row, place) {
                Ok(number) => json(number),
                // PostgreSQL's smaller numbers are not read as larger ones.
                Err(error) => match at::<i32>(row, place) {
                    Ok(number) => json(number),
                    Err(_) => json(at::<i16>(row, place).map_err(|_| error)?),
                },
            },
            Self::Boolean => json(at::<bool>(row, place)?),
            Self::Moment => {
                json(at::<DateTime<Utc>>(row, place)?.map(|time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true)))
            }
            Self::Json => json(at::<Json>(row, place)?.map(|document| document.to_string())),
            Self::Bytes => json(at::<Vec<u8>>(row, place)?.map(|bytes| BASE64_STANDARD.encode(bytes))),
        })
    }

    /// The value to bind for what was read.
    ///
    /// # Errors
    /// The JSON is not of this kind.
    pub fn bind(self, cell: &Json) -> anyhow::Result<Value> {
        let text = || cell.as_str().context("not text");
        Ok(match (self, cell) {
            (Self::Uuid, Json::Null) => Value::Uuid(None),
            (Self::Text, Json::Null) => Value::String(None),
            (Self::Number, Json::Null) => Value::BigInt(None),
            (Self::Boolean, Json::Null) => Value::Bool(None),
            (Self::Moment, Json::Null) => Value::ChronoDateTimeUtc(None),
            (Self::Json, Json::Null) => Value::Json(None),
            (Self::Bytes, Json::Null) => Value::Bytes(None),
            (Self::Uuid, _) => Uuid::try_parse(text()?)?.into(),
            (Self::Text, _) => text()?.into(),
            (Self::Number, _) => cell.as_i64().context("not a whole number")?.into(),
            (Self::Boolean, Json::Bool(flag)) => (*flag).into(),
            (Self::Boolean, _) => bail!("neither true nor false"),
            (Self::Moment, _) => DateTime::parse_from_rfc3339(text()?)?.to_utc().into(),
            (Self::Json, _) => Value::from(serde_json::from_str::<Json>(text()?)?),
            (Self::Bytes, _) => BASE64_STANDARD.decode(text()?)?.into(),
        })
    }
}

fn at<T: TryGetable>(row: &QueryResult, place: usize) -> Result<Option<T>, DbErr> {
    row.try_get_by_index(place)
}

fn json<T: Into<Json>>(value: Option<T>) -> Json {
    value.map_or(Json::Null, Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_is_null_differs_from_none() {
        assert_eq!(Kind::Json.bind(&Json::Null).expect("none"), Value::Json(None));
        assert_eq!(Kind::Json.bind(&"null".into()).expect("null"), Value::from(Json::Null));
    }

    #[test]
    fn what_is_not_of_its_kind_is_refused() {
        for (kind, wrong) in [
            (Kind::Uuid, Json::from("x")),
            (Kind::Number, Json::from(1.5)),
            (Kind::Boolean, Json::from(1)),
            (Kind::Moment, Json::from("yesterday")),
            (Kind::Bytes, Json::from("?")),
            (Kind::Text, Json::from(1)),
        ] {
            assert!(kind.bind(&wrong).is_err(), "{kind:?} {wrong}");
        }
    }
}
