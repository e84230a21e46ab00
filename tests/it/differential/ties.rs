//! What belongs together, read from the answers: a line and its cart, an order and its token, a variant and its product.

use std::collections::HashMap;

use serde_json::Value;

/// Which other name goes with a name.
#[derive(Debug, Default)]
pub struct Ties {
    partner: HashMap<String, String>,
}

impl Ties {
    /// What goes with this name.
    pub fn of(&self, name: &str) -> Option<&str> {
        self.partner.get(name).map(String::as_str)
    }

    /// Reads an answer, with names in place of ids.
    pub fn read(&mut self, answer: &Value) {
        match answer {
            Value::Array(items) => items.iter().for_each(|item| self.read(item)),
            Value::Object(fields) => {
                for list in ["lines", "variants"] {
                    self.tie_nodes(&answer["id"], &answer[list]["nodes"]);
                }
                if let (Some(order), Some(token)) =
                    (answer["order"]["id"].as_str(), answer["orderAccessToken"].as_str())
                {
                    self.partner.insert(order.to_owned(), token.to_owned());
                }
                fields.values().for_each(|value| self.read(value));
            }
            _ => {}
        }
    }

    fn tie_nodes(&mut self, owner: &Value, nodes: &Value) {
        let (Some(owner), Some(nodes)) = (owner.as_str(), nodes.as_array()) else { return };
        for id in nodes.iter().filter_map(|node| node["id"].as_str()) {
            self.partner.insert(id.to_owned(), owner.to_owned());
        }
    }
}
