//! Adding, changing and removing variants, many in one call.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::ids::VariantId;
use futures::future::try_join_all;

use super::{
    inputs::{Prices, ProductVariantInput, ProductVariantUpdateInput, ids},
    products::{Shown, shown, target},
    user_errors::{CatalogUserError, halves},
};
use crate::{
    domain::{
        catalog,
        shared::{Error, Permission},
        shop,
    },
    graphql::{
        catalog::{Product, ProductVariant},
        context::ContextExt,
        errors,
        transaction::{author, begin, finish},
    },
};

/// Variants to be added to a product. All of them are, or none.
#[derive(InputObject)]
pub struct ProductVariantsBulkCreateInput {
    /// The product.
    product_id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// The variants, at least one. A product has at most 250.
    variants: Vec<ProductVariantInput>,
}

/// Changes of a product's variants. All of them are made, or none.
#[derive(InputObject)]
pub struct ProductVariantsBulkUpdateInput {
    /// The product.
    product_id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// The variants, at most 250.
    variants: Vec<ProductVariantUpdateInput>,
}

/// Variants to be removed. All of them are, or none.
#[derive(InputObject)]
pub struct ProductVariantsBulkDeleteInput {
    /// The product.
    product_id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// The variants; at least one of the product's stays.
    variant_ids: Vec<ID>,
}

/// What adding or changing variants led to.
#[derive(SimpleObject)]
pub struct ProductVariantsBulkPayload {
    /// The product as it is now; null when refused.
    product: Option<Product>,
    /// The variants that were added or changed, in the order of the input; null when refused.
    product_variants: Option<Vec<ProductVariant>>,
    /// Why it was refused.
    user_errors: Vec<CatalogUserError>,
}

/// What removing variants led to.
#[derive(SimpleObject)]
pub struct ProductVariantsBulkDeletePayload {
    /// The product as it is now; null when refused.
    product: Option<Product>,
    /// Why it was refused.
    user_errors: Vec<CatalogUserError>,
}

/// A product and some of its variants as they are now.
async fn payload(
    ctx: &Context<'_>,
    product: catalog::Target,
    outcome: Result<Vec<VariantId>, Vec<catalog::Refusal>>,
) -> Result<ProductVariantsBulkPayload, Error> {
    let (variant_ids, user_errors) = halves(outcome);
    let Some(variant_ids) = variant_ids else {
        return Ok(ProductVariantsBulkPayload { product: None, product_variants: None, user_errors });
    };
    ctx.request().budget.charge(variant_ids.len())?;
    let product = Product::load(ctx, product.id).await?;
    let variants = try_join_all(variant_ids.into_iter().map(|id| ProductVariant::load_visible(ctx, id))).await?;
    let product_variants = Some(variants.into_iter().flatten().collect());
    Ok(ProductVariantsBulkPayload { product, product_variants, user_errors })
}

async fn create(ctx: &Context<'_>, input: ProductVariantsBulkCreateInput) -> Result<ProductVariantsBulkPayload, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target("input.productId", &input.product_id, input.expected_version)?;
    let mut prices = Prices::new(shop::get(ctx.app().database.reader()).await?.currency);
    let drafts = prices.new_variants(input.variants)?;
    let drafts = match prices.accept(drafts) {
        Ok(drafts) => drafts,
        Err(refusals) => return payload(ctx, target, Err(refusals)).await,
    };
    let tx = begin(ctx).await?;
    let done = catalog::create_variants(&tx, author, target, &drafts).await;
    payload(ctx, target, finish(tx, done).await?).await
}

async fn update(ctx: &Context<'_>, input: ProductVariantsBulkUpdateInput) -> Result<ProductVariantsBulkPayload, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target("input.productId", &input.product_id, input.expected_version)?;
    let mut prices = Prices::new(shop::get(ctx.app().database.reader()).await?.currency);
    let drafts = prices.changed_variants(input.variants)?;
    let drafts = match prices.accept(drafts) {
        Ok(drafts) => drafts,
        Err(refusals) => return payload(ctx, target, Err(refusals)).await,
    };
    let changed = drafts.iter().map(|(id, _)| *id).collect();
    let tx = begin(ctx).await?;
    let done = catalog::update_variants(&tx, author, target, &drafts).await.map(|_| changed);
    payload(ctx, target, finish(tx, done).await?).await
}

async fn delete(ctx: &Context<'_>, input: ProductVariantsBulkDeleteInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target("input.productId", &input.product_id, input.expected_version)?;
    let variant_ids = ids("variantIds", &input.variant_ids)?;
    let tx = begin(ctx).await?;
    let done = catalog::delete_variants(&tx, author, target, &variant_ids).await;
    shown(ctx, finish(tx, done).await?).await
}

/// Changes of variants.
#[derive(Debug, Default)]
pub struct VariantMutation;

#[Object]
impl VariantMutation {
    /// Adds variants to a product. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn product_variants_bulk_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The variants.")] input: ProductVariantsBulkCreateInput,
    ) -> Option<ProductVariantsBulkPayload> {
        errors::nullable(ctx, create(ctx, input).await)
    }

    /// Changes variants of a product: prices, option values, SKUs and so on. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn product_variants_bulk_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: ProductVariantsBulkUpdateInput,
    ) -> Option<ProductVariantsBulkPayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }

    /// Removes variants of a product with their stock. Carts that hold one say so, orders keep their snapshot. Needs
    /// MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn product_variants_bulk_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which variants.")] input: ProductVariantsBulkDeleteInput,
    ) -> Option<ProductVariantsBulkDeletePayload> {
        let deleted = delete(ctx, input).await;
        let deleted = deleted.map(|(product, user_errors)| ProductVariantsBulkDeletePayload { product, user_errors });
        errors::nullable(ctx, deleted)
    }
}
