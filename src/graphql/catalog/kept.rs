//! What the catalog's loader asks the cache for: the keys, and finding by handle.

use async_graphql::Context;
use entity::{
    catalog::{collection, product},
    ids::{CollectionId, ProductId, VariantId},
};

use super::loaders::{ImagesOf, OptionsOf, TagsOf, VariantsOf, loader, sight};
use crate::{
    domain::{
        catalog::{Sight, cached, store},
        shared::Error,
    },
    graphql::{context::ContextExt, loaders::LoadError},
    platform::cache::{CacheKey, Key},
};

macro_rules! keys {
    ($($asked:ty => |$value:ident| $key:expr),+ $(,)?) => {$(
        impl CacheKey for $asked {
            fn cache_key(&self) -> Key {
                let $value = self;
                $key
            }
        }
    )+};
}

/// The product of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ProductOf(pub VariantId);

/// The product that has a handle, whether it may be seen or not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct ProductHandle(String);

/// The collection that has a handle, whether it may be seen or not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct CollectionHandle(String);

keys! {
    ProductId => |id| cached::product(*id),
    CollectionId => |id| cached::collection(*id),
    VariantsOf => |asked| cached::variants(asked.0),
    ImagesOf => |asked| cached::images(asked.0),
    OptionsOf => |asked| cached::options(asked.0),
    TagsOf => |asked| cached::tags(asked.0),
    ProductOf => |asked| cached::variant_product(asked.0),
    ProductHandle => |asked| cached::product_handle(&asked.0),
    CollectionHandle => |asked| cached::collection_handle(&asked.0),
}

/// The product with a handle, if it may be seen.
pub(super) async fn product_by_handle(ctx: &Context<'_>, handle: String) -> Result<Option<product::Model>, Error> {
    let database = ctx.app().database.reader();
    if let Some(cache) = loader(ctx).loader().trusted_cache() {
        let load = |asked: Vec<ProductHandle>| async move {
            let mut found = std::collections::HashMap::new();
            for asked in asked {
                let row = store::product_by_handle(database, Sight::Everything, &asked.0).await?;
                found.extend(row.map(|row| (asked, row.id)));
            }
            Ok::<_, LoadError>(found)
        };
        let asked = ProductHandle(handle.clone());
        let Some(id) = cache.cached(std::slice::from_ref(&asked), load).await?.remove(&asked) else { return Ok(None) };
        if let Some(row) = loader(ctx).load_one(id).await?.filter(|row| row.handle == handle) {
            return Ok(sight(ctx).sees(&row).then(|| product::Model::clone(&row)));
        }
        // It has another handle now, or is gone: what has this one, the database knows.
    }
    store::product_by_handle(database, sight(ctx), &handle).await
}

/// The collection with a handle, if it may be seen.
pub(super) async fn collection_by_handle(
    ctx: &Context<'_>,
    handle: String,
) -> Result<Option<collection::Model>, Error> {
    let database = ctx.app().database.reader();
    if let Some(cache) = loader(ctx).loader().trusted_cache() {
        let load = |asked: Vec<CollectionHandle>| async move {
            let mut found = std::collections::HashMap::new();
            for asked in asked {
                let row = store::collection_by_handle(database, Sight::Everything, &asked.0).await?;
                found.extend(row.map(|row| (asked, row.id)));
            }
            Ok::<_, LoadError>(found)
        };
        let asked = CollectionHandle(handle.clone());
        let Some(id) = cache.cached(std::slice::from_ref(&asked), load).await?.remove(&asked) else { return Ok(None) };
        if let Some(row) = loader(ctx).load_one(id).await?.filter(|row| row.handle == handle) {
            return Ok(sight(ctx).sees_collection(&row).then(|| collection::Model::clone(&row)));
        }
    }
    store::collection_by_handle(database, sight(ctx), &handle).await
}
