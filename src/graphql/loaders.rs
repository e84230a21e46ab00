//! The request's loaders: everything below a root field is fetched through one of these, in batches.

use std::time::Duration;

use async_graphql::{Request, dataloader::DataLoader};

use crate::app::App;

/// How long a loader waits for more keys. 1 ms, the library's default, is felt at every level; 0 loses the batching.
const BATCH_WINDOW: Duration = Duration::from_micros(50);

/// A loader with this project's window and batch size.
pub fn loader<L>(make: L) -> DataLoader<L>
where
    L: Send + Sync + 'static,
{
    DataLoader::new(make, tokio::spawn).delay(BATCH_WINDOW).max_batch_size(1_000)
}

/// Adds one loader of each domain to a request.
#[must_use]
pub fn attach(request: Request, _app: &App) -> Request {
    request
}
