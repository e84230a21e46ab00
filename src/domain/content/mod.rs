//! Content: pages, blogs with their articles, menus, redirects, policies, and what the shop says of itself.
//!
//! Staff change it through one use case a file. Shoppers see what is published and whose moment has come, staff who may
//! read content see everything: [`Sight`] is the one place that says so. Articles stand in blogs, and blogs are always
//! visible. A menu's links are kept with the id of what they lead to; the edge computes their addresses, so that none
//! leads nowhere.

mod errors;
mod events;
mod handles;
pub mod list;
mod model;
mod patch;
pub mod path;
pub mod redirect_query;
mod save_article;
mod save_blog;
mod save_menu;
mod save_page;
mod save_policy;
mod save_redirect;
pub mod search;
pub mod store;
pub mod styled;
mod suggest;
mod update_shop;

pub use entity::content::{
    article::Model as Article,
    blog::Model as Blog,
    menu::Model as Menu,
    menu_item::{MenuItemKind, Model as MenuItem},
    page::Model as Page,
    shop_policy::{Model as ShopPolicy, PolicyKind},
    url_redirect::Model as UrlRedirect,
};
pub use errors::{Code, Refusal, Rule};
pub use model::{
    DEFAULT_SUBSCRIPTION_POLICY, POLICIES, Sight, article_path, blog_path, collection_path, page_path, policy_handle,
    policy_of_handle, policy_path, policy_title, product_path,
};
pub use patch::{ArticlePatch, Names, PagePatch, Publication, Target};
pub use save_article::{create_article, delete_article, update_article};
pub use save_blog::{create_blog, delete_blog, update_blog};
pub use save_menu::{ItemDraft, LEVELS_MOST, MenuPatch, create_menu, delete_menu, names_resource, update_menu};
pub use save_page::{create_page, delete_page, update_page};
pub use save_policy::update_policy;
pub use save_redirect::{create_redirect, delete_redirect, update_redirect};
pub use suggest::{Suggestion, suggestions};
pub use update_shop::{ShopPatch, update_shop};
