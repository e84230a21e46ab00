//! Menus and redirects.

use async_graphql::{Enum, ID, SimpleObject};

use crate::graphql::scalars::Url;

/// A menu of links. There are none yet.
#[derive(Clone, Debug, SimpleObject)]
pub struct Menu {
    /// The menu's id.
    id: ID,
    /// Its links, in order.
    items: Vec<MenuItem>,
}

/// A link of a menu.
#[derive(Clone, Debug, SimpleObject)]
pub struct MenuItem {
    /// The link's id.
    id: ID,
    /// The links below it.
    items: Vec<MenuItem>,
    /// The id of what it leads to; null for addresses.
    resource_id: Option<ID>,
    /// The tags that filter the collection it leads to.
    tags: Vec<String>,
    /// Its words.
    title: String,
    /// What it leads to.
    #[graphql(name = "type")]
    kind: MenuItemType,
    /// Its address.
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
    /// A custom object.
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

/// An address that moved. There are none yet.
#[derive(Clone, Debug, SimpleObject)]
pub struct UrlRedirect {
    /// The redirect's id.
    id: ID,
    /// The old path.
    path: String,
    /// Where it leads now.
    target: String,
}
