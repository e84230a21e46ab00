//! Links of menus.

use sea_orm::entity::prelude::*;

use crate::{
    ids::{MenuId, MenuItemId},
    text_list::TextList,
};

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MenuItemKind {
    /// An article.
    #[sea_orm(string_value = "ARTICLE")]
    Article,
    /// A blog.
    #[sea_orm(string_value = "BLOG")]
    Blog,
    /// The whole catalog.
    #[sea_orm(string_value = "CATALOG")]
    Catalog,
    /// A collection.
    #[sea_orm(string_value = "COLLECTION")]
    Collection,
    /// All collections.
    #[sea_orm(string_value = "COLLECTIONS")]
    Collections,
    /// The customer's own pages.
    #[sea_orm(string_value = "CUSTOMER_ACCOUNT_PAGE")]
    CustomerAccountPage,
    /// The front page.
    #[sea_orm(string_value = "FRONTPAGE")]
    Frontpage,
    /// An address.
    #[sea_orm(string_value = "HTTP")]
    Http,
    /// A page.
    #[sea_orm(string_value = "PAGE")]
    Page,
    /// A product.
    #[sea_orm(string_value = "PRODUCT")]
    Product,
    /// The search.
    #[sea_orm(string_value = "SEARCH")]
    Search,
    /// A policy of the shop.
    #[sea_orm(string_value = "SHOP_POLICY")]
    ShopPolicy,
}

/// One link. A menu's links are read and written together.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "menu_item")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MenuItemId,
    /// The menu.
    pub menu_id: MenuId,
    /// The link it stands below.
    pub parent_id: Option<MenuItemId>,
    /// Place among all links of the menu, parents before children.
    pub position: i32,
    /// Its words.
    pub title: String,
    /// What it leads to.
    pub kind: MenuItemKind,
    /// Which one, for kinds that have many.
    pub resource_id: Option<Uuid>,
    /// Where it leads, for addresses: absolute, or a path of the shop.
    pub url: Option<String>,
    /// Tags that filter the collection it leads to.
    #[sea_orm(column_type = "JsonBinary")]
    pub tags: TextList,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
