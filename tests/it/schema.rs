//! The public contract: the committed text is what is served, everything is described, and what storefronts send is there.

use std::collections::BTreeSet;

use cartwright::graphql;
use serde_json::{Value, json};

use crate::support::TestShop;

#[test]
fn schema_graphql_is_the_schema_that_is_served() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
    let committed = std::fs::read_to_string(path).expect("schema.graphql is there");
    let served = graphql::sdl();
    let differing = committed.lines().zip(served.lines()).position(|(one, other)| one != other);
    assert!(
        committed.trim_end() == served.trim_end(),
        "schema.graphql is not what is served (first difference near line {}).\nIf the change is meant, run\n\n    \
         cargo run -- schema > schema.graphql\n",
        differing.map_or_else(|| committed.lines().count().min(served.lines().count()), |line| line + 1),
    );
}

const INTROSPECTION: &str = "{ __schema { types { kind name description
    fields(includeDeprecated: true) { name description args { name description } }
    inputFields { name description } enumValues(includeDeprecated: true) { name description } }
    directives { name description args { name description } } } }";

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Collects the path of whatever has no description.
fn undescribed(path: &str, of: &Value, missing: &mut BTreeSet<String>) {
    let name = of["name"].as_str().expect("a name");
    let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    if of["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
        missing.insert(path.clone());
    }
    for part in ["fields", "inputFields", "enumValues", "args"] {
        for inner in list(&of[part]) {
            undescribed(&path, inner, missing);
        }
    }
}

#[tokio::test]
async fn everything_is_described() {
    let shop = TestShop::still().await;
    let admin = shop.admin().await;
    let answer = shop.ask(&admin, INTROSPECTION, json!({})).await;
    let mut missing = BTreeSet::new();
    for part in ["/__schema/types", "/__schema/directives"] {
        for of in list(&answer.at(part)) {
            if !of["name"].as_str().is_some_and(|name| name.starts_with("__")) {
                undescribed("", of, &mut missing);
            }
        }
    }
    // The specification's own scalar, which the library leaves without words.
    missing.remove("ID");
    assert_eq!(missing, BTreeSet::new(), "without a description: say what the client cannot guess");
}

/// Whether the text of a schema has a member: `Type` and `field(argument: Type): Type` without arguments of their own.
#[derive(Debug, Default)]
struct Members(BTreeSet<String>);

impl Members {
    /// Every member that an introspection answer names, as `Type.field: Type`, `Type.field(argument: Type)`,
    /// `Input.field: Type` and `Enum.VALUE`.
    fn of(types: &Value) -> Self {
        let mut members = BTreeSet::new();
        for of in list(types) {
            let owner = of["name"].as_str().expect("a name");
            for field in list(&of["fields"]).iter().chain(list(&of["inputFields"])) {
                let name = field["name"].as_str().expect("a name");
                members.insert(format!("{owner}.{name}: {}", written(&field["type"])));
                for argument in list(&field["args"]) {
                    let called = argument["name"].as_str().expect("a name");
                    members.insert(format!("{owner}.{name}({called}: {})", written(&argument["type"])));
                }
            }
            for value in list(&of["enumValues"]) {
                members.insert(format!("{owner}.{}", value["name"].as_str().expect("a name")));
            }
        }
        Self(members)
    }
}

/// A type as a schema writes it.
fn written(of: &Value) -> String {
    match of["kind"].as_str() {
        Some("NON_NULL") => format!("{}!", written(&of["ofType"])),
        Some("LIST") => format!("[{}]", written(&of["ofType"])),
        _ => of["name"].as_str().expect("a name").to_owned(),
    }
}

const TYPES: &str = "{ __schema { types { name inputFields { name type { ...T } }
    fields(includeDeprecated: true) { name type { ...T } args { name type { ...T } } }
    enumValues(includeDeprecated: true) { name } } } }
  fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }";

/// What public storefronts send, as far as this shop has it: one member a line.
const STOREFRONT: &str = include_str!("storefront_members.txt");

#[tokio::test]
async fn what_storefronts_send_is_there_with_the_same_types() {
    let shop = TestShop::still().await;
    let ours = Members::of(&shop.guest(TYPES, json!({})).await.at("/__schema/types")).0;
    let wanted = STOREFRONT.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let missing: Vec<&str> = wanted.clone().filter(|member| !ours.contains(*member)).collect();
    assert!(wanted.count() > 300, "the list is there");
    assert!(missing.is_empty(), "published members are gone or changed: {missing:#?}");
}
