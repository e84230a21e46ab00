//! Staff change a discount.

use entity::{discount::discount, ids::DiscountId};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};

use super::{
    DiscountMethod, DiscountPatch, Target, automatic,
    checks::{self, Checks},
    codes::{self, CODES_MOST},
    errors::{Reason, Refusal},
    events, store,
};
use crate::domain::shared::{Author, Error, Failure};

/// Changes a discount; what is `None` stays. Orders keep what it took off them.
///
/// # Errors
/// Everything that is wrong with the changes; a code that is taken or unknown; a limit below what was used already, since
/// no limit may ever be found passed; `NotFound`, `VersionConflict`.
pub async fn update_discount(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
    patch: DiscountPatch,
) -> Result<DiscountId, Failure<Refusal>> {
    checks::form(&patch, false)?;
    checks::codes("codesToAdd", &patch.add_codes)?;
    checks::codes("codesToRemove", &patch.remove_codes)?;
    automatic::one_at_a_time(tx, target.method).await?;
    let before = store::lock(tx, target).await?;
    let mut after = before.clone();
    patch.apply(&mut after);
    checks::row(tx, &after, &patch).await?;
    limits(tx, &after, &patch).await?;
    if patch.moves() {
        automatic::ensure_room(tx, &after, "startsAt").await?;
    }
    codes::remove(tx, target.id, "codesToRemove", &patch.remove_codes).await?;
    codes::add(tx, author, target.id, "codesToAdd", &patch.add_codes).await?;
    let other_codes = !patch.add_codes.is_empty() || !patch.remove_codes.is_empty();
    if other_codes {
        count_codes(tx, target).await?;
    }
    if after != before || other_codes {
        write(tx, author, &mut after).await?;
    }
    Ok(target.id)
}

/// Limits are never below what was used.
async fn limits(
    tx: &DatabaseTransaction,
    row: &discount::Model,
    patch: &DiscountPatch,
) -> Result<(), Failure<Refusal>> {
    let mut checks = Checks::default();
    if patch.usage_limit.flatten().is_some_and(|limit| limit < row.used) {
        checks.refuse("usageLimit", Reason::BelowUsed(row.used));
    }
    if let Some(limit) = patch.limit_per_customer.flatten() {
        let most = store::most_uses(tx, row.id).await?;
        if limit < most {
            checks.refuse("usageLimitPerCustomer", Reason::BelowUsedByCustomer(most));
        }
    }
    checks.finish()
}

async fn count_codes(tx: &DatabaseTransaction, target: Target) -> Result<(), Failure<Refusal>> {
    let (at, reason) = match (target.method, store::count_codes(tx, target.id).await?) {
        (DiscountMethod::Automatic, _) | (DiscountMethod::Code, 1..=CODES_MOST) => return Ok(()),
        (DiscountMethod::Code, 0) => ("codesToRemove", Reason::NoCode),
        (DiscountMethod::Code, _) => ("codesToAdd", Reason::TooManyCodes(CODES_MOST)),
    };
    Err(Failure::refuse(Refusal::new(at, reason)))
}

/// Writes a locked discount that changed, and tells it.
pub(super) async fn write(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    row: &mut discount::Model,
) -> Result<(), Error> {
    row.version += 1;
    row.updated_at = author.sources.now();
    let update = discount::Entity::update_many().set(row.clone().into_active_model().reset_all());
    update.filter(discount::Column::Id.eq(row.id)).exec(tx).await?;
    events::record(tx, author, row, "discount.updated").await?;
    Ok(())
}
