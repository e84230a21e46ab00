//! The content's loader: one statement for all the pages, articles, blogs … that a level of the query asks about.

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
    content::{article, blog, menu, menu_item, page, shop_policy},
    ids::{ArticleId, BlogId, MenuId, PageId, ShopPolicyId},
};

use crate::{
    domain::{
        content::{
            Sight,
            list::{self, ArticleList},
            store,
        },
        shared::{Error, Viewer},
    },
    graphql::{context::ContextExt, loaders::LoadError},
    platform::{Database, Sources},
};

/// Loads content. It keeps nothing: a mutation that runs between two fields is seen by the second.
#[derive(Debug)]
pub struct ContentLoader {
    database: Database,
    sources: Sources,
    viewer: Viewer,
}

impl ContentLoader {
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
pub(super) fn loader<'a>(ctx: &Context<'a>) -> &'a DataLoader<ContentLoader> {
    ctx.data_unchecked::<DataLoader<ContentLoader>>()
}

/// What the request's viewer may see now.
pub(super) fn sight(ctx: &Context<'_>) -> Sight {
    Sight::of(ctx.viewer(), ctx.app().sources.now())
}

/// Loads the list that belongs to a key; empty when nothing does.
pub(super) async fn list_of<K, T>(ctx: &Context<'_>, key: K) -> Result<Arc<Vec<T>>, Error>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    T: Send + Sync + 'static,
    ContentLoader: Loader<K, Value = Arc<Vec<T>>, Error = LoadError>,
{
    Ok(loader(ctx).load_one(key).await?.unwrap_or_default())
}

/// One part of a blog's articles, as the viewer may see them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticlesOf {
    /// The blog.
    pub blog: BlogId,
    /// The part.
    pub list: ArticleList,
}

/// The article of a blog with a handle, if the viewer may see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleNamed {
    /// The blog.
    pub blog: BlogId,
    /// The handle.
    pub handle: String,
}

/// All links of a menu, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ItemsOf(pub MenuId);

/// The policies that the shop has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Policies;

type Loaded<K, T> = Result<HashMap<K, T>, LoadError>;

fn gathered<K: Eq + Hash, T>(rows: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, Arc<Vec<T>>> {
    let mut lists: HashMap<K, Vec<T>> = HashMap::new();
    for row in rows {
        lists.entry(key(&row)).or_default().push(row);
    }
    lists.into_iter().map(|(key, list)| (key, Arc::new(list))).collect()
}

macro_rules! by_id {
    ($($id:ident => $row:ty, $query:ident;)+) => {$(
        impl Loader<$id> for ContentLoader {
            type Value = Arc<$row>;
            type Error = LoadError;

            async fn load(&self, ids: &[$id]) -> Loaded<$id, Self::Value> {
                let rows = store::$query(self.database.reader(), ids).await?;
                Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
            }
        }
    )+};
}

by_id! {
    PageId => page::Model, pages;
    BlogId => blog::Model, blogs;
    ArticleId => article::Model, articles;
    MenuId => menu::Model, menus;
    ShopPolicyId => shop_policy::Model, policies_by_id;
}

impl Loader<ItemsOf> for ContentLoader {
    type Value = Arc<Vec<menu_item::Model>>;
    type Error = LoadError;

    async fn load(&self, keys: &[ItemsOf]) -> Loaded<ItemsOf, Self::Value> {
        let menus: Vec<MenuId> = keys.iter().map(|key| key.0).collect();
        let rows = store::items_of(self.database.reader(), &menus).await?;
        Ok(gathered(rows, |row| ItemsOf(row.menu_id)))
    }
}

impl Loader<Policies> for ContentLoader {
    type Value = Arc<Vec<shop_policy::Model>>;
    type Error = LoadError;

    async fn load(&self, _: &[Policies]) -> Loaded<Policies, Self::Value> {
        let rows = store::policies(self.database.reader()).await?;
        Ok(HashMap::from([(Policies, Arc::new(rows))]))
    }
}

impl Loader<ArticleNamed> for ContentLoader {
    type Value = Arc<article::Model>;
    type Error = LoadError;

    async fn load(&self, keys: &[ArticleNamed]) -> Loaded<ArticleNamed, Self::Value> {
        let pairs: Vec<(BlogId, &str)> = keys.iter().map(|key| (key.blog, key.handle.as_str())).collect();
        let rows = store::articles_by_handle(self.database.reader(), self.sight(), &pairs).await?;
        let wanted: HashSet<&ArticleNamed> = keys.iter().collect();
        let named = rows.into_iter().map(|row| (ArticleNamed { blog: row.blog_id, handle: row.handle.clone() }, row));
        Ok(named.filter(|(key, _)| wanted.contains(key)).map(|(key, row)| (key, Arc::new(row))).collect())
    }
}

impl Loader<ArticlesOf> for ContentLoader {
    type Value = Arc<Vec<article::Model>>;
    type Error = LoadError;

    /// Keys that differ in the part are loaded by a statement each: there are as many as the query has such fields.
    async fn load(&self, keys: &[ArticlesOf]) -> Loaded<ArticlesOf, Self::Value> {
        let mut parts: HashMap<&ArticleList, Vec<BlogId>> = HashMap::new();
        for key in keys {
            parts.entry(&key.list).or_default().push(key.blog);
        }
        let mut lists = HashMap::new();
        for (list, blogs) in parts {
            let rows = list::articles_of(self.database.reader(), self.sight(), list, &blogs).await?;
            lists.extend(gathered(rows, |row| ArticlesOf { blog: row.blog_id, list: list.clone() }));
        }
        Ok(lists)
    }
}
