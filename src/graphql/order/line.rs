//! The type `OrderLineItem`.

use async_graphql::{Context, ID, Object};
use entity::money::{Currency, Money};

use super::{enums::OrderLineStatus, loaders::quote_of};
use crate::{
    domain::order::OrderLine,
    graphql::{
        attribute::{self, Attribute},
        catalog::{ProductVariant, SelectedOption},
        context::ContextExt,
        errors, global_id,
        scalars::{MoneyV2, Url},
        tax_line::{self, TaxExemption, TaxLine},
    },
};

/// One line of an order: what was bought, as it was then. Later changes of the product do not touch it.
#[derive(Clone, Debug)]
pub struct OrderLineItem {
    pub(super) line: OrderLine,
    pub(super) currency: Currency,
}

/// One line of an order: what was bought, as it was then. Later changes of the product do not touch it.
#[Object]
impl OrderLineItem {
    /// The line's id.
    async fn id(&self) -> ID {
        global_id::encode(self.line.id)
    }

    /// The product's title then.
    async fn title(&self) -> &str {
        &self.line.title
    }

    /// The variant's title then; `Default Title` for a product without options.
    async fn variant_title(&self) -> &str {
        &self.line.variant_title
    }

    /// The stock keeping unit then.
    async fn sku(&self) -> Option<&str> {
        self.line.sku.as_deref()
    }

    /// The maker then.
    async fn vendor(&self) -> &str {
        &self.line.vendor
    }

    /// URL of the picture then.
    async fn image_url(&self, ctx: &Context<'_>) -> Option<Url> {
        self.line.image_url.as_deref().map(|url| Url(ctx.app().absolute_url(url)))
    }

    /// The options chosen.
    async fn selected_options(&self) -> Vec<SelectedOption> {
        let options = self.line.selected_options.0.iter();
        options.map(|option| SelectedOption { name: option.name.clone(), value: option.value.clone() }).collect()
    }

    /// What the front end attached to the line.
    async fn attributes(&self) -> Vec<Attribute> {
        attribute::list(&self.line.attributes)
    }

    /// Units bought.
    async fn quantity(&self) -> i64 {
        self.line.quantity
    }

    /// Units that were sent.
    async fn fulfilled_quantity(&self) -> i64 {
        self.line.fulfilled_quantity
    }

    /// Units that are not sent any more, because staff gave their money back.
    async fn canceled_quantity(&self) -> i64 {
        self.line.canceled_quantity
    }

    /// Price of one unit then.
    async fn unit_price(&self) -> MoneyV2 {
        Money::new(self.line.unit_price_minor, self.currency).into()
    }

    /// What the line cost after discounts, without the taxes that are added.
    async fn total_price(&self) -> MoneyV2 {
        Money::new(self.line.total_minor, self.currency).into()
    }

    /// The line's taxes, one entry for each tax and rate; what is inside the price and what is added. Empty for orders from
    /// before this was kept.
    async fn tax_lines(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<TaxLine>> {
        let kept = errors::required(ctx, quote_of(ctx, self.line.order_id).await)?;
        Ok(kept.map(|kept| tax_line::of_order_line(&kept.quote, self.currency, self.line.id)).unwrap_or_default())
    }

    /// Why the line carries no tax where there is one; null for what is taxed, and where there is no tax anyway.
    async fn tax_exemption(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<TaxExemption>> {
        let kept = errors::required(ctx, quote_of(ctx, self.line.order_id).await)?;
        Ok(kept.and_then(|kept| tax_line::exemption_of(&kept.quote, self.line.id)))
    }

    /// Whether it is shipped.
    async fn requires_shipping(&self) -> bool {
        self.line.requires_shipping
    }

    /// Where its stock stands.
    async fn status(&self) -> OrderLineStatus {
        self.line.status.into()
    }

    /// The variant as it is now; null when it is not sold any more.
    async fn variant(&self, ctx: &Context<'_>) -> Option<ProductVariant> {
        let id = self.line.variant_id?;
        errors::optional(ctx, ProductVariant::load_visible(ctx, id).await)
    }
}
