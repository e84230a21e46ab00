//! Giving a request what its resolvers will ask for.

use async_graphql::Request;

use super::{context::RequestContext, errors::Logged, loaders};

/// The request with its context and its own loaders.
#[must_use]
pub fn prepare(request: Request, context: RequestContext) -> Request {
    loaders::attach(request, &context).data(Logged::default()).data(context)
}
