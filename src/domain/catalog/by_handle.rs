//! Finding products and collections by handle, whoever may see them, for loading and importing.

use std::collections::HashMap;

use entity::{
    catalog::{collection, product},
    ids::{CollectionId, ProductId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::domain::shared::Error;

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
