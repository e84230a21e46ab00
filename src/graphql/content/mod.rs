//! Content in the API: pages, blogs and articles, menus, redirects, policies.

mod article;
mod blog;
mod loaders;
mod menu;
mod page;
mod policy;
mod predictive;
mod queries;
mod redirect;

pub use article::Article;
pub use blog::Blog;
pub use loaders::ContentLoader;
pub use menu::{Menu, MenuItemType};
pub use page::Page;
pub use policy::{Brand, ShopPolicy, ShopPolicyWithDefault};
pub use queries::ContentQuery;
pub use redirect::UrlRedirect;
