//! Tables of content.

pub mod article;
pub mod blog;
pub mod menu;
pub mod menu_item;
pub mod page;
pub mod shop_policy;
pub mod url_redirect;
