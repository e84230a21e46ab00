//! Owns the tests of honest documents at the limits: what must pass does.

use graphql_transport::{Limits, gate::admit};
use serde_json::Map;

use crate::support::*;

/// The query of graphql-js 16's `getIntrospectionQuery` with every option on.
const INTROSPECTION: &str = include_str!("introspection.graphql");

#[tokio::test]
async fn the_standard_introspection_query_passes() {
    let answer = query(&Shop::new().routes(Limits::default()), INTROSPECTION).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["data"]["__schema"]["queryType"]["name"], "Query");
    assert_eq!(answer.json().get("errors"), None);
}

#[test]
fn what_is_at_a_limit_passes_and_one_more_does_not() {
    let limits = Limits { lonely_fields: vec!["signIn"], ..Limits::default() };
    let passes = |text: &str| admit(text, &Map::new(), None, &limits).is_ok();
    let nested = |levels: usize| format!("{}{{id{}}}", "{item".repeat(levels), "}".repeat(levels));
    let aliased = |many: usize| {
        let fields: String = (0..many).map(|number| format!("a{number}:id ")).collect();
        format!("{{item{{{fields}}}}}")
    };
    let roots = |kind: &str, many: usize| {
        let fields: String = (0..many).map(|number| format!("a{number} ")).collect();
        format!("{kind}{{{fields}}}")
    };
    let spreads = |many: usize| {
        let spreads = "...F @include(if:true) ".repeat(many);
        let fields: String = (0..98).map(|number| format!("f{number} ")).collect();
        format!("{{item{{{spreads}}}}} fragment F on Item{{{fields}}}")
    };
    let operations = |many: usize| -> String { (0..many).map(|number| format!("query Q{number}{{id}} ")).collect() };
    for (at, above) in [
        (nested(11), nested(12)),
        (aliased(30), aliased(31)),
        (roots("query", 20), roots("query", 21)),
        (roots("mutation", 10), roots("mutation", 11)),
        (spreads(50), spreads(51)),
        ("mutation{signIn}".to_owned(), "mutation{signIn a:signIn}".to_owned()),
    ] {
        assert!(passes(&at), "{at}");
        assert!(!passes(&above), "{above}");
    }
    assert!(admit(&operations(20), &Map::new(), Some("Q1"), &limits).is_ok());
    assert!(admit(&operations(21), &Map::new(), Some("Q1"), &limits).is_err());
}

#[test]
fn the_gate_tells_what_will_run() {
    let text = "mutation A{b:pay ...F} query B{__schema{types{name}}} fragment F on Mutation{signIn}";
    let admitted = admit(text, &Map::new(), Some("A"), &Limits::default()).unwrap();
    assert_eq!(admitted.operation.root_fields, ["pay", "signIn"]);
    assert_eq!(admitted.operation.name.as_deref(), Some("A"));
    assert!(!admitted.operation.introspection);
    let admitted = admit(text, &Map::new(), Some("B"), &Limits::default()).unwrap();
    assert!(admitted.operation.introspection);
}
