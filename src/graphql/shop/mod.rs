//! The shop in the API.

mod localization;

use async_graphql::{Context, ID, Object};

pub use localization::Localization;

use super::{
    content::{Brand, ShopPolicy, ShopPolicyWithDefault},
    context::ContextExt,
    errors,
    scalars::Url,
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
        Domain { url: Url(ctx.app().public_url.clone()) }
    }

    /// The gateways by which this shop takes payments, by name.
    async fn payment_gateways(&self, ctx: &Context<'_>) -> Vec<PaymentGateway> {
        let gateways = &ctx.app().gateways;
        let open = |name: &'static str| {
            let gateway = gateways.open(name)?;
            let publishable_key = gateway.publishable_key().map(str::to_owned);
            Some(PaymentGateway { name, publishable_key, has_form: gateway.has_form(), remembers: gateway.remembers() })
        };
        gateways.names().filter_map(open).collect()
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

/// A way to pay that the shop offers.
#[derive(Debug, async_graphql::SimpleObject)]
pub struct PaymentGateway {
    /// Its name: what `payment.gateway` of a checkout takes.
    name: &'static str,
    /// The key with which a front end calls the gateway itself, as Stripe's `pk_…`; null for a gateway that needs none.
    publishable_key: Option<String>,
    /// Whether a checkout may leave out `payment.token` and let the gateway's payment form finish it.
    has_form: bool,
    /// Whether `payment.save` works.
    remembers: bool,
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

    /// Where and in which language this answer is meant.
    async fn localization(&self, ctx: &Context<'_>) -> async_graphql::Result<Localization> {
        errors::required(ctx, shop::get(ctx.app().database.reader()).await.map(Localization))
    }
}
