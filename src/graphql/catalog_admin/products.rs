//! Adding, changing, publishing and removing products.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::ids::ProductId;

use super::{
    inputs::{self, Prices, ProductImageInput, ProductOptionInput, ProductVariantInput, SeoInput},
    user_errors::{CatalogUserError, halves},
};
use crate::{
    domain::{
        catalog::{self, ProductChanges, ProductDraft, ProductPatch, Refusal, Target},
        shared::{Error, Permission},
        shop,
    },
    graphql::{
        catalog::{Product, ProductStatus},
        context::ContextExt,
        errors,
        global_id::{decode, encode},
        scalars::Html,
        transaction::{author, begin, finish},
    },
};

/// A product to be added.
#[derive(InputObject)]
pub struct ProductCreateInput {
    /// Its title, at most 255 characters.
    title: String,
    /// Its unique name in URLs; left out, it is made of the title, with `-1`, `-2` … where that is taken.
    handle: Option<String>,
    /// What it is. Scripts, styles, frames and event attributes are left out.
    description_html: Option<Html>,
    /// Its maker or brand.
    vendor: Option<String>,
    /// Its kind, such as `Laptop`.
    product_type: Option<String>,
    /// Whether it sells gift cards: a unit that is paid becomes a card of its price, whose code is mailed to the buyer. False when
    /// left out.
    is_gift_card: Option<bool>,
    /// Its tags, at most 250; those that differ in case only are one.
    tags: Option<Vec<String>>,
    /// Its status; `ACTIVE` when left out.
    status: Option<ProductStatus>,
    /// Whether shoppers see it at once; false when left out.
    publish: Option<bool>,
    /// What search engines are told.
    seo: Option<SeoInput>,
    /// Its options, at most three; left out, they are those that the first variant names.
    options: Option<Vec<ProductOptionInput>>,
    /// Its variants, 1 to 250. A product without options has one, without option values.
    variants: Vec<ProductVariantInput>,
    /// Its pictures in order, at most 250.
    images: Option<Vec<ProductImageInput>>,
}

/// Changes of a product. A field left out, or null, stays.
#[derive(InputObject)]
pub struct ProductUpdateInput {
    /// The product.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// Its title.
    title: Option<String>,
    /// Its unique name in URLs. The old one answers no more.
    handle: Option<String>,
    /// What it is. Scripts, styles, frames and event attributes are left out.
    description_html: Option<Html>,
    /// Its maker or brand.
    vendor: Option<String>,
    /// Its kind, such as `Laptop`.
    product_type: Option<String>,
    /// Whether it sells gift cards. Orders that were made before stay as they are.
    is_gift_card: Option<bool>,
    /// All its tags.
    tags: Option<Vec<String>>,
    /// Its status.
    status: Option<ProductStatus>,
    /// What search engines are told.
    seo: Option<SeoInput>,
    /// All its options in order. The first of them is the first of before under this name, and so on; a new one at the
    /// end gives its first value to all variants; one left out at the end goes, if the variants still differ.
    options: Option<Vec<ProductOptionInput>>,
}

/// Which product.
#[derive(InputObject)]
pub struct ProductTargetInput {
    /// The product.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
}

macro_rules! product_payloads {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub struct $name {
            /// The product as it is now; null when refused.
            product: Option<Product>,
            /// Why it was refused.
            user_errors: Vec<CatalogUserError>,
        }

        impl From<Shown> for $name {
            fn from((product, user_errors): Shown) -> Self {
                Self { product, user_errors }
            }
        }
    )+};
}

product_payloads!(
    /// What adding a product led to.
    ProductCreatePayload,
    /// What changing a product led to.
    ProductUpdatePayload,
    /// What publishing a product led to.
    ProductPublishPayload,
    /// What hiding a product led to.
    ProductUnpublishPayload,
);

/// What removing a product led to.
#[derive(SimpleObject)]
pub struct ProductDeletePayload {
    /// The id of the product that is no more; null when refused.
    deleted_product_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<CatalogUserError>,
}

/// A changed product and the refusals, for a payload.
pub(super) type Shown = (Option<Product>, Vec<CatalogUserError>);

/// Reads the changed product again.
pub(super) async fn shown(ctx: &Context<'_>, outcome: Result<ProductId, Vec<Refusal>>) -> Result<Shown, Error> {
    let (id, user_errors) = halves(outcome);
    let product = match id {
        Some(id) => Product::load(ctx, id).await?,
        None => None,
    };
    Ok((product, user_errors))
}

/// Which product a mutation is about.
pub(super) fn target(argument: &str, id: &ID, expected_version: Option<i32>) -> Result<Target, Error> {
    Ok(Target { id: decode(argument, id)?, expected_version })
}

async fn create(ctx: &Context<'_>, input: ProductCreateInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let mut prices = Prices::new(shop::get(ctx.app().database.reader()).await?.currency);
    let variants = prices.new_variants(input.variants)?;
    let (seo_title, seo_description) = inputs::seo(input.seo);
    let draft = ProductDraft {
        patch: ProductPatch {
            title: Some(input.title),
            handle: input.handle,
            description_html: inputs::html(input.description_html),
            vendor: input.vendor,
            product_type: input.product_type,
            is_gift_card: input.is_gift_card,
            tags: input.tags,
            status: input.status.map(Into::into),
            published: Some(input.publish.unwrap_or(false)),
            seo_title,
            seo_description,
        },
        options: inputs::options(input.options.unwrap_or_default()),
        variants,
        images: input.images.unwrap_or_default().into_iter().map(inputs::image).collect(),
    };
    let draft = match prices.accept(draft) {
        Ok(draft) => draft,
        Err(refusals) => return shown(ctx, Err(refusals)).await,
    };
    let tx = begin(ctx).await?;
    let done = catalog::create_product(&tx, author, draft).await;
    shown(ctx, finish(tx, done).await?).await
}

async fn update(ctx: &Context<'_>, input: ProductUpdateInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target("input.id", &input.id, input.expected_version)?;
    let (seo_title, seo_description) = inputs::seo(input.seo);
    let patch = ProductPatch {
        title: input.title,
        handle: input.handle,
        description_html: inputs::html(input.description_html),
        vendor: input.vendor,
        product_type: input.product_type,
        is_gift_card: input.is_gift_card,
        tags: input.tags,
        status: input.status.map(Into::into),
        published: None,
        seo_title,
        seo_description,
    };
    let changes = ProductChanges { patch, options: input.options.map(inputs::options) };
    let tx = begin(ctx).await?;
    let done = catalog::update_product(&tx, author, target, changes).await;
    shown(ctx, finish(tx, done).await?).await
}

async fn delete(ctx: &Context<'_>, input: &ProductTargetInput) -> Result<ProductDeletePayload, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target("input.id", &input.id, input.expected_version)?;
    let tx = begin(ctx).await?;
    let done = catalog::delete_product(&tx, author, target).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(ProductDeletePayload { deleted_product_id: id.map(encode), user_errors })
}

async fn publish(ctx: &Context<'_>, input: &ProductTargetInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target("input.id", &input.id, input.expected_version)?;
    let tx = begin(ctx).await?;
    let done = catalog::publish_product(&tx, author, target).await;
    shown(ctx, finish(tx, done).await?).await
}

async fn unpublish(ctx: &Context<'_>, input: &ProductTargetInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target("input.id", &input.id, input.expected_version)?;
    let tx = begin(ctx).await?;
    let done = catalog::unpublish_product(&tx, author, target).await;
    shown(ctx, finish(tx, done).await?).await
}

/// Changes of products.
#[derive(Debug, Default)]
pub struct ProductMutation;

#[Object]
impl ProductMutation {
    /// Adds a product with its options, variants, pictures and first stock. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn product_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product.")] input: ProductCreateInput,
    ) -> Option<ProductCreatePayload> {
        errors::nullable(ctx, create(ctx, input).await.map(Into::into))
    }

    /// Changes a product's words, tags, status, handle and options. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn product_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: ProductUpdateInput,
    ) -> Option<ProductUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await.map(Into::into))
    }

    /// Removes a product with its variants, pictures and stock. Orders keep their snapshot of it; carts that hold it say
    /// so. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn product_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductTargetInput,
    ) -> Option<ProductDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }

    /// Shows a product to shoppers; a draft becomes active by it. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn product_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductTargetInput,
    ) -> Option<ProductPublishPayload> {
        errors::nullable(ctx, publish(ctx, &input).await.map(Into::into))
    }

    /// Hides a product from shoppers. Carts that hold it can no longer be paid. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn product_unpublish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductTargetInput,
    ) -> Option<ProductUnpublishPayload> {
        errors::nullable(ctx, unpublish(ctx, &input).await.map(Into::into))
    }
}
