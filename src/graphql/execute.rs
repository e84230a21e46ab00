//! Running a request: under its idempotency key if it has one, with its context and its own loaders.

use async_graphql::{Request, Response, Value, value};
use graphql_transport::{Answer, Refusal};

use super::{CartwrightSchema, context::RequestContext, errors::Logged, idempotency, loaders};

/// The request with its context and its own loaders.
#[must_use]
pub fn prepare(request: Request, context: RequestContext) -> Request {
    loaders::attach(request, &context).data(Logged::default()).data(context)
}

/// Runs a query or a mutation. `key` is the text of its header `Idempotency-Key`.
///
/// # Errors
/// Refusals of the key.
pub async fn execute(
    schema: &CartwrightSchema,
    mut request: Request,
    context: RequestContext,
    key: Option<String>,
) -> Result<Answer, Refusal> {
    // What resolvers hold is large: on the heap, it does not fill the stack of whoever waits for them.
    match idempotency::usage(&mut request, &context, key)? {
        Some(usage) => Box::pin(idempotency::run(schema, request, context, usage)).await,
        None => Ok(Box::pin(run(schema, request, context)).await.into()),
    }
}

/// Runs it, and adds what it cost.
pub(super) async fn run(schema: &CartwrightSchema, request: Request, context: RequestContext) -> Response {
    let budget = context.budget.clone();
    let mut response = schema.execute(prepare(request, context)).await;
    if response.data != Value::Null || budget.used() > 0 {
        let cost = value!({ "objects": (budget.used()), "limit": (budget.limit()) });
        response.extensions.insert("cost".to_owned(), cost);
    }
    response
}
