//! The catalog's loader: one statement for all the products, variants, … that a level of the query asks about.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use entity::{
    catalog::{collection, product, product_image, product_option, product_tag},
    ids::{CollectionId, ProductId, VariantId},
    money::Currency,
};

use crate::{
    domain::{
        catalog::{
            Sight, Variant,
            list::{self, MemberList},
            sort::ProductRow,
            store,
        },
        shared::{Error, Viewer},
        shop,
    },
    graphql::{context::ContextExt, loaders::LoadError},
    platform::{Database, Sources},
};

/// Loads from the catalog. It keeps nothing: a mutation that runs between two fields is seen by the second.
#[derive(Debug)]
pub struct CatalogLoader {
    database: Database,
    sources: Sources,
    viewer: Viewer,
}

impl CatalogLoader {
    /// A loader for this viewer.
    #[must_use]
    pub fn new(database: Database, sources: Sources, viewer: Viewer) -> Self {
        Self { database, sources, viewer }
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
        let rows = store::products(self.database.reader(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

impl Loader<VariantId> for CatalogLoader {
    type Value = Variant;
    type Error = LoadError;

    async fn load(&self, ids: &[VariantId]) -> Result<HashMap<VariantId, Self::Value>, Self::Error> {
        let rows = store::variants(self.database.reader(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id(), row)).collect())
    }
}

impl Loader<CollectionId> for CatalogLoader {
    type Value = Arc<collection::Model>;
    type Error = LoadError;

    async fn load(&self, ids: &[CollectionId]) -> Result<HashMap<CollectionId, Self::Value>, Self::Error> {
        let rows = store::collections(self.database.reader(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

impl Loader<VariantsOf> for CatalogLoader {
    type Value = Arc<Vec<Variant>>;
    type Error = LoadError;

    async fn load(&self, keys: &[VariantsOf]) -> Lists<VariantsOf, Variant> {
        let products: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
        let rows = store::variants_of(self.database.reader(), &products).await?;
        Ok(gathered(rows, |row| VariantsOf(row.row.product_id)))
    }
}

impl Loader<ImagesOf> for CatalogLoader {
    type Value = Arc<Vec<product_image::Model>>;
    type Error = LoadError;

    async fn load(&self, keys: &[ImagesOf]) -> Lists<ImagesOf, product_image::Model> {
        let products: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
        let rows = store::images_of(self.database.reader(), &products).await?;
        Ok(gathered(rows, |row| ImagesOf(row.product_id)))
    }
}

impl Loader<OptionsOf> for CatalogLoader {
    type Value = Arc<Vec<product_option::Model>>;
    type Error = LoadError;

    async fn load(&self, keys: &[OptionsOf]) -> Lists<OptionsOf, product_option::Model> {
        let products: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
        let rows = store::options_of(self.database.reader(), &products).await?;
        Ok(gathered(rows, |row| OptionsOf(row.product_id)))
    }
}

impl Loader<TagsOf> for CatalogLoader {
    type Value = Arc<Vec<product_tag::Model>>;
    type Error = LoadError;

    async fn load(&self, keys: &[TagsOf]) -> Lists<TagsOf, product_tag::Model> {
        let products: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
        let rows = store::tags_of(self.database.reader(), &products).await?;
        Ok(gathered(rows, |row| TagsOf(row.product_id)))
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
