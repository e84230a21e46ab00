//! Content: pages, blogs with their articles, menus, redirects, policies, and what the shop says of itself.
//!
//! Staff change it through one use case a file. Shoppers see what is published and whose moment has come, staff who may
//! read content see everything: [`Sight`] is the one place that says so. Articles stand in blogs, and blogs are always
//! visible. A menu's links are kept with the id of what they lead to; the edge computes their addresses, so that none
//! leads nowhere.

pub mod list;
mod model;
pub mod path;
pub mod redirect_query;
pub mod store;

pub use entity::content::{
    article::Model as Article,
    blog::Model as Blog,
    menu::Model as Menu,
    menu_item::{MenuItemKind, Model as MenuItem},
    page::Model as Page,
    shop_policy::{Model as ShopPolicy, PolicyKind},
    url_redirect::Model as UrlRedirect,
};
pub use model::{
    DEFAULT_SUBSCRIPTION_POLICY, POLICIES, Sight, article_path, blog_path, collection_path, page_path, policy_handle,
    policy_of_handle, policy_path, policy_title, product_path,
};
