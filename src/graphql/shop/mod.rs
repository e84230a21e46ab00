//! The shop in the API.

mod address_rules;
mod gateways;
mod localization;
mod payment_settings;

use async_graphql::{Context, ID, Object};

pub use address_rules::AddressValidationRules;
pub use gateways::PaymentGateway;
pub use localization::Localization;
pub use payment_settings::{Domain, PaymentSettings};

use entity::content::shop_policy::PolicyKind;

use super::{
    catalog::{Image, MediaImage},
    codes::CountryCode,
    content::{Brand, ShopPolicy, ShopPolicyWithDefault},
    context::ContextExt,
    errors,
    oddities::ShopOddities,
};
use crate::domain::{
    shared::{Error, Permission},
    shop,
};

/// The shop: its name and where it is found.
#[derive(Debug)]
pub struct Shop(shop::Shop);

impl Shop {
    /// The shop as it is now.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>) -> Result<Self, Error> {
        shop::get(ctx.app().database.reader()).await.map(Self)
    }
}

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

    /// The gateways by which this shop takes payments, by name.
    async fn payment_gateways(&self, ctx: &Context<'_>) -> Vec<PaymentGateway> {
        PaymentGateway::open(&ctx.app().gateways)
    }

    /// In what money the shop is paid.
    async fn payment_settings(&self) -> PaymentSettings {
        PaymentSettings::from(&self.0)
    }

    #[graphql(flatten)]
    async fn oddities(&self) -> ShopOddities {
        ShopOddities::new(self.0.currency)
    }

    /// How the shop looks.
    async fn brand(&self) -> Option<Brand> {
        let (shop, id) = (&self.0, ID("gid://cartwright/ShopImage/logo".to_owned()));
        let size = (shop.logo_width, shop.logo_height);
        let logo = shop.logo_url.clone().map(|url| Image::new(id, url, shop.logo_alt.clone(), size));
        Some(Brand { logo: logo.map(MediaImage) })
    }

    /// The privacy policy; null when the shop has none.
    async fn privacy_policy(&self, ctx: &Context<'_>) -> Option<ShopPolicy> {
        errors::optional(ctx, ShopPolicy::of(ctx, PolicyKind::Privacy).await)
    }

    /// The refund policy; null when the shop has none.
    async fn refund_policy(&self, ctx: &Context<'_>) -> Option<ShopPolicy> {
        errors::optional(ctx, ShopPolicy::of(ctx, PolicyKind::Refund).await)
    }

    /// The shipping policy; null when the shop has none.
    async fn shipping_policy(&self, ctx: &Context<'_>) -> Option<ShopPolicy> {
        errors::optional(ctx, ShopPolicy::of(ctx, PolicyKind::Shipping).await)
    }

    /// The subscription policy. While the shop has none of its own, a text that says that nothing here is a subscription.
    async fn subscription_policy(&self, ctx: &Context<'_>) -> Option<ShopPolicyWithDefault> {
        errors::nullable(ctx, ShopPolicyWithDefault::on_subscriptions(ctx).await)
    }

    /// The terms of service; null when the shop has none.
    async fn terms_of_service(&self, ctx: &Context<'_>) -> Option<ShopPolicy> {
        errors::optional(ctx, ShopPolicy::of(ctx, PolicyKind::TermsOfService).await)
    }

    /// Where shoppers write to. Staff with `READ_CONTENT` only.
    #[graphql(visible = "crate::graphql::guards::reads_content")]
    async fn email(&self, ctx: &Context<'_>) -> Option<&str> {
        errors::nullable(ctx, ctx.require(Permission::ReadContent))?;
        self.0.email.as_deref()
    }

    /// Grows by one with every change of the settings.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Reads of the shop.
#[derive(Debug, Default)]
pub struct ShopQuery;

#[Object]
impl ShopQuery {
    /// The shop.
    async fn shop(&self, ctx: &Context<'_>) -> async_graphql::Result<Shop> {
        errors::required(ctx, Shop::load(ctx).await)
    }

    /// What a postal address looks like in a country, for forms: what a country does not say is not required. The same rules are
    /// applied to addresses that are sent; one in a cart may stay incomplete until the checkout.
    async fn address_validation_rules(
        &self,
        #[graphql(desc = "The country.")] country_code: CountryCode,
    ) -> AddressValidationRules {
        AddressValidationRules::of(country_code)
    }

    /// Where and in which language this answer is meant.
    async fn localization(&self, ctx: &Context<'_>) -> async_graphql::Result<Localization> {
        errors::required(ctx, shop::get(ctx.app().database.reader()).await.map(|shop| Localization::of(ctx, shop)))
    }
}
