//! A reader of server-sent events.

use std::time::Duration;

use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::{Server, Visitor};

/// How long a test waits for an event.
const PATIENCE: Duration = Duration::from_secs(15);

/// An operation whose results come as `text/event-stream`.
pub struct Events {
    response: Response,
    unread: String,
}

impl Events {
    pub async fn open(server: &Server, visitor: &Visitor, document: &str, variables: Value) -> Self {
        let request = server.request(Method::POST, "/graphql").header("accept", "text/event-stream");
        let request = visitor.dress(request.json(&json!({ "query": document, "variables": variables })));
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(response.headers().contains_key("x-request-id"));
        Self { response, unread: String::new() }
    }

    /// The next result; `None` once the stream is complete.
    pub async fn next(&mut self) -> Option<Value> {
        loop {
            while let Some((event, rest)) = self.unread.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.unread = rest;
                match event.split_once('\n') {
                    Some(("event: next", data)) => {
                        let data = data.strip_prefix("data: ").expect("a line of data");
                        return Some(serde_json::from_str(data).expect("JSON"));
                    }
                    Some(("event: complete", _)) => return None,
                    _ => assert!(event.starts_with(':'), "unexpected {event:?}"),
                }
            }
            let piece = tokio::time::timeout(PATIENCE, self.response.chunk()).await.expect("an event in time");
            let piece = piece.expect("the stream goes on").expect("the stream ends with `complete`");
            self.unread.push_str(std::str::from_utf8(&piece).expect("UTF-8"));
        }
    }

    /// The data of the next result.
    pub async fn data(&mut self) -> Value {
        let result = self.next().await.expect("a result");
        assert_eq!(result.get("errors"), None, "{result:#}");
        result["data"].clone()
    }
}
