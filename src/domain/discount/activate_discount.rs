//! Staff let a discount count from now on.

use entity::ids::DiscountId;
use sea_orm::DatabaseTransaction;

use super::{Status, Target, automatic, errors::Refusal, store, update_discount::write};
use crate::domain::shared::{Author, Failure};

/// Lets a discount count: one to come begins now, one that is over goes on without an end. One that counts stays as it is.
///
/// # Errors
/// Too many automatic ones at a time; `NotFound`, `VersionConflict`.
pub async fn activate_discount(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
) -> Result<DiscountId, Failure<Refusal>> {
    automatic::one_at_a_time(tx, target.method).await?;
    let mut row = store::lock(tx, target).await?;
    let now = author.sources.now();
    match Status::of(&row, now) {
        Status::Active => return Ok(target.id),
        Status::Scheduled => row.starts_at = now,
        Status::Expired => {
            row.starts_at = row.starts_at.min(now);
            row.ends_at = None;
        }
    }
    automatic::ensure_room(tx, &row, "id").await?;
    write(tx, author, &mut row).await?;
    Ok(target.id)
}
