//! Finding ids, whoever may see what they name, for loading, importing and deleting.

use std::collections::HashMap;

use entity::{
    catalog::{collection, collection_product, product, variant},
    ids::{CollectionId, ProductId, VariantId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::{domain::shared::Error, platform::batch::padded};

/// Whether the shop has any product.
///
/// # Errors
/// The database's.
pub async fn has_products(db: &impl ConnectionTrait) -> Result<bool, Error> {
    let first = product::Entity::find().select_only().column(product::Column::Id).limit(1);
    Ok(first.into_tuple::<ProductId>().one(db).await?.is_some())
}

/// The collection with this handle.
///
/// # Errors
/// The database's.
pub async fn collection_id(db: &impl ConnectionTrait, handle: &str) -> Result<Option<CollectionId>, Error> {
    let query = collection::Entity::find().select_only().column(collection::Column::Id);
    Ok(query.filter(collection::Column::Handle.eq(handle)).into_tuple().one(db).await?)
}

/// The collections that products are in.
///
/// # Errors
/// The database's.
pub async fn collections_of(
    db: &impl ConnectionTrait,
    products: &[ProductId],
) -> Result<Vec<(ProductId, CollectionId)>, Error> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let query = collection_product::Entity::find()
        .select_only()
        .columns([collection_product::Column::ProductId, collection_product::Column::CollectionId])
        .filter(collection_product::Column::ProductId.is_in(padded(products.iter().copied())));
    Ok(query.into_tuple().all(db).await?)
}

/// The products with these handles, in their order; those that are not there are passed over.
///
/// # Errors
/// The database's.
pub async fn product_ids(db: &impl ConnectionTrait, handles: &[String]) -> Result<Vec<ProductId>, Error> {
    let query = product::Entity::find().select_only().columns([product::Column::Handle, product::Column::Id]);
    let rows: Vec<(String, ProductId)> =
        query.filter(product::Column::Handle.is_in(handles)).into_tuple().all(db).await?;
    let by_handle: HashMap<String, ProductId> = rows.into_iter().collect();
    Ok(handles.iter().filter_map(|handle| by_handle.get(handle).copied()).collect())
}

/// The variants of a product.
///
/// # Errors
/// The database's.
pub async fn variant_ids(db: &impl ConnectionTrait, product_id: ProductId) -> Result<Vec<VariantId>, Error> {
    let query = variant::Entity::find().select_only().column(variant::Column::Id);
    Ok(query.filter(variant::Column::ProductId.eq(product_id)).into_tuple().all(db).await?)
}

/// The variants of the products with these handles.
///
/// # Errors
/// The database's.
pub async fn variant_ids_of_handles(db: &impl ConnectionTrait, handles: &[String]) -> Result<Vec<VariantId>, Error> {
    let products = product::Entity::find().select_only().column(product::Column::Id);
    let products = products.filter(product::Column::Handle.is_in(handles));
    let query = variant::Entity::find().select_only().column(variant::Column::Id);
    Ok(query.filter(variant::Column::ProductId.in_subquery(products.into_query())).into_tuple().all(db).await?)
}
