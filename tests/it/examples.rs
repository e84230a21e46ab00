//! The journeys of `examples/`: each file is run, operation by operation, against a server with the demo shop.
//!
//! `examples/README.md` says what the comments mean.

use std::collections::{BTreeMap, BTreeSet};

use cartwright::demo;
use serde_json::{Map, Value, json};

use crate::support::{Answer, Server, Socket, Visitor};

/// An operation of a file with its comments read.
#[derive(Debug, Default)]
struct Step {
    name: String,
    subscription: bool,
    by: String,
    variables: String,
    captures: Vec<(String, String)>,
    expectations: Vec<(String, String)>,
    refused: Option<String>,
    messages: usize,
}

/// Reads the operations of a file.
fn steps(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut step = Step::default();
    let mut in_variables = false;
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim();
            let (word, rest) = comment.split_once(' ').unwrap_or((comment, ""));
            let pair = || {
                let (one, other) = rest.split_once(" = ").unwrap_or_else(|| panic!("no ` = ` in {line}"));
                (one.trim().to_owned(), other.trim().to_owned())
            };
            in_variables = in_variables && !word.starts_with('@');
            match word {
                "@as" => rest.clone_into(&mut step.by),
                "@variables" => {
                    rest.clone_into(&mut step.variables);
                    in_variables = true;
                }
                "@capture" => step.captures.push(pair()),
                "@expect" => step.expectations.push(pair()),
                "@refused" => step.refused = Some(rest.to_owned()),
                "@messages" => step.messages = rest.parse().expect("a number of messages"),
                _ if word.starts_with('@') => panic!("unknown comment {line}"),
                _ if in_variables => step.variables.push_str(comment),
                _ => {}
            }
            continue;
        }
        in_variables = false;
        let kind = ["query ", "mutation ", "subscription "].into_iter().find(|kind| line.starts_with(kind));
        if let Some(kind) = kind {
            let name = line[kind.len()..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            step.name = name.to_owned();
            step.subscription = kind == "subscription ";
            steps.push(std::mem::take(&mut step));
        } else if line.trim().is_empty() {
            // A comment that no operation follows belongs to the file.
            step = Step::default();
        }
    }
    steps
}

/// What was captured so far.
struct Known(BTreeMap<String, Value>);

impl Known {
    fn get(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or_else(|| panic!("{name} was not captured"))
    }

    fn text(&self, name: &str) -> String {
        self.get(name).as_str().unwrap_or_else(|| panic!("{name} is no text")).to_owned()
    }

    /// Puts what was captured in place of its name.
    fn fill(&self, value: Value) -> Value {
        match value {
            Value::String(text) => match text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")) {
                Some(name) => self.get(name).clone(),
                None => Value::String(text),
            },
            Value::Array(values) => values.into_iter().map(|value| self.fill(value)).collect(),
            Value::Object(map) => {
                map.into_iter().map(|(key, value)| (key, self.fill(value))).collect::<Map<_, _>>().into()
            }
            other => other,
        }
    }

    fn visitor(&self, by: &str) -> Visitor {
        match by {
            "" | "guest" => Visitor::guest(),
            "customer" => Visitor::signed_in(self.text("customerToken")),
            "staff" => Visitor::signed_in(self.text("staffToken")),
            "buyer" => Visitor::of_order(self.text("orderAccessToken")),
            other => panic!("nobody is called {other}"),
        }
    }
}

/// The codes of every `userErrors` below the root fields.
fn refusals(data: &Value) -> Vec<String> {
    let payloads = data.as_object().into_iter().flat_map(Map::values);
    let errors = payloads.filter_map(|payload| payload.get("userErrors")?.as_array()).flatten();
    errors.map(|error| error["code"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Runs an operation as a person does: the whole file is in the editor, one operation of it is sent.
async fn send(server: &Server, visitor: &Visitor, text: &str, step: &Step, variables: Value) -> Value {
    let payload = json!({ "query": text, "operationName": step.name, "variables": variables });
    if !step.subscription {
        let reply = server.post(visitor, payload).await;
        assert_eq!(reply.status, 200, "{}: {}", step.name, reply.text());
        let answer: Answer = reply.answer();
        assert_eq!(answer.body.get("errors"), None, "{}: {:#}", step.name, answer.body);
        return answer.body["data"].clone();
    }
    let mut socket = Socket::open(server, visitor).await;
    socket.say(json!({ "type": "subscribe", "id": "1", "payload": payload })).await;
    let mut last = Value::Null;
    assert!(step.messages > 0, "{} says how many messages it reads", step.name);
    for _ in 0..step.messages {
        last = socket.data("1").await;
    }
    last
}

async fn run(file: &str) {
    let path = format!("{}/examples/{file}.graphql", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the example is there");
    let steps = steps(&text);
    assert!(!steps.is_empty(), "{file} has operations");
    let server = Server::start().await;
    let welcome = demo::open(&server.shop.app).await.expect("the demo shop opens");
    let mut known = Known(BTreeMap::from([("staffPassword".to_owned(), json!(welcome.password))]));
    for step in &steps {
        let place = format!("{file}.graphql, {}", step.name);
        let variables = if step.variables.is_empty() { "{}" } else { &step.variables };
        let variables = serde_json::from_str(variables).unwrap_or_else(|error| panic!("{place}: variables: {error}"));
        if step.subscription {
            server.all_told().await;
        }
        let data = send(&server, &known.visitor(&step.by), &text, step, known.fill(variables)).await;
        let expected: Vec<String> = step.refused.iter().cloned().collect();
        assert_eq!(refusals(&data), expected, "{place}: {data:#}");
        for (name, pointer) in &step.captures {
            let value = data.pointer(pointer).filter(|value| !value.is_null());
            let value = value.unwrap_or_else(|| panic!("{place}: nothing at {pointer} in {data:#}"));
            known.0.insert(name.clone(), value.clone());
        }
        for (pointer, wanted) in &step.expectations {
            let wanted = serde_json::from_str(wanted).unwrap_or_else(|error| panic!("{place}: {wanted}: {error}"));
            assert_eq!(data.pointer(pointer), Some(&known.fill(wanted)), "{place}: {pointer} in {data:#}");
        }
    }
}

macro_rules! journeys {
    ($($name:ident),+ $(,)?) => {
        const JOURNEYS: &[&str] = &[$(stringify!($name)),+];
        $(
            #[tokio::test]
            async fn $name() {
                run(stringify!($name)).await;
            }
        )+
    };
}

journeys!(
    accounts,
    browse,
    cart,
    checkout_guest,
    checkout_signed_in,
    pay_again_after_decline,
    staff_products,
    staff_ship,
    watch_order,
);

#[test]
fn every_file_is_run_and_told_of() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let readme = std::fs::read_to_string(format!("{folder}/README.md")).expect("a text");
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        if let Some(journey) = name.strip_suffix(".graphql") {
            assert!(readme.contains(&format!("`{name}`")), "the README tells of {name}");
            files.insert(journey.to_owned());
        }
    }
    assert_eq!(files, JOURNEYS.iter().map(|name| (*name).to_owned()).collect());
}
