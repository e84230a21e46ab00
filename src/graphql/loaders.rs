//! The request's loaders: everything below a root field is fetched through one of these, in batches.

use std::sync::Arc;

use async_graphql::{Request, dataloader::DataLoader, parser::types::OperationType};

use super::{
    cart::loaders::CartLoader, catalog::CatalogLoader, content::ContentLoader, context::RequestContext,
    customer::loaders::CustomerLoader, delivery::DeliveryLoader, discount::loaders::DiscountLoader,
    gift_card::GiftCardLoader, in_context::InContext, order::OrderLoader, price_list::PriceListLoader,
    tax::loaders::TaxLoader,
};
use crate::{
    app::App,
    domain::shared::{Error, Permission},
    platform::hold,
};

/// Why a batch could not be loaded. All who wait for it hear the same, so it can be cloned.
#[derive(Clone, Debug)]
pub struct LoadError(Arc<Error>);

impl From<Error> for LoadError {
    fn from(error: Error) -> Self {
        Self(Arc::new(error))
    }
}

impl From<LoadError> for Error {
    /// Keys are checked before they are loaded: what goes wrong in a batch is a fault of ours or of the database.
    fn from(error: LoadError) -> Self {
        error.0.repeated("loading a batch")
    }
}

/// A loader with the window of the settings and this project's batch size.
fn loader<L>(app: &App, make: L) -> DataLoader<L>
where
    L: Send + Sync + 'static,
{
    DataLoader::new(make, hold::spawn).delay(app.settings.catalog.loader_window).max_batch_size(1_000)
}

/// Whether the request holds a mutation, executed or not. The text is parsed once: the execution finds it parsed.
fn may_change(request: &mut Request) -> bool {
    let Ok(document) = request.parsed_query() else { return true };
    document.operations.iter().any(|(_, operation)| operation.node.ty == OperationType::Mutation)
}

/// Adds one loader of each domain to a request.
#[must_use]
pub fn attach(mut request: Request, context: &RequestContext) -> Request {
    let app = &context.app;
    // Staff see their work at once, and whoever changes something reads what it is now.
    let from_cache = !context.viewer.may(Permission::ReadProducts) && !may_change(&mut request);
    let cache = from_cache.then(|| app.cache.clone());
    let country = InContext::of_request(&mut request).country;
    let catalog = CatalogLoader::new(app.database.clone(), app.sources.clone(), context.viewer, country, cache);
    request
        .data(loader(app, catalog))
        .data(loader(app, ContentLoader::new(app.database.clone(), app.sources.clone(), context.viewer)))
        .data(loader(app, CartLoader::new(app.database.clone(), app.sources.clone())))
        .data(loader(app, CustomerLoader(app.database.clone())))
        .data(loader(app, DeliveryLoader(app.database.clone())))
        .data(loader(app, DiscountLoader(app.database.clone())))
        .data(loader(app, OrderLoader::new(app.database.clone())))
        .data(loader(app, GiftCardLoader(app.database.clone())))
        .data(loader(app, PriceListLoader::new(app.database.clone())))
        .data(loader(app, TaxLoader(app.database.clone())))
}
