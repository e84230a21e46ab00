//! Two shops make different ids: each id gets a name by the order in which it was first seen, and answers are compared
//! under these names.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// The names of one shop's ids, cursors and tokens.
#[derive(Debug, Default)]
pub struct Names {
    name_of: HashMap<String, String>,
    real: HashMap<String, String>,
    /// How many there are of each kind.
    counts: HashMap<String, usize>,
}

impl Names {
    /// An answer with names in place of what differs from shop to shop.
    pub fn name(&mut self, value: &Value) -> Value {
        match value {
            Value::Array(items) => Value::Array(items.iter().map(|item| self.name(item)).collect()),
            Value::Object(fields) => {
                let named = fields.iter().map(|(key, value)| (key.clone(), self.name_field(key, value)));
                Value::Object(named.collect::<Map<_, _>>())
            }
            Value::String(text) => match kind_of_id(text) {
                Some(kind) => Value::String(self.name_of(kind, text)),
                None => value.clone(),
            },
            other => other.clone(),
        }
    }

    fn name_field(&mut self, key: &str, value: &Value) -> Value {
        match value {
            Value::String(text) if key.ends_with("ursor") => Value::String(self.name_of("Cursor", text)),
            Value::String(text) if key == "orderAccessToken" => Value::String(self.name_of("Token", text)),
            Value::String(_) if key.ends_with("At") || key == "reservedUntil" => Value::from("a time"),
            other => self.name(other),
        }
    }

    fn name_of(&mut self, kind: &str, text: &str) -> String {
        if let Some(name) = self.name_of.get(text) {
            return name.clone();
        }
        let count = self.counts.entry(kind.to_owned()).or_default();
        let name = format!("@{kind}{count}");
        *count += 1;
        self.name_of.insert(text.to_owned(), name.clone());
        self.real.insert(name.clone(), text.to_owned());
        name
    }

    /// Variables with this shop's own ids in place of names.
    pub fn real(&self, value: &Value) -> Value {
        match value {
            Value::Array(items) => Value::Array(items.iter().map(|item| self.real(item)).collect()),
            Value::Object(fields) => {
                Value::Object(fields.iter().map(|(key, value)| (key.clone(), self.real(value))).collect())
            }
            Value::String(text) => Value::String(self.real_of(text)),
            other => other.clone(),
        }
    }

    /// What has this name here; a text that is no name is itself.
    pub fn real_of(&self, name: &str) -> String {
        self.real.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// How many things of a kind were seen.
    pub fn count(&self, kind: &str) -> usize {
        self.counts.get(kind).copied().unwrap_or(0)
    }
}

fn kind_of_id(text: &str) -> Option<&str> {
    text.strip_prefix("gid://cartwright/")?.split('/').next()
}
