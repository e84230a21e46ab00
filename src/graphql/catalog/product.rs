//! Products.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{catalog::product, ids::ProductId};

use super::{
    Collection, Image, ProductOption, ProductPriceRange, ProductStatus, ProductVariant, SelectedOptionInput, Seo,
    loaders::{self, CollectionsOf, ImagesOf, OptionsOf, ShopCurrency, TagsOf, VariantsOf, sight},
    parts::{choices, described, reading},
};
use crate::{
    domain::{
        catalog::{self, PriceRange, Variant, choose::Choices, encoded},
        shared::{Error, Permission},
    },
    graphql::{
        context::ContextExt,
        errors, global_id,
        pagination::{Arguments, Connection, connection_of_list},
        scalars::{DateTime, Html, Url},
    },
};

/// A product: something the shop sells, in one or more variants.
#[derive(Clone, Debug)]
pub struct Product {
    row: Arc<product::Model>,
    withheld: bool,
}

impl Product {
    /// A product that the viewer may see.
    #[must_use]
    pub fn shown(row: impl Into<Arc<product::Model>>) -> Self {
        Self { row: row.into(), withheld: false }
    }

    /// The product with an id, if the viewer may see it.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: ProductId) -> Result<Option<Self>, Error> {
        let found = loaders::loader(ctx).load_one(id).await?;
        Ok(found.filter(|row| sight(ctx).sees(row)).map(Self::shown))
    }

    /// The product with an id; where the viewer may not see it, its id and no text.
    ///
    /// # Errors
    /// The database's.
    pub async fn load_or_withheld(ctx: &Context<'_>, id: ProductId) -> Result<Self, Error> {
        let withheld = || Self { row: Arc::new(catalog::withheld(id, ctx.app().sources.now())), withheld: true };
        Ok(Self::load(ctx, id).await?.unwrap_or_else(withheld))
    }

    /// The product's row.
    #[must_use]
    pub fn row(&self) -> &product::Model {
        &self.row
    }

    /// Whether the viewer may know no more than that it is there.
    #[must_use]
    pub fn is_withheld(&self) -> bool {
        self.withheld
    }

    /// Whether shoppers see it.
    pub(super) fn is_on_sale(&self, ctx: &Context<'_>) -> bool {
        catalog::is_published(&self.row, ctx.app().sources.now())
    }

    async fn variant_list(&self, ctx: &Context<'_>) -> Result<Arc<Vec<Variant>>, Error> {
        if self.withheld { Ok(Arc::default()) } else { loaders::list_of(ctx, VariantsOf(self.row.id)).await }
    }

    async fn option_list(&self, ctx: &Context<'_>) -> Result<Arc<Vec<catalog::ProductOption>>, Error> {
        if self.withheld { Ok(Arc::default()) } else { loaders::list_of(ctx, OptionsOf(self.row.id)).await }
    }

    async fn image_list(&self, ctx: &Context<'_>) -> Result<Arc<Vec<catalog::ProductImage>>, Error> {
        if self.withheld { Ok(Arc::default()) } else { loaders::list_of(ctx, ImagesOf(self.row.id)).await }
    }

    fn variant(&self, variant: &Variant) -> ProductVariant {
        ProductVariant::of(self.clone(), variant.clone())
    }

    async fn range(
        &self,
        ctx: &Context<'_>,
        price: impl Fn(&Variant) -> Option<entity::money::Money>,
    ) -> Result<ProductPriceRange, Error> {
        let variants = self.variant_list(ctx).await?;
        // Those that have a price for the buyer are all in one currency; those that have none count where none has.
        let some = variants.iter().any(|variant| variant.priced);
        let shown: Vec<&Variant> = variants.iter().filter(|variant| variant.priced == some).collect();
        let currency = match shown.first() {
            Some(variant) => variant.price.currency,
            None => loaders::loader(ctx).load_one(ShopCurrency).await?.unwrap_or(entity::money::Currency::USD),
        };
        Ok(PriceRange::of(shown.into_iter().filter_map(price), currency).into())
    }

    async fn choose<T>(&self, ctx: &Context<'_>, pick: impl for<'c> FnOnce(Choices<'c>) -> T) -> Result<T, Error> {
        let (variants, options) = futures::try_join!(self.variant_list(ctx), self.option_list(ctx))?;
        Ok(pick(Choices { options: &options, variants: &variants }))
    }
}

/// A product: something the shop sells, in one or more variants.
#[Object]
impl Product {
    /// The product's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.row.id)
    }

    /// Its unique name in URLs.
    async fn handle(&self) -> &str {
        &self.row.handle
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What it is, as plain text.
    async fn description(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Cut the text to this many characters, the last of them `…`.")] truncate_at: Option<i32>,
    ) -> async_graphql::Result<String> {
        errors::required(ctx, described(&self.row.description, truncate_at))
    }

    /// What it is, as sanitised HTML.
    async fn description_html(&self) -> Html {
        Html(self.row.description_html.clone())
    }

    /// Its maker or brand; empty when unset.
    async fn vendor(&self) -> &str {
        &self.row.vendor
    }

    /// What kind of product it is, such as `Laptop`; empty when unset.
    async fn product_type(&self) -> &str {
        &self.row.product_type
    }

    /// Whether it sells gift cards. These are neither discounted nor taxed.
    async fn is_gift_card(&self) -> bool {
        self.row.is_gift_card
    }

    /// Its tags, in alphabetical order.
    async fn tags(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<String>> {
        if self.withheld {
            return Ok(Vec::new());
        }
        let tags = errors::required(ctx, loaders::list_of(ctx, TagsOf(self.row.id)).await)?;
        Ok(tags.iter().map(|tag| tag.tag.clone()).collect())
    }

    /// Its options, at most three, in order.
    async fn options(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this many.")] first: Option<i32>,
    ) -> async_graphql::Result<Vec<ProductOption>> {
        let lists = futures::try_join!(self.variant_list(ctx), self.option_list(ctx));
        let (variants, options) = errors::required(ctx, lists)?;
        let page = match first {
            None => Ok(options.len()),
            Some(_) => Arguments::first(first).check().map(|page| usize::try_from(page.size).unwrap_or(usize::MAX)),
        };
        let most = errors::required(ctx, page)?;
        errors::required(ctx, ctx.request().budget.charge(options.len().min(most)))?;
        let option = |row: &catalog::ProductOption| ProductOption {
            product: self.clone(),
            row: row.clone(),
            variants: Arc::clone(&variants),
        };
        Ok(options.iter().take(most).map(option).collect())
    }

    /// Its variants, in the merchant's order.
    async fn variants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<ProductVariant>> {
        let variants = errors::required(ctx, self.variant_list(ctx).await)?;
        let all = variants.iter().collect();
        connection_of_list(ctx, Arguments { first, last, after, before }, all, |variant| self.variant(variant))
    }

    /// How many variants it has.
    async fn variants_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        let variants = errors::required(ctx, self.variant_list(ctx).await)?;
        Ok(i32::try_from(variants.len()).unwrap_or(i32::MAX))
    }

    /// Its pictures, in the merchant's order.
    async fn images(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Image>> {
        let images = errors::required(ctx, self.image_list(ctx).await)?;
        let all = images.iter().collect();
        connection_of_list(ctx, Arguments { first, last, after, before }, all, Image::from)
    }

    /// Its first picture; null when it has none.
    async fn featured_image(&self, ctx: &Context<'_>) -> Option<Image> {
        let images = self.image_list(ctx).await;
        errors::optional(ctx, images.map(|images| images.first().map(Image::from)))
    }

    /// The prices of its variants for a buyer in the country of `@inContext`, of those that have one in its currency; when none
    /// has, the shop's own prices in the shop's currency. Zero to zero without a variant.
    async fn price_range(&self, ctx: &Context<'_>) -> async_graphql::Result<ProductPriceRange> {
        errors::required(ctx, self.range(ctx, |variant| Some(variant.price)).await)
    }

    /// The former prices of those variants that have one, in the currency of `priceRange`; zero to zero when none has.
    async fn compare_at_price_range(&self, ctx: &Context<'_>) -> async_graphql::Result<ProductPriceRange> {
        errors::required(ctx, self.range(ctx, |variant| variant.compare_at).await)
    }

    /// Whether at least one variant can be bought now.
    async fn available_for_sale(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        if !self.is_on_sale(ctx) {
            return Ok(false);
        }
        let variants = errors::required(ctx, self.variant_list(ctx).await)?;
        Ok(variants.iter().any(Variant::is_sellable))
    }

    /// Units in stock over all variants that are counted. Null without the permission `READ_INVENTORY`.
    async fn total_inventory(&self, ctx: &Context<'_>) -> Option<i64> {
        if !ctx.viewer().may(Permission::ReadInventory) {
            return None;
        }
        let variants = errors::nullable(ctx, self.variant_list(ctx).await)?;
        Some(variants.iter().filter_map(Variant::quantity_available).fold(0, i64::saturating_add))
    }

    /// The variant with the options chosen. When the choice is partial, the first for sale that fits it; when it fits no
    /// variant, the first for sale, or the first of all. Null only for a product without variants.
    async fn selected_or_first_available_variant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The options chosen, in any order.")] selected_options: Option<Vec<SelectedOptionInput>>,
        #[graphql(desc = "Leave out options that the product has not, instead of fitting nothing; default true.")]
        ignore_unknown_options: Option<bool>,
        #[graphql(desc = "Case and accents do not matter; default false.")] case_insensitive_match: Option<bool>,
    ) -> Option<ProductVariant> {
        let chosen = errors::nullable(ctx, choices(selected_options))?;
        let reading = reading(ignore_unknown_options.unwrap_or(true), case_insensitive_match);
        let pick = |choices: Choices<'_>| choices.exact_or_first(&chosen, reading).cloned();
        let found = errors::optional(ctx, self.choose(ctx, pick).await);
        found.map(|variant| ProductVariant::of(self.clone(), variant))
    }

    /// The one variant with the options chosen; null when none has them, or more than one.
    async fn variant_by_selected_options(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The options chosen, in any order.")] selected_options: Vec<SelectedOptionInput>,
        #[graphql(desc = "Leave out options that the product has not, instead of fitting nothing; default false.")]
        ignore_unknown_options: Option<bool>,
        #[graphql(desc = "Case and accents do not matter; default false.")] case_insensitive_match: Option<bool>,
    ) -> Option<ProductVariant> {
        let chosen = errors::nullable(ctx, choices(Some(selected_options)))?;
        let reading = reading(ignore_unknown_options.unwrap_or(false), case_insensitive_match);
        let pick = |choices: Choices<'_>| choices.exact(&chosen, reading).cloned();
        let found = errors::optional(ctx, self.choose(ctx, pick).await);
        found.map(|variant| ProductVariant::of(self.clone(), variant))
    }

    /// The variants that differ from the choice in the value of one option, in the order of their ids, whether the choice
    /// itself is a variant or not. Options that are not chosen are those of the variant that
    /// `selectedOrFirstAvailableVariant` gives for the same choice.
    async fn adjacent_variants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The options chosen, in any order.")] selected_options: Option<Vec<SelectedOptionInput>>,
        #[graphql(desc = "Leave out options that the product has not, instead of fitting nothing; default true.")]
        ignore_unknown_options: Option<bool>,
        #[graphql(desc = "Case and accents do not matter; default false.")] case_insensitive_match: Option<bool>,
    ) -> async_graphql::Result<Vec<ProductVariant>> {
        let chosen = errors::required(ctx, choices(selected_options))?;
        let reading = reading(ignore_unknown_options.unwrap_or(true), case_insensitive_match);
        let pick = |choices: Choices<'_>| -> Vec<Variant> {
            choices.adjacent(&chosen, reading).into_iter().cloned().collect()
        };
        let adjacent = errors::required(ctx, self.choose(ctx, pick).await)?;
        errors::required(ctx, ctx.request().budget.charge(adjacent.len()))?;
        Ok(adjacent.into_iter().map(|variant| ProductVariant::of(self.clone(), variant)).collect())
    }

    /// Which combinations of option values have a variant, as one short text: `v1_`, then a tree of positions, each that
    /// of a value in `optionValues` of an option of `options`, from 0. `:` goes down to the next option, `,` comes back up,
    /// `-` makes a range within the last option and a space leaves a gap: `v1_0:0-2,1:0 2,`. A product without options is
    /// `v1_0`. `decodeEncodedVariant` of npm `@shopify/hydrogen-react` reads it.
    async fn encoded_variant_existence(&self, ctx: &Context<'_>) -> Option<String> {
        let all = |choices: Choices<'_>| encoded::combinations(choices, |_| true);
        errors::nullable(ctx, self.choose(ctx, all).await)
    }

    /// Which combinations of option values can be bought now, encoded like `encodedVariantExistence`; `v1_` when none can.
    async fn encoded_variant_availability(&self, ctx: &Context<'_>) -> Option<String> {
        let on_sale = self.is_on_sale(ctx);
        let sold = |choices: Choices<'_>| encoded::combinations(choices, |one| on_sale && one.is_sellable());
        errors::nullable(ctx, self.choose(ctx, sold).await)
    }

    /// The collections it is in, by title.
    async fn collections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Collection>> {
        let all =
            if self.withheld { Ok(Arc::default()) } else { loaders::list_of(ctx, CollectionsOf(self.row.id)).await };
        let all = errors::required(ctx, all)?;
        connection_of_list(ctx, Arguments { first, last, after, before }, all.to_vec(), Collection::shown)
    }

    /// What search engines are told.
    async fn seo(&self) -> Seo {
        Seo { title: self.row.seo_title.clone(), description: self.row.seo_description.clone() }
    }

    /// When shoppers began to see it. Staff see products that were never published: there it is when the product was made.
    async fn published_at(&self) -> DateTime {
        self.row.published_at.unwrap_or(self.row.created_at).into()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.row.created_at.into()
    }

    /// When it last changed; changes of stock do not count.
    async fn updated_at(&self) -> DateTime {
        self.row.updated_at.into()
    }

    /// Grows by one with every change.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// Where the shop's own pages show it. Always null: the shop is headless.
    async fn online_store_url(&self) -> Option<Url> {
        None
    }

    /// What a link should carry to know where its visitor came from. Always null: visits are not tracked.
    async fn tracking_parameters(&self) -> Option<String> {
        None
    }

    /// Whether it is a draft, on sale or archived. Staff with `READ_PRODUCTS` only.
    #[graphql(visible = "crate::graphql::guards::reads_products")]
    async fn status(&self, ctx: &Context<'_>) -> Option<ProductStatus> {
        errors::nullable(ctx, ctx.require(Permission::ReadProducts))?;
        Some(self.row.status.into())
    }

    /// Whether shoppers see it now. Staff with `READ_PRODUCTS` only.
    #[graphql(visible = "crate::graphql::guards::reads_products")]
    async fn is_published(&self, ctx: &Context<'_>) -> Option<bool> {
        errors::nullable(ctx, ctx.require(Permission::ReadProducts))?;
        Some(self.is_on_sale(ctx))
    }
}
