//! Staff end a discount now.

use entity::ids::DiscountId;
use sea_orm::DatabaseTransaction;

use super::{Status, Target, store, update_discount::write};
use crate::domain::shared::{Author, Error};

/// Ends a discount now, also one to come. One that is over stays as it is.
///
/// # Errors
/// `NotFound`, `VersionConflict`; the database's.
pub async fn deactivate_discount(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
) -> Result<DiscountId, Error> {
    let mut row = store::lock(tx, target).await?;
    let now = author.sources.now();
    match Status::of(&row, now) {
        Status::Expired => return Ok(target.id),
        Status::Active | Status::Scheduled => {
            row.starts_at = row.starts_at.min(now);
            row.ends_at = Some(now);
        }
    }
    write(tx, author, &mut row).await?;
    Ok(target.id)
}
