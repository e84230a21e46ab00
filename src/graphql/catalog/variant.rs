//! Variants of products: what is put into carts.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::ids::VariantId;

use super::{
    Image, Product, SelectedOption,
    loaders::{self, ImagesOf, OptionsOf},
    measure::UnitPriceMeasurement,
};
use crate::{
    domain::{
        catalog::{Variant, measure::Measure},
        shared::{Error, Permission},
    },
    graphql::{
        context::ContextExt,
        errors, global_id,
        scalars::{DateTime, MoneyV2},
        tax::TaxClass,
    },
};

/// A variant of a product: one combination of its options, with its own price and stock.
#[derive(Clone, Debug)]
pub struct ProductVariant {
    variant: Arc<Variant>,
    /// Known where the variant was reached through its product.
    product: Option<Product>,
}

impl ProductVariant {
    /// A variant reached through its product.
    #[must_use]
    pub fn of(product: Product, variant: impl Into<Arc<Variant>>) -> Self {
        Self { variant: variant.into(), product: Some(product) }
    }

    /// A variant that a cart or an order holds. Its product is looked up when asked for, and withheld when the viewer may
    /// no longer see it.
    #[must_use]
    pub fn held(variant: impl Into<Arc<Variant>>) -> Self {
        Self { variant: variant.into(), product: None }
    }

    /// The variant with an id, for a cart or an order that holds it, whether its product is published or not.
    ///
    /// # Errors
    /// The database's.
    pub async fn load_held(ctx: &Context<'_>, id: VariantId) -> Result<Option<Self>, Error> {
        Ok(loaders::loader(ctx).load_one(id).await?.map(Self::held))
    }

    /// The variant with an id, if the viewer may see its product.
    ///
    /// # Errors
    /// The database's.
    pub async fn load_visible(ctx: &Context<'_>, id: VariantId) -> Result<Option<Self>, Error> {
        let Some(variant) = loaders::loader(ctx).load_one(id).await? else { return Ok(None) };
        let product = Product::load(ctx, variant.row.product_id).await?;
        Ok(product.map(|product| Self::of(product, variant)))
    }

    async fn owner(&self, ctx: &Context<'_>) -> Result<Product, Error> {
        match &self.product {
            Some(product) => Ok(product.clone()),
            None => Product::load_or_withheld(ctx, self.variant.row.product_id).await,
        }
    }

    async fn picture(&self, ctx: &Context<'_>) -> Result<Option<Image>, Error> {
        if self.owner(ctx).await?.is_withheld() {
            return Ok(None);
        }
        let images = loaders::list_of(ctx, ImagesOf(self.variant.row.product_id)).await?;
        let own = images.iter().find(|image| Some(image.id) == self.variant.row.image_id);
        Ok(own.or(images.first()).map(Image::from))
    }

    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<SelectedOption>, Error> {
        let options = loaders::list_of(ctx, OptionsOf(self.variant.row.product_id)).await?;
        let selected = options.iter().filter_map(|option| {
            let value = self.variant.option(option.position)?.to_owned();
            Some(SelectedOption { name: option.name.clone(), value })
        });
        Ok(selected.collect())
    }
}

/// A variant of a product: one combination of its options, with its own price and stock.
#[Object]
impl ProductVariant {
    /// The variant's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.variant.id())
    }

    /// The values of its options joined by ` / `, or `Default Title` for the only variant of a product without options.
    async fn title(&self) -> &str {
        &self.variant.row.title
    }

    /// The merchant's stock keeping unit.
    async fn sku(&self) -> Option<&str> {
        self.variant.row.sku.as_deref()
    }

    /// Barcode (GTIN, EAN, ISBN).
    async fn barcode(&self) -> Option<&str> {
        self.variant.row.barcode.as_deref()
    }

    /// Price in the shop's currency.
    async fn price(&self) -> MoneyV2 {
        self.variant.price.into()
    }

    /// Former price in the shop's currency; null unless it is higher than the price.
    async fn compare_at_price(&self) -> Option<MoneyV2> {
        self.variant.compare_at.map(MoneyV2::from)
    }

    /// The price of `referenceValue` `referenceUnit` of what it holds, rounded half up to the currency's smallest unit; null
    /// where it is not told how much it holds.
    async fn unit_price(&self) -> Option<MoneyV2> {
        Measure::of(&self.variant.row)?.unit_price(self.variant.price).map(MoneyV2::from)
    }

    /// How much it holds, and for how much of it `unitPrice` is; null where that is not told.
    async fn unit_price_measurement(&self) -> Option<UnitPriceMeasurement> {
        Measure::of(&self.variant.row).map(UnitPriceMeasurement::from)
    }

    /// Whether it can be bought now: its product is published, and it is in stock, sold beyond the stock, or not counted.
    async fn available_for_sale(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        let owner = errors::required(ctx, self.owner(ctx).await)?;
        Ok(owner.is_on_sale(ctx) && self.variant.is_sellable())
    }

    /// Whether none is in stock and it can be bought all the same, to be delivered later.
    async fn currently_not_in_stock(&self) -> bool {
        self.variant.is_backordered()
    }

    /// How many are in stock over all locations and not held for somebody's payment; null where stock is not counted.
    async fn quantity_available(&self) -> Option<i64> {
        self.variant.quantity_available()
    }

    /// Weight in grams, packed.
    async fn weight(&self) -> Option<f64> {
        Some(f64::from(self.variant.row.weight_grams))
    }

    /// Whether it is shipped; false for what is downloaded or served.
    async fn requires_shipping(&self) -> bool {
        self.variant.row.requires_shipping
    }

    /// Whether it is taxed.
    async fn taxable(&self) -> bool {
        self.variant.row.taxable
    }

    /// How it is taxed; null is the standard class. Staff with `READ_PRODUCTS` only.
    #[graphql(visible = "crate::graphql::guards::reads_products")]
    async fn tax_class(&self, ctx: &Context<'_>) -> Option<TaxClass> {
        errors::nullable(ctx, ctx.require(Permission::ReadProducts))?;
        errors::optional(ctx, TaxClass::load(ctx, self.variant.row.tax_class_id?).await)
    }

    /// The product's options with this variant's values, in the product's order.
    async fn selected_options(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<SelectedOption>> {
        errors::required(ctx, self.options(ctx).await)
    }

    /// Its picture, else the first picture of its product; null when there is neither.
    async fn image(&self, ctx: &Context<'_>) -> Option<Image> {
        errors::optional(ctx, self.picture(ctx).await)
    }

    /// The product it belongs to. Of a product that was taken off the shop while a cart held its variant, shoppers get the
    /// id and no text.
    async fn product(&self, ctx: &Context<'_>) -> async_graphql::Result<Product> {
        errors::required(ctx, self.owner(ctx).await)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.variant.row.created_at.into()
    }

    /// When it last changed; changes of stock do not count.
    async fn updated_at(&self) -> DateTime {
        self.variant.row.updated_at.into()
    }
}
