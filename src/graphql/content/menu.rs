//! Menus: links that lead somewhere, or are not shown.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{
    content::{
        menu,
        menu_item::{self, MenuItemKind},
    },
    ids::{ArticleId, BlogId, CollectionId, MenuId, MenuItemId, PageId, ProductId, ShopPolicyId},
};

use super::{
    Article, Blog, Page,
    loaders::{self, ItemsOf, loader},
};
use crate::{
    domain::{content, shared::Error},
    graphql::{
        catalog::{Collection, Product},
        context::ContextExt,
        errors, global_id,
        scalars::Url,
    },
};

/// A menu of links.
#[derive(Clone, Debug)]
pub struct Menu(Arc<menu::Model>);

impl Menu {
    /// A menu.
    #[must_use]
    pub fn shown(row: impl Into<Arc<menu::Model>>) -> Self {
        Self(row.into())
    }

    /// The menu with an id.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: MenuId) -> Result<Option<Self>, Error> {
        Ok(loader(ctx).load_one(id).await?.map(Self))
    }
}

/// A menu of links.
#[Object]
impl Menu {
    /// The menu's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// Its unique name, such as `main-menu`.
    async fn handle(&self) -> &str {
        &self.0.handle
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Its links, in order. One whose page, product … is gone, or that the viewer may not see, is left out with all
    /// below it.
    async fn items(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<MenuItem>> {
        errors::required(ctx, items(ctx, self.0.id).await)
    }

    /// How many links it has on all levels, those that are left out now too.
    async fn items_count(&self, ctx: &Context<'_>) -> async_graphql::Result<usize> {
        let count = async { Ok(loaders::list_of::<_, menu_item::Model>(ctx, ItemsOf(self.0.id)).await?.len()) };
        errors::required(ctx, count.await)
    }

    /// Grows by one with every change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A link of a menu.
#[derive(Clone, Debug, SimpleObject)]
pub struct MenuItem {
    /// The link's id.
    id: ID,
    /// The links below it, in order.
    items: Vec<MenuItem>,
    /// The id of the page, product … that it leads to; null for kinds that name none.
    resource_id: Option<ID>,
    /// The tags that filter the collection it leads to.
    tags: Vec<String>,
    /// Its words.
    title: String,
    /// What it leads to.
    #[graphql(name = "type")]
    kind: MenuItemType,
    /// Its address, made of the present handle of what it leads to. On this shop's own domain a front end takes the path.
    url: Option<Url>,
}

/// What a link of a menu leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum MenuItemType {
    /// An article.
    Article,
    /// A blog.
    Blog,
    /// The whole catalog.
    Catalog,
    /// A collection.
    Collection,
    /// All collections.
    Collections,
    /// The customer's own pages.
    CustomerAccountPage,
    /// The front page.
    Frontpage,
    /// An address.
    Http,
    /// A custom object. There are none: no link has this type.
    Metaobject,
    /// A page.
    Page,
    /// A product.
    Product,
    /// The search.
    Search,
    /// A policy of the shop.
    ShopPolicy,
}

impl From<MenuItemKind> for MenuItemType {
    fn from(kind: MenuItemKind) -> Self {
        match kind {
            MenuItemKind::Article => Self::Article,
            MenuItemKind::Blog => Self::Blog,
            MenuItemKind::Catalog => Self::Catalog,
            MenuItemKind::Collection => Self::Collection,
            MenuItemKind::Collections => Self::Collections,
            MenuItemKind::CustomerAccountPage => Self::CustomerAccountPage,
            MenuItemKind::Frontpage => Self::Frontpage,
            MenuItemKind::Http => Self::Http,
            MenuItemKind::Page => Self::Page,
            MenuItemKind::Product => Self::Product,
            MenuItemKind::Search => Self::Search,
            MenuItemKind::ShopPolicy => Self::ShopPolicy,
        }
    }
}

/// Where a link leads: the id of what it leads to, and its path or address.
type Goal = (Option<ID>, String);

async fn items(ctx: &Context<'_>, menu: MenuId) -> Result<Vec<MenuItem>, Error> {
    let rows = loaders::list_of::<_, menu_item::Model>(ctx, ItemsOf(menu)).await?;
    // All at once, so that the loaders gather the links of one kind.
    let goals = futures::future::try_join_all(rows.iter().map(|row| goal(ctx, row))).await?;
    let mut below: HashMap<Option<MenuItemId>, Vec<(&menu_item::Model, Goal)>> = HashMap::new();
    for (row, goal) in rows.iter().zip(goals) {
        if let Some(goal) = goal {
            below.entry(row.parent_id).or_default().push((row, goal));
        }
    }
    let items = tree(ctx, &mut below, None);
    ctx.request().budget.charge(rows.len())?;
    Ok(items)
}

/// The links below one. Each is taken out of the map, so that a circle would end.
fn tree(
    ctx: &Context<'_>,
    below: &mut HashMap<Option<MenuItemId>, Vec<(&menu_item::Model, Goal)>>,
    parent: Option<MenuItemId>,
) -> Vec<MenuItem> {
    let level = below.remove(&parent).unwrap_or_default();
    let item = |(row, (resource_id, url)): (&menu_item::Model, Goal)| MenuItem {
        id: global_id::encode(row.id),
        items: tree(ctx, below, Some(row.id)),
        resource_id,
        tags: row.tags.0.clone(),
        title: row.title.clone(),
        kind: row.kind.into(),
        url: Some(Url(ctx.app().absolute_url(&url))),
    };
    level.into_iter().map(item).collect()
}

/// Where a link leads; nothing if there is nothing that the viewer may see.
async fn goal(ctx: &Context<'_>, row: &menu_item::Model) -> Result<Option<Goal>, Error> {
    let fixed = |path: &str| Ok(Some((None, path.to_owned())));
    let uuid = match (row.kind, row.resource_id) {
        (MenuItemKind::Frontpage, _) => return fixed("/"),
        (MenuItemKind::Catalog, _) => return fixed("/collections/all"),
        (MenuItemKind::Collections, _) => return fixed("/collections"),
        (MenuItemKind::CustomerAccountPage, _) => return fixed("/account"),
        (MenuItemKind::Search, _) => return fixed("/search"),
        (MenuItemKind::Http, _) => return Ok(row.url.clone().map(|url| (None, url))),
        (_, None) => return Ok(None),
        (_, Some(uuid)) => uuid,
    };
    Ok(match row.kind {
        MenuItemKind::Product => {
            let product = Product::load(ctx, ProductId(uuid)).await?;
            product.map(|product| (Some(encoded(product.row().id)), content::product_path(&product.row().handle)))
        }
        MenuItemKind::Collection => {
            let collection = Collection::load(ctx, CollectionId(uuid)).await?;
            let path = |row: &content::MenuItem, handle: &str| content::collection_path(handle, &row.tags.0);
            collection.map(|found| (Some(encoded(found.row().id)), path(row, &found.row().handle)))
        }
        MenuItemKind::Page => {
            let page = Page::load(ctx, PageId(uuid)).await?;
            page.map(|page| (Some(encoded(page.row().id)), content::page_path(&page.row().handle)))
        }
        MenuItemKind::Blog => {
            let blog = Blog::load(ctx, BlogId(uuid)).await?;
            blog.map(|blog| (Some(encoded(blog.row().id)), content::blog_path(&blog.row().handle)))
        }
        MenuItemKind::Article => {
            let Some(article) = Article::load(ctx, ArticleId(uuid)).await? else { return Ok(None) };
            let blog = Blog::load(ctx, article.row().blog_id).await?;
            let path = |blog: Blog| content::article_path(&blog.row().handle, &article.row().handle);
            blog.map(|blog| (Some(encoded(article.row().id)), path(blog)))
        }
        MenuItemKind::ShopPolicy => {
            let policy = loader(ctx).load_one(ShopPolicyId(uuid)).await?;
            policy.map(|policy| (Some(encoded(policy.id)), content::policy_path(policy.kind)))
        }
        MenuItemKind::Catalog
        | MenuItemKind::Collections
        | MenuItemKind::CustomerAccountPage
        | MenuItemKind::Frontpage
        | MenuItemKind::Http
        | MenuItemKind::Search => None,
    })
}

fn encoded<T: global_id::NodeId>(id: T) -> ID {
    global_id::encode(id)
}
