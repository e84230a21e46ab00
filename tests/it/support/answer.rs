//! A GraphQL answer and short ways to look into it.

use serde_json::Value;

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub body: Value,
}

impl Answer {
    /// What stands at a JSON pointer below `data`; panics when the request had errors.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> Value {
        assert!(self.body.get("errors").is_none(), "unexpected errors: {:#}", self.body);
        let found = self.body.get("data").and_then(|data| data.pointer(pointer));
        found.unwrap_or_else(|| panic!("nothing at {pointer} in {:#}", self.body)).clone()
    }

    /// The text at a JSON pointer below `data`.
    #[track_caller]
    pub fn text(&self, pointer: &str) -> String {
        self.at(pointer).as_str().unwrap_or_else(|| panic!("no text at {pointer} in {:#}", self.body)).to_owned()
    }

    /// The code of the first top-level error.
    #[track_caller]
    pub fn code(&self) -> String {
        let code = self.body.pointer("/errors/0/extensions/code").and_then(Value::as_str);
        code.unwrap_or_else(|| panic!("no error with a code in {:#}", self.body)).to_owned()
    }

    /// The codes of the `userErrors` below `field`.
    #[track_caller]
    pub fn refusals(&self, field: &str) -> Vec<String> {
        let errors = self.at(&format!("/{field}/userErrors"));
        let codes =
            errors.as_array().expect("a list").iter().map(|error| error["code"].as_str().unwrap_or("").to_owned());
        codes.collect()
    }

    /// Asserts that a mutation did what it was asked, and returns its payload.
    #[track_caller]
    pub fn done(&self, field: &str) -> Value {
        assert_eq!(self.at(&format!("/{field}/userErrors")), serde_json::json!([]), "refused");
        self.at(&format!("/{field}"))
    }
}
