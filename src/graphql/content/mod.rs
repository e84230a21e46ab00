//! Content in the API: pages, blogs, menus, redirects. Front ends ask for these members of the storefront API on every
//! page, so they are here; their engine is not yet, so they answer empty or null, and their descriptions say so.

mod blog;
mod menu;
mod page;
mod policy;
mod predictive;
mod queries;

pub use blog::{Article, Blog};
pub use page::Page;
pub use policy::{Brand, ShopPolicy, ShopPolicyWithDefault};
pub use queries::ContentQuery;
