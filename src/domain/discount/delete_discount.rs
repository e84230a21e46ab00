//! Staff remove a discount.

use entity::{discount::discount, ids::DiscountId};
use sea_orm::{DatabaseTransaction, EntityTrait};

use super::{Target, events, store};
use crate::domain::shared::{Author, Error};

/// Removes a discount with its codes and its uses. Orders keep what it took off them.
///
/// # Errors
/// `NotFound`, `VersionConflict`; the database's.
pub async fn delete_discount(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
) -> Result<DiscountId, Error> {
    let row = store::lock(tx, target).await?;
    discount::Entity::delete_by_id(target.id).exec(tx).await?;
    events::record(tx, author, &row, "discount.deleted").await?;
    Ok(target.id)
}
