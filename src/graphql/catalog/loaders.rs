//! The catalog's loader: one statement for all the products, variants, … that a level of the query asks about.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    sync::Arc,
};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use entity::{
    catalog::{collection, product, product_image, product_option, product_tag},
    ids::{CollectionId, ProductId, ProductOptionId, VariantId},
    money::Currency,
};

use super::kept::ProductOf;
use crate::{
    domain::{
        catalog::{
            OptionSwatch, Sight, SwatchKey, Variant,
            list::{self, MemberList},
            sort::ProductRow,
            store, swatches_of,
        },
        shared::{Error, Viewer},
        shop,
    },
    graphql::{context::ContextExt, loaders::LoadError},
    platform::{
        Database, Sources,
        cache::{Cache, CacheKey, Value},
    },
};

/// Loads from the catalog. It keeps nothing itself: a mutation that runs between two fields is seen by the second.
#[derive(Debug)]
pub struct CatalogLoader {
    pub(super) database: Database,
    pub(super) sources: Sources,
    viewer: Viewer,
    /// The country of `@inContext`, for which prices are shown.
    pub(super) country: Option<String>,
    /// What all requests share; `None` for those that must see the database itself.
    cache: Option<Cache>,
}

impl CatalogLoader {
    /// A loader for this viewer, who is shown the prices of this country.
    #[must_use]
    pub fn new(
        database: Database,
        sources: Sources,
        viewer: Viewer,
        country: Option<String>,
        cache: Option<Cache>,
    ) -> Self {
        Self { database, sources, viewer, country, cache }
    }

    /// What is kept, or loaded by `load`.
    pub(super) async fn cached<K, T, F, Fut>(&self, keys: &[K], load: F) -> Result<HashMap<K, T>, LoadError>
    where
        K: CacheKey,
        T: Value,
        F: Fn(Vec<K>) -> Fut + Send + Sync,
        Fut: Future<Output = Result<HashMap<K, T>, LoadError>> + Send,
    {
        match &self.cache {
            Some(cache) => cache.cached(keys, load).await,
            None => load(keys.to_vec()).await,
        }
    }

    /// All variants of some products with their own prices; their stock may be of another moment.
    async fn variants_of(&self, keys: &[VariantsOf]) -> Lists<VariantsOf, Variant> {
        let load = |keys: Vec<VariantsOf>| async move {
            let products: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
            let rows = store::variants_of(self.database.reader(), &products).await?;
            Ok(gathered(rows, |row| VariantsOf(row.row.product_id)))
        };
        self.cached(keys, load).await
    }

    /// What is kept, if it is used now.
    pub(super) fn trusted_cache(&self) -> Option<&Cache> {
        self.cache.as_ref().filter(|cache| cache.is_trusted())
    }

    /// Kept variants as they are shown now: with the stock of this moment and the buyer's prices.
    async fn shown<K: Eq + Hash>(
        &self,
        lists: HashMap<K, Arc<Vec<Variant>>>,
    ) -> Result<HashMap<K, Arc<Vec<Variant>>>, LoadError> {
        self.priced(self.stocked(lists).await?).await
    }

    /// Kept variants with the stock of this moment.
    async fn stocked<K: Eq + Hash>(
        &self,
        lists: HashMap<K, Arc<Vec<Variant>>>,
    ) -> Result<HashMap<K, Arc<Vec<Variant>>>, LoadError> {
        let ids: Vec<VariantId> = lists.values().flat_map(|list| list.iter().map(Variant::id)).collect();
        if ids.is_empty() {
            return Ok(lists);
        }
        let available = store::available(self.database.reader(), &ids).await?;
        let lists = lists.into_iter().map(|(key, list)| {
            let stocked = |variant: &Variant| {
                let available = available.get(&variant.id()).copied().unwrap_or(0);
                Variant { available, ..variant.clone() }
            };
            (key, Arc::new(list.iter().map(stocked).collect()))
        });
        Ok(lists.collect())
    }

    fn sight(&self) -> Sight {
        Sight::of(&self.viewer, self.sources.now())
    }
}

/// The request's loader.
pub(super) fn loader<'a>(ctx: &Context<'a>) -> &'a DataLoader<CatalogLoader> {
    ctx.data_unchecked::<DataLoader<CatalogLoader>>()
}

/// Loads the list that belongs to a key; empty when nothing does.
pub(super) async fn list_of<K, T>(ctx: &Context<'_>, key: K) -> Result<Arc<Vec<T>>, Error>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    T: Send + Sync + 'static,
    CatalogLoader: Loader<K, Value = Arc<Vec<T>>, Error = LoadError>,
{
    Ok(loader(ctx).load_one(key).await?.unwrap_or_default())
}

/// What the request's viewer may see now.
pub(super) fn sight(ctx: &Context<'_>) -> Sight {
    Sight::of(ctx.viewer(), ctx.app().sources.now())
}

/// All variants of a product, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VariantsOf(pub ProductId);

/// All pictures of a product, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImagesOf(pub ProductId);

/// All options of a product, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OptionsOf(pub ProductId);

/// All tags of a product, in alphabetical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TagsOf(pub ProductId);

/// The collections that a product is in and the viewer may see, by title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CollectionsOf(pub ProductId);

/// One part of a collection's products, in one order, as the viewer may see them. Keys that differ in the part are loaded
/// by a statement each: there are as many as the query has such fields.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MembersOf {
    /// The collection.
    pub collection: CollectionId,
    /// The part.
    pub list: MemberList,
}

/// The currency of the shop's prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShopCurrency;

type Lists<K, T> = Result<HashMap<K, Arc<Vec<T>>>, LoadError>;

/// Rows in their order, gathered under what they belong to.
fn gathered<K: Eq + Hash, T>(rows: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, Arc<Vec<T>>> {
    let mut lists: HashMap<K, Vec<T>> = HashMap::new();
    for row in rows {
        lists.entry(key(&row)).or_default().push(row);
    }
    lists.into_iter().map(|(key, list)| (key, Arc::new(list))).collect()
}

impl Loader<ProductId> for CatalogLoader {
    type Value = Arc<product::Model>;
    type Error = LoadError;

    async fn load(&self, ids: &[ProductId]) -> Result<HashMap<ProductId, Self::Value>, Self::Error> {
        let load = |ids: Vec<ProductId>| async move {
            let rows = store::products(self.database.reader(), &ids).await?;
            Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
        };
        self.cached(ids, load).await
    }
}

impl Loader<VariantId> for CatalogLoader {
    type Value = Variant;
    type Error = LoadError;

    async fn load(&self, ids: &[VariantId]) -> Result<HashMap<VariantId, Self::Value>, Self::Error> {
        if self.trusted_cache().is_none() {
            let mut rows = store::variants(self.database.reader(), ids).await?;
            self.price(rows.iter_mut().collect()).await?;
            return Ok(rows.into_iter().map(|row| (row.id(), row)).collect());
        }
        let load = |keys: Vec<ProductOf>| async move {
            let ids: Vec<VariantId> = keys.iter().map(|key| key.0).collect();
            let rows = store::variants(self.database.reader(), &ids).await?;
            Ok(rows.into_iter().map(|row| (ProductOf(row.id()), row.row.product_id)).collect())
        };
        let keys: Vec<ProductOf> = ids.iter().copied().map(ProductOf).collect();
        let products: HashMap<ProductOf, ProductId> = self.cached(&keys, load).await?;
        let products: HashSet<VariantsOf> = products.into_values().map(VariantsOf).collect();
        let lists = self.variants_of(&products.into_iter().collect::<Vec<_>>()).await?;
        // Only those that were asked for: their products may have many more.
        let wanted: HashSet<VariantId> = ids.iter().copied().collect();
        let rows = lists.values().flat_map(|list| list.iter().filter(|row| wanted.contains(&row.id())));
        let lists = rows.map(|row| (row.id(), Arc::new(vec![row.clone()]))).collect();
        let stocked = self.shown(lists).await?;
        Ok(stocked.into_iter().filter_map(|(id, list)| Some((id, list.first()?.clone()))).collect())
    }
}

impl Loader<ProductOptionId> for CatalogLoader {
    type Value = product_option::Model;
    type Error = LoadError;

    async fn load(&self, ids: &[ProductOptionId]) -> Result<HashMap<ProductOptionId, Self::Value>, Self::Error> {
        let rows = store::options(self.database.reader(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

impl Loader<SwatchKey> for CatalogLoader {
    type Value = OptionSwatch;
    type Error = LoadError;

    async fn load(&self, keys: &[SwatchKey]) -> Result<HashMap<SwatchKey, Self::Value>, Self::Error> {
        let rows = swatches_of(self.database.reader(), keys).await?;
        Ok(rows.into_iter().map(|row| (SwatchKey::of(&row), row)).collect())
    }
}

impl Loader<CollectionId> for CatalogLoader {
    type Value = Arc<collection::Model>;
    type Error = LoadError;

    async fn load(&self, ids: &[CollectionId]) -> Result<HashMap<CollectionId, Self::Value>, Self::Error> {
        let load = |ids: Vec<CollectionId>| async move {
            let rows = store::collections(self.database.reader(), &ids).await?;
            Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
        };
        self.cached(ids, load).await
    }
}

impl Loader<VariantsOf> for CatalogLoader {
    type Value = Arc<Vec<Variant>>;
    type Error = LoadError;

    async fn load(&self, keys: &[VariantsOf]) -> Lists<VariantsOf, Variant> {
        let from_cache = self.trusted_cache().is_some();
        let lists = self.variants_of(keys).await?;
        if from_cache { self.shown(lists).await } else { self.priced(lists).await }
    }
}

impl Loader<ImagesOf> for CatalogLoader {
    type Value = Arc<Vec<product_image::Model>>;
    type Error = LoadError;

    async fn load(&self, keys: &[ImagesOf]) -> Lists<ImagesOf, product_image::Model> {
        let load = |keys: Vec<ImagesOf>| async move {
            let products: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
            let rows = store::images_of(self.database.reader(), &products).await?;
            Ok(gathered(rows, |row| ImagesOf(row.product_id)))
        };
        self.cached(keys, load).await
    }
}

impl Loader<OptionsOf> for CatalogLoader {
    type Value = Arc<Vec<product_option::Model>>;
    type Error = LoadError;

    async fn load(&self, keys: &[OptionsOf]) -> Lists<OptionsOf, product_option::Model> {
        let load = |keys: Vec<OptionsOf>| async move {
            let products: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
            let rows = store::options_of(self.database.reader(), &products).await?;
            Ok(gathered(rows, |row| OptionsOf(row.product_id)))
        };
        self.cached(keys, load).await
    }
}

impl Loader<TagsOf> for CatalogLoader {
    type Value = Arc<Vec<product_tag::Model>>;
    type Error = LoadError;

    async fn load(&self, keys: &[TagsOf]) -> Lists<TagsOf, product_tag::Model> {
        let load = |keys: Vec<TagsOf>| async move {
            let products: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
            let rows = store::tags_of(self.database.reader(), &products).await?;
            Ok(gathered(rows, |row| TagsOf(row.product_id)))
        };
        self.cached(keys, load).await
    }
}

impl Loader<CollectionsOf> for CatalogLoader {
    type Value = Arc<Vec<collection::Model>>;
    type Error = LoadError;

    async fn load(&self, keys: &[CollectionsOf]) -> Lists<CollectionsOf, collection::Model> {
        let products: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
        let rows = store::collections_of(self.database.reader(), self.sight(), &products).await?;
        let mut lists: HashMap<CollectionsOf, Vec<collection::Model>> = HashMap::new();
        for (product, row) in rows {
            lists.entry(CollectionsOf(product)).or_default().push(row);
        }
        Ok(lists.into_iter().map(|(key, list)| (key, Arc::new(list))).collect())
    }
}

impl Loader<MembersOf> for CatalogLoader {
    type Value = Arc<Vec<ProductRow>>;
    type Error = LoadError;

    async fn load(&self, keys: &[MembersOf]) -> Lists<MembersOf, ProductRow> {
        let mut parts: HashMap<&MemberList, Vec<CollectionId>> = HashMap::new();
        for key in keys {
            parts.entry(&key.list).or_default().push(key.collection);
        }
        let mut lists: HashMap<MembersOf, Vec<ProductRow>> = HashMap::new();
        for (list, collections) in parts {
            let rows = list::members(self.database.reader(), self.sight(), list, &collections).await?;
            for (collection, row) in rows {
                lists.entry(MembersOf { collection, list: list.clone() }).or_default().push(row);
            }
        }
        Ok(lists.into_iter().map(|(key, list)| (key, Arc::new(list))).collect())
    }
}

impl Loader<ShopCurrency> for CatalogLoader {
    type Value = Currency;
    type Error = LoadError;

    async fn load(&self, _: &[ShopCurrency]) -> Result<HashMap<ShopCurrency, Currency>, Self::Error> {
        let shop = shop::get(self.database.reader()).await?;
        Ok(HashMap::from([(ShopCurrency, shop.currency)]))
    }
}
