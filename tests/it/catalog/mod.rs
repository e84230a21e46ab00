//! Reading the catalog.

mod choosing;
mod collections;
mod encoded;
mod lists;
mod nodes;
mod product;
mod searching;
mod statements;
mod visibility;

use cartwright::domain::shared::{Staff, Viewer};
use entity::auth::account::Role;
use serde_json::Value;

use crate::support::{Answer, Caller};

/// A staff member who may read products and stock.
fn staff() -> Caller {
    let staff = Staff { account_id: uuid::Uuid::nil().into(), session_id: uuid::Uuid::nil().into(), role: Role::Staff };
    Caller { viewer: Viewer::Staff(staff), order_access_token: None }
}

/// The texts under `name` of the nodes of the connection at `pointer`.
#[track_caller]
fn names(answer: &Answer, pointer: &str, name: &str) -> Vec<String> {
    let nodes = answer.at(&format!("{pointer}/nodes"));
    let text = |node: &Value| node[name].as_str().unwrap_or_default().to_owned();
    nodes.as_array().expect("nodes").iter().map(text).collect()
}

/// The argument that the first error names.
#[track_caller]
fn refused_argument(answer: &Answer) -> String {
    assert_eq!(answer.code(), "BAD_USER_INPUT", "{:#}", answer.body);
    answer.body["errors"][0]["extensions"]["argument"].as_str().expect("an argument").to_owned()
}
