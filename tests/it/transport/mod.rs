//! The edge from outside: what is refused before it runs, what a document may ask for, pages and files, faults, the stop.
//!
//! That a panicking resolver becomes a 500 with an id, and leaves process and connection alive, is tested in
//! `crates/graphql-transport` (`http::a_panic_becomes_an_internal_error_with_an_id`): no resolver of this schema panics.

mod documents;
mod faults;
mod inputs;
mod origins;
mod pages;
mod requests;
mod stopping;

use serde_json::{Value, json};

use crate::support::{Reply, Server, Visitor};

/// The two modes, which differ in what they show and not in what they refuse.
const MODES: [&str; 2] = ["development", "production"];

async fn in_mode(mode: &str) -> Server {
    Server::with(&[("CARTWRIGHT_MODE", mode)]).await
}

async fn ask(server: &Server, document: &str, variables: Value) -> Reply {
    server.post(&Visitor::guest(), json!({ "query": document, "variables": variables })).await
}
