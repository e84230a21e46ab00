//! Staff show a product to shoppers, or hide it.

use entity::{catalog::product::ProductStatus, ids::ProductId};
use sea_orm::DatabaseTransaction;

use super::{
    errors::{Reason, Refusal},
    update_product::{Target, lock, save},
};
use crate::domain::shared::{Author, Failure};

/// Shows a product to shoppers. A draft becomes active by it; a product that is shown already stays as it is.
///
/// # Errors
/// The product is archived; `NotFound`, `VersionConflict`.
pub async fn publish_product(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
) -> Result<ProductId, Failure<Refusal>> {
    let before = lock(tx, target).await?;
    let mut after = before.clone();
    after.product.status = match before.product.status {
        ProductStatus::Archived => return Err(Failure::refuse(Refusal::new("id", Reason::Archived))),
        ProductStatus::Draft | ProductStatus::Active => ProductStatus::Active,
    };
    let now = author.sources.now();
    // A moment in the future does not hide what staff want to show now.
    after.product.published_at = Some(before.product.published_at.map_or(now, |since| since.min(now)));
    save(tx, author, before, after).await
}

/// Hides a product from shoppers. Carts that hold it can no longer be paid.
///
/// # Errors
/// `NotFound`, `VersionConflict`.
pub async fn unpublish_product(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
) -> Result<ProductId, Failure<Refusal>> {
    let before = lock(tx, target).await?;
    let mut after = before.clone();
    after.product.published_at = None;
    save(tx, author, before, after).await
}
