//! Adding, changing and removing collections, and which products they have.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::ids::CollectionId;

use super::{
    inputs::{self, ProductImageInput, SeoInput, change_of, ids},
    user_errors::{CatalogUserError, halves},
};
use crate::{
    domain::{
        catalog::{self, CollectionPatch, CollectionTarget, Refusal},
        shared::{Error, Permission},
    },
    graphql::{
        catalog::Collection,
        errors,
        global_id::{decode, encode},
        scalars::Html,
        transaction::{author, begin, finish},
    },
};

/// A collection to be added.
#[derive(InputObject)]
pub struct CollectionCreateInput {
    /// Its title, at most 255 characters.
    title: String,
    /// Its unique name in URLs; left out, it is made of the title, with `-1`, `-2` … where that is taken.
    handle: Option<String>,
    /// What it is. Scripts, styles, frames and event attributes are left out.
    description_html: Option<Html>,
    /// Its picture.
    image: Option<ProductImageInput>,
    /// Whether shoppers see it at once; true when left out.
    publish: Option<bool>,
    /// What search engines are told.
    seo: Option<SeoInput>,
}

/// Changes of a collection. A field left out stays.
#[derive(InputObject)]
pub struct CollectionUpdateInput {
    /// The collection.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// Its title.
    title: Option<String>,
    /// Its unique name in URLs. The old one answers no more.
    handle: Option<String>,
    /// What it is. Scripts, styles, frames and event attributes are left out.
    description_html: Option<Html>,
    /// Its picture; null takes it away.
    image: MaybeUndefined<ProductImageInput>,
    /// Whether shoppers see it.
    publish: Option<bool>,
    /// What search engines are told.
    seo: Option<SeoInput>,
}

/// Which collection.
#[derive(InputObject)]
pub struct CollectionDeleteInput {
    /// The collection.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
}

/// Which products to put into a collection, or to take out.
#[derive(InputObject)]
pub struct CollectionProductsInput {
    /// The collection.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// The products, 1 to 250.
    product_ids: Vec<ID>,
}

macro_rules! collection_payloads {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub struct $name {
            /// The collection as it is now; null when refused.
            collection: Option<Collection>,
            /// Why it was refused.
            user_errors: Vec<CatalogUserError>,
        }

        impl From<Shown> for $name {
            fn from((collection, user_errors): Shown) -> Self {
                Self { collection, user_errors }
            }
        }
    )+};
}

collection_payloads!(
    /// What adding a collection led to.
    CollectionCreatePayload,
    /// What changing a collection led to.
    CollectionUpdatePayload,
    /// What putting products into a collection led to.
    CollectionAddProductsPayload,
    /// What taking products out of a collection led to.
    CollectionRemoveProductsPayload,
);

/// What removing a collection led to.
#[derive(SimpleObject)]
pub struct CollectionDeletePayload {
    /// The id of the collection that is no more; null when refused.
    deleted_collection_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<CatalogUserError>,
}

type Shown = (Option<Collection>, Vec<CatalogUserError>);

async fn shown(ctx: &Context<'_>, outcome: Result<CollectionId, Vec<Refusal>>) -> Result<Shown, Error> {
    let (id, user_errors) = halves(outcome);
    let collection = match id {
        Some(id) => Collection::load(ctx, id).await?,
        None => None,
    };
    Ok((collection, user_errors))
}

fn target(id: &ID, expected_version: Option<i32>) -> Result<CollectionTarget, Error> {
    Ok(CollectionTarget { id: decode("input.id", id)?, expected_version })
}

async fn create(ctx: &Context<'_>, input: CollectionCreateInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let (seo_title, seo_description) = inputs::seo(input.seo);
    let patch = CollectionPatch {
        title: Some(input.title),
        handle: input.handle,
        description_html: inputs::html(input.description_html),
        image: Some(input.image.map(inputs::image)),
        published: input.publish,
        seo_title,
        seo_description,
    };
    let tx = begin(ctx).await?;
    let done = catalog::create_collection(&tx, author, patch).await;
    shown(ctx, finish(tx, done).await?).await
}

async fn update(ctx: &Context<'_>, input: CollectionUpdateInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target(&input.id, input.expected_version)?;
    let (seo_title, seo_description) = inputs::seo(input.seo);
    let patch = CollectionPatch {
        title: input.title,
        handle: input.handle,
        description_html: inputs::html(input.description_html),
        image: change_of(input.image).map(|image| image.map(inputs::image)),
        published: input.publish,
        seo_title,
        seo_description,
    };
    let tx = begin(ctx).await?;
    let done = catalog::update_collection(&tx, author, target, patch).await;
    shown(ctx, finish(tx, done).await?).await
}

async fn delete(ctx: &Context<'_>, input: &CollectionDeleteInput) -> Result<CollectionDeletePayload, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target(&input.id, input.expected_version)?;
    let tx = begin(ctx).await?;
    let done = catalog::delete_collection(&tx, author, target).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(CollectionDeletePayload { deleted_collection_id: id.map(encode), user_errors })
}

async fn add(ctx: &Context<'_>, input: &CollectionProductsInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target(&input.id, input.expected_version)?;
    let product_ids = ids("productIds", &input.product_ids)?;
    let tx = begin(ctx).await?;
    let done = catalog::add_to_collection(&tx, author, target, &product_ids).await;
    shown(ctx, finish(tx, done).await?).await
}

async fn remove(ctx: &Context<'_>, input: &CollectionProductsInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let target = target(&input.id, input.expected_version)?;
    let product_ids = ids("productIds", &input.product_ids)?;
    let tx = begin(ctx).await?;
    let done = catalog::remove_from_collection(&tx, author, target, &product_ids).await;
    shown(ctx, finish(tx, done).await?).await
}

/// Changes of collections.
#[derive(Debug, Default)]
pub struct CollectionMutation;

#[Object]
impl CollectionMutation {
    /// Adds a collection, without products. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn collection_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The collection.")] input: CollectionCreateInput,
    ) -> Option<CollectionCreatePayload> {
        errors::nullable(ctx, create(ctx, input).await.map(Into::into))
    }

    /// Changes a collection's words, handle, picture and publication. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn collection_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: CollectionUpdateInput,
    ) -> Option<CollectionUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await.map(Into::into))
    }

    /// Removes a collection; its products stay. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn collection_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which collection.")] input: CollectionDeleteInput,
    ) -> Option<CollectionDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }

    /// Puts products at the end of a collection, in the order given; one that is in it already stays where it is. Needs
    /// MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn collection_add_products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which products.")] input: CollectionProductsInput,
    ) -> Option<CollectionAddProductsPayload> {
        errors::nullable(ctx, add(ctx, &input).await.map(Into::into))
    }

    /// Takes products out of a collection; one that is not in it is passed over. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn collection_remove_products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which products.")] input: CollectionProductsInput,
    ) -> Option<CollectionRemoveProductsPayload> {
        errors::nullable(ctx, remove(ctx, &input).await.map(Into::into))
    }
}
