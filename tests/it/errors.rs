//! Errors and the order of keys, as graphql-js answers them: a small schema, whose fields fail in our manner
//! (`errors::nullable`, `errors::required`), has to give the answers that graphql-js 16 gave.
//!
//! `graphql_js/answers.jsonl` is what `graphql_js/answers.mjs` printed; the script says how to run it. An upgrade of the
//! library that changes anything here breaks clients: see docs/adr/0002-async-graphql-version.md.

use std::time::Duration;

use async_graphql::{Context, EmptyMutation, EmptySubscription, Object, Request, Schema};
use cartwright::{
    domain::shared::{Error, Viewer},
    graphql::{
        self,
        context::{Budget, RequestContext},
        errors,
    },
};
use serde_json::{Value, json};

use crate::support::TestShop;

const ANSWERS: &str = include_str!("graphql_js/answers.jsonl");

struct Node(i32);

fn failure<T>() -> Result<T, Error> {
    Err(Error::NotFound("thing"))
}

async fn later() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

#[Object]
impl Node {
    async fn id(&self) -> i32 {
        self.0
    }
    async fn name(&self) -> Option<String> {
        Some(format!("node {}", self.0))
    }
    async fn fails_null(&self, ctx: &Context<'_>) -> Option<String> {
        errors::nullable(ctx, failure())
    }
    async fn fails_must(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        errors::required(ctx, failure())
    }
    async fn next(&self) -> Option<Node> {
        Some(Node(self.0 + 1))
    }
    async fn must_next(&self) -> Node {
        Node(self.0 + 1)
    }
    async fn fails_node(&self, ctx: &Context<'_>) -> Option<Node> {
        errors::optional(ctx, failure())
    }
    async fn fails_must_node(&self, ctx: &Context<'_>) -> async_graphql::Result<Node> {
        errors::required(ctx, failure())
    }
    async fn slow(&self) -> Option<i32> {
        later().await;
        Some(self.0)
    }
    async fn fails_slowly(&self, ctx: &Context<'_>) -> Option<String> {
        later().await;
        errors::nullable(ctx, failure())
    }
    async fn fails_must_slowly(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        later().await;
        errors::required(ctx, failure())
    }
}

struct Query;

#[Object]
impl Query {
    async fn node(&self) -> Option<Node> {
        Some(Node(1))
    }
    async fn must(&self) -> Node {
        Node(1)
    }
    async fn list(&self) -> Option<Vec<Option<Node>>> {
        Some(vec![Some(Node(1)), Some(Node(2))])
    }
    async fn must_list(&self) -> Vec<Node> {
        vec![Node(1), Node(2)]
    }
    async fn list_of_must(&self) -> Option<Vec<Node>> {
        Some(vec![Node(1), Node(2)])
    }
    async fn slow(&self) -> Option<i32> {
        later().await;
        Some(1)
    }
    async fn fast(&self) -> Option<i32> {
        Some(2)
    }
}

/// Where the library's path is shorter than graphql-js's: below an item of a list of non-null items it ends at the item.
const SHORTER_PATHS: [(&str, &str); 2] =
    [("{listOfMust{failsMust} fast}", "[\"listOfMust\",0]"), ("{mustList{failsMust} fast}", "[\"mustList\",0]")];

/// The paths of errors, sorted: the specification leaves their order open.
fn paths(errors: &Value) -> Vec<String> {
    let list = errors.as_array().map_or(&[][..], Vec::as_slice);
    let mut paths: Vec<String> = list.iter().map(|error| error["path"].to_string()).collect();
    paths.sort();
    paths
}

#[tokio::test]
async fn errors_and_keys_are_those_of_graphql_js() {
    let shop = TestShop::still().await;
    let schema = Schema::build(Query, EmptyMutation, EmptySubscription).finish();
    let mut count = 0;
    for line in ANSWERS.lines() {
        let expected: Value = serde_json::from_str(line).expect("JSON");
        let document = expected["document"].as_str().expect("a document");
        // As text, because the order of keys is what is compared.
        let data = line.split_once(",\"data\":").and_then(|(_, rest)| rest.rsplit_once(",\"errors\":"));
        let context = RequestContext {
            app: shop.app.clone(),
            viewer: Viewer::Guest,
            order_access_token: None,
            request_id: "test".to_owned(),
            budget: Budget::new(1_000),
        };
        let response = schema.execute(graphql::prepare(Request::new(document), context)).await;
        let answered = serde_json::to_string(&response.data).expect("JSON");
        assert_eq!(Some(answered.as_str()), data.map(|(data, _)| data), "{document}");
        let errors = json!(response.errors);
        let shorter = SHORTER_PATHS.iter().find(|(of, _)| *of == document).map(|(_, path)| vec![(*path).to_owned()]);
        let wanted = shorter.unwrap_or_else(|| paths(&expected["errors"]));
        assert_eq!(paths(&errors), wanted, "{document}: {errors:#}");
        for error in response.errors {
            assert_eq!(error.message, "thing not found", "{document}");
            assert!(!error.locations.is_empty(), "{document}");
        }
        count += 1;
    }
    assert_eq!(count, 26);
}
