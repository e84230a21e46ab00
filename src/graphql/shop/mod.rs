//! The shop in the API.

use async_graphql::{Context, ID, Object};

use super::{context::ContextExt, errors, scalars::Url};
use crate::domain::shop;

/// The shop: its name and where it is found.
#[derive(Debug)]
pub struct Shop(shop::Shop);

/// The shop: its name and where it is found.
#[Object]
impl Shop {
    /// The shop's id.
    async fn id(&self) -> ID {
        ID(format!("gid://cartwright/Shop/{}", self.0.id))
    }

    /// Its name, for people.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it sells, in a sentence or two.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Where this server is found.
    async fn primary_domain(&self, ctx: &Context<'_>) -> Domain {
        Domain { url: Url(ctx.app().public_url.clone()) }
    }
}

/// A web address of the shop.
#[derive(Debug, async_graphql::SimpleObject)]
pub struct Domain {
    /// Its URL.
    url: Url,
}

/// Reads of the shop.
#[derive(Debug, Default)]
pub struct ShopQuery;

#[Object]
impl ShopQuery {
    /// The shop.
    async fn shop(&self, ctx: &Context<'_>) -> async_graphql::Result<Shop> {
        errors::required(ctx, shop::get(ctx.app().database.reader()).await.map(Shop))
    }
}
