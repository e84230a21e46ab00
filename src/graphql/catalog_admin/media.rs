//! Adding pictures to products and taking them away.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{
    inputs::{ProductImageInput, ids, image},
    products::{Shown, shown, target},
    user_errors::CatalogUserError,
};
use crate::{
    domain::{
        catalog::{self, NewImage},
        shared::{Error, Permission},
    },
    graphql::{
        catalog::Product,
        errors,
        global_id::decode,
        transaction::{author, begin, finish},
    },
};

/// A picture and the variants that shall show it.
#[derive(InputObject)]
pub struct ProductMediaInput {
    /// The picture. With the URL of a picture that the product has, it says more about that one.
    image: ProductImageInput,
    /// Variants of the product that shall show it.
    variant_ids: Option<Vec<ID>>,
}

/// Pictures to be added to a product. All of them are, or none.
#[derive(InputObject)]
pub struct ProductMediaCreateInput {
    /// The product.
    product_id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// The pictures in order; they come after those that are there. A product has at most 250.
    media: Vec<ProductMediaInput>,
}

/// Pictures to be taken away. All of them are, or none.
#[derive(InputObject)]
pub struct ProductMediaDeleteInput {
    /// The product.
    product_id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// The pictures.
    image_ids: Vec<ID>,
}

/// What adding pictures led to.
#[derive(SimpleObject)]
pub struct ProductMediaCreatePayload {
    /// The product as it is now; null when refused.
    product: Option<Product>,
    /// Why it was refused.
    user_errors: Vec<CatalogUserError>,
}

/// What taking pictures away led to.
#[derive(SimpleObject)]
pub struct ProductMediaDeletePayload {
    /// The product as it is now; null when refused.
    product: Option<Product>,
    /// Why it was refused.
    user_errors: Vec<CatalogUserError>,
}

async fn create(ctx: &Context<'_>, input: ProductMediaCreateInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target("input.productId", &input.product_id, input.expected_version)?;
    let images = input.media.into_iter().enumerate().map(|(index, media)| {
        let variant_ids = media.variant_ids.unwrap_or_default();
        let variant_ids = variant_ids.iter().map(|id| decode(&format!("input.media.{index}.variantIds"), id));
        Ok(NewImage { image: image(media.image), variant_ids: variant_ids.collect::<Result<_, Error>>()? })
    });
    let images = images.collect::<Result<Vec<_>, Error>>()?;
    let tx = begin(ctx).await?;
    let done = catalog::add_images(&tx, author, target, &images).await;
    shown(ctx, finish(tx, done).await?).await
}

async fn delete(ctx: &Context<'_>, input: ProductMediaDeleteInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target("input.productId", &input.product_id, input.expected_version)?;
    let image_ids = ids("imageIds", &input.image_ids)?;
    let tx = begin(ctx).await?;
    let done = catalog::remove_images(&tx, author, target, &image_ids).await;
    shown(ctx, finish(tx, done).await?).await
}

/// Changes of pictures.
#[derive(Debug, Default)]
pub struct MediaMutation;

#[Object]
impl MediaMutation {
    /// Adds pictures to a product. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn product_media_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pictures.")] input: ProductMediaCreateInput,
    ) -> Option<ProductMediaCreatePayload> {
        let created = create(ctx, input).await;
        let created = created.map(|(product, user_errors)| ProductMediaCreatePayload { product, user_errors });
        errors::nullable(ctx, created)
    }

    /// Takes pictures away from a product and from the variants that show them. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn product_media_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which pictures.")] input: ProductMediaDeleteInput,
    ) -> Option<ProductMediaDeletePayload> {
        let deleted = delete(ctx, input).await;
        let deleted = deleted.map(|(product, user_errors)| ProductMediaDeletePayload { product, user_errors });
        errors::nullable(ctx, deleted)
    }
}
