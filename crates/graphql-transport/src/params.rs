//! Owns the parameters of a GraphQL request: one reading for bodies, query strings and socket messages.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, Visitor},
};
use serde_json::{Map, Value};

use crate::refusal::Refusal;

/// `query`, `operationName`, `variables` and `extensions`, each at most once and of its own kind.
#[derive(Debug, Default)]
pub struct Params {
    pub query: Option<String>,
    pub operation_name: Option<String>,
    pub variables: Map<String, Value>,
    pub extensions: Map<String, Value>,
}

impl Params {
    /// Reads a JSON text. Its faults are told in our words: the JSON library's would quote the request.
    pub fn from_json(bytes: &[u8]) -> Result<Self, Refusal> {
        // The JSON library skips values of unknown keys without looking at their encoding.
        let text =
            std::str::from_utf8(bytes).map_err(|_| Refusal::bad_request("the request body is not valid UTF-8"))?;
        serde_json::from_str(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => Refusal::bad_request(
                "the request body must be an object with query, operationName, variables, extensions",
            ),
            serde_json::error::Category::Io
            | serde_json::error::Category::Syntax
            | serde_json::error::Category::Eof => Refusal::bad_request("the request body is not valid JSON"),
        })
    }

    /// Reads the query string of a GET request, in which variables and extensions are JSON texts.
    pub fn from_query_string(query: &str) -> Result<Self, Refusal> {
        let mut params = Self::default();
        let mut seen = [false; 4];
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            let position = match key.as_ref() {
                "query" => 0,
                "operationName" => 1,
                "variables" => 2,
                "extensions" => 3,
                _ => continue,
            };
            if std::mem::replace(&mut seen[position], true) {
                return Err(Refusal::bad_request("a parameter stands twice in the query string"));
            }
            match position {
                0 => params.query = Some(value.into_owned()),
                1 => params.operation_name = Some(value.into_owned()),
                2 => params.variables = object(&value)?,
                _ => params.extensions = object(&value)?,
            }
        }
        Ok(params)
    }
}

fn object(text: &str) -> Result<Map<String, Value>, Refusal> {
    if text.is_empty() {
        return Ok(Map::new());
    }
    serde_json::from_str::<Option<Map<String, Value>>>(text)
        .map(Option::unwrap_or_default)
        .map_err(|_| Refusal::bad_request("variables and extensions must be JSON objects"))
}

impl<'de> Deserialize<'de> for Params {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ParamsVisitor)
    }
}

struct ParamsVisitor;

impl<'de> Visitor<'de> for ParamsVisitor {
    type Value = Params;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the parameters of a GraphQL request")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Params, A::Error> {
        let (mut query, mut name, mut variables, mut extensions) = (None, None, None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "query" => once(&mut query, map.next_value::<Option<String>>()?)?,
                "operationName" => once(&mut name, map.next_value::<Option<String>>()?)?,
                "variables" => once(&mut variables, map.next_value::<Option<Map<String, Value>>>()?)?,
                "extensions" => once(&mut extensions, map.next_value::<Option<Map<String, Value>>>()?)?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Params {
            query: query.flatten(),
            operation_name: name.flatten(),
            variables: variables.flatten().unwrap_or_default(),
            extensions: extensions.flatten().unwrap_or_default(),
        })
    }
}

/// A key that stands twice could mean one thing to the gate and another to a proxy in front.
fn once<T, E: Error>(slot: &mut Option<T>, value: T) -> Result<(), E> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(E::custom("duplicate key")),
    }
}
