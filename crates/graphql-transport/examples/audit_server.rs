//! Serves a tiny schema for the published GraphQL-over-HTTP audits (`graphql-http`'s `auditServer`). First argument: the
//! address, by default 127.0.0.1:4000.

use async_graphql::{EmptyMutation, EmptySubscription, Executor, Object, Request, Response, Schema};
use axum::http::request::Parts;
use futures::stream::BoxStream;
use graphql_transport::{Answer, Backend, CancellationToken, Options, Origins, Refusal, routes};

struct Query;

#[Object]
impl Query {
    /// The sum of two integers.
    async fn sum(&self, a: i32, b: i32) -> i32 {
        a.saturating_add(b)
    }
}

#[derive(Clone)]
struct Tiny {
    schema: Schema<Query, EmptyMutation, EmptySubscription>,
}

impl Backend for Tiny {
    type Session = ();

    async fn authenticate(&self, _: &Parts) -> Result<(), Refusal> {
        Ok(())
    }

    async fn authenticate_socket(&self, _: &Parts, _: serde_json::Value) -> Result<(), Refusal> {
        Ok(())
    }

    async fn still_valid(&self, (): &()) -> bool {
        true
    }

    async fn execute(&self, request: Request, (): ()) -> Result<Answer, Refusal> {
        Ok(self.schema.execute(request).await.into())
    }

    fn subscribe(&self, request: Request, (): ()) -> BoxStream<'static, Response> {
        Executor::execute_stream(&self.schema, request, None)
    }

    fn shutdown(&self) -> CancellationToken {
        CancellationToken::new()
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:4000".to_owned());
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    let options = Options { introspection: true, origins: Origins::Any, ..Options::default() };
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("serving http://{}/graphql", listener.local_addr()?);
    axum::serve(listener, routes(Tiny { schema }, options)).await
}
