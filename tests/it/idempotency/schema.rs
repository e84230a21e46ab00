//! Every mutation of the schema: its answer is kept under a key, or it stands in the list of those whose answers are secrets.

use cartwright::graphql::idempotency::EXCLUDED;
use serde_json::{Map, Value, json};

use super::{keyed, number};
use crate::support::Server;

const TYPE: &str = "fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

struct Types(Map<String, Value>);

/// A type as it is written: `[CartLineInput!]!`.
fn written(of: &Value) -> String {
    match of["kind"].as_str() {
        Some("NON_NULL") => format!("{}!", written(&of["ofType"])),
        Some("LIST") => format!("[{}]", written(&of["ofType"])),
        _ => of["name"].as_str().expect("a name").to_owned(),
    }
}

impl Types {
    /// A value that the type takes, with nothing that it does not need.
    fn least(&self, of: &Value) -> Value {
        match (of["kind"].as_str().expect("a kind"), of["name"].as_str().unwrap_or_default()) {
            ("NON_NULL", _) => self.least(&of["ofType"]),
            ("LIST", _) => json!([]),
            ("ENUM", name) => self.0[name]["enumValues"][0]["name"].clone(),
            ("INPUT_OBJECT", name) => {
                let fields = self.0[name]["inputFields"].as_array().expect("fields");
                let needed = fields.iter().filter(|field| field["type"]["kind"] == "NON_NULL");
                let value =
                    |field: &Value| (field["name"].as_str().expect("a name").to_owned(), self.least(&field["type"]));
                Value::Object(needed.map(value).collect())
            }
            (_, "Int") => json!(1),
            (_, "Boolean") => json!(true),
            (_, "ID") => json!("gid://cartwright/Order/00000000-0000-7000-8000-000000000000"),
            _ => json!("1"),
        }
    }
}

#[tokio::test]
async fn every_mutation_is_kept_under_its_key_or_is_a_sign_in() {
    let server = Server::still().await;
    let admin = server.admin().await;
    let document = format!(
        "{{ __schema {{ types {{ name enumValues {{ name }} inputFields {{ name type {{ ...T }} }} }}
         mutationType {{ fields {{ name args {{ name type {{ ...T }} }} type {{ ...T }} }} }} }} }} {TYPE}"
    );
    let schema = server.graphql(&admin, &document, json!({})).await.at("/__schema");
    let named = |of: &Value| (of["name"].as_str().expect("a name").to_owned(), of.clone());
    let types = Types(schema["types"].as_array().expect("types").iter().map(named).collect());
    let mut fields = schema["mutationType"]["fields"].as_array().expect("fields").clone();
    // Signing out ends the session that asks.
    fields.sort_by_key(|field| field["name"].as_str().is_some_and(|name| EXCLUDED.contains(&name)));
    let (mut kept, mut left_out) = (Vec::new(), Vec::new());
    for field in &fields {
        let name = field["name"].as_str().expect("a name");
        let arguments = field["args"].as_array().expect("arguments");
        let needed: Vec<_> = arguments.iter().filter(|argument| argument["type"]["kind"] == "NON_NULL").collect();
        let list = |with: &dyn Fn(&Value) -> String| {
            let items = needed.iter().map(|argument| with(argument)).collect::<Vec<_>>().join(", ");
            if items.is_empty() { items } else { format!("({items})") }
        };
        let defined = list(&|a| format!("${}: {}", a["name"].as_str().unwrap_or_default(), written(&a["type"])));
        let given = list(&|a| format!("{0}: ${0}", a["name"].as_str().unwrap_or_default()));
        let document = format!("mutation{defined} {{ {name}{given} {{ __typename }} }}");
        let value = |a: &&Value| (a["name"].as_str().unwrap_or_default().to_owned(), types.least(&a["type"]));
        let variables = Value::Object(needed.iter().map(value).collect());
        let first = keyed(&server, &admin, &format!("key-{name}"), &document, variables.clone()).await;
        let again = keyed(&server, &admin, &format!("key-{name}"), &document, variables).await;
        assert!(!first.text().contains("BAD_REQUEST"), "{document}: {}", first.text());
        if again.header("idempotent-replayed") == "true" {
            assert_eq!((again.status, again.text()), (first.status, first.text()), "{name}");
            kept.push(name.to_owned());
        } else {
            left_out.push(name.to_owned());
        }
    }
    left_out.sort();
    assert_eq!(left_out, EXCLUDED, "kept: {kept:?}");
    assert!(kept.len() >= 40, "{kept:?}");
    let records = number(&server.shop, "SELECT count(*) AS n FROM idempotency_record WHERE state = 'done'").await;
    assert_eq!(records, i64::try_from(kept.len()).expect("few"));
}
