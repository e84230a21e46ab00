//! The shop in the API.

mod localization;
mod payment_settings;

use async_graphql::{Context, ID, Object};

pub use localization::Localization;
pub use payment_settings::{Domain, PaymentSettings};

use super::{
    content::{Brand, ShopPolicy, ShopPolicyWithDefault},
    context::ContextExt,
    errors,
    oddities::ShopOddities,
};
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
        Domain(ctx.app().public_url.clone())
    }

    /// In what money the shop is paid.
    async fn payment_settings(&self) -> PaymentSettings {
        PaymentSettings::from(&self.0)
    }

    #[graphql(flatten)]
    async fn oddities(&self) -> ShopOddities {
        ShopOddities::new(self.0.currency)
    }

    /// How the shop looks. There are no settings for it yet: always null.
    async fn brand(&self) -> Option<Brand> {
        None
    }

    /// The privacy policy. There is none yet: always null.
    async fn privacy_policy(&self) -> Option<ShopPolicy> {
        None
    }

    /// The refund policy. There is none yet: always null.
    async fn refund_policy(&self) -> Option<ShopPolicy> {
        None
    }

    /// The shipping policy. There is none yet: always null.
    async fn shipping_policy(&self) -> Option<ShopPolicy> {
        None
    }

    /// The subscription policy. There is none yet: always null.
    async fn subscription_policy(&self) -> Option<ShopPolicyWithDefault> {
        None
    }

    /// The terms of service. There are none yet: always null.
    async fn terms_of_service(&self) -> Option<ShopPolicy> {
        None
    }
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

    /// Where and in which language this answer is meant.
    async fn localization(&self, ctx: &Context<'_>) -> async_graphql::Result<Localization> {
        errors::required(ctx, shop::get(ctx.app().database.reader()).await.map(Localization))
    }
}
