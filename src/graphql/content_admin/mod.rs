//! Content as staff change it. All of it needs MANAGE_CONTENT.

mod articles;
mod blogs;
mod inputs;
mod menus;
mod pages;
mod policies;
mod redirects;
mod shop;
mod user_errors;

use async_graphql::MergedObject;

/// Changes of content.
#[derive(Debug, Default, MergedObject)]
pub struct ContentAdminMutation(
    pages::PageMutation,
    blogs::BlogMutation,
    articles::ArticleMutation,
    menus::MenuMutation,
    redirects::RedirectMutation,
    policies::PolicyMutation,
    shop::ShopMutation,
);
