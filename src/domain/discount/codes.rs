//! Adding codes to a discount and taking them away.

use entity::{discount::discount_code, ids::DiscountId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, SqlErr,
};

use super::{
    checks::Checks,
    code_key,
    errors::{Reason, Refusal},
    store,
};
use crate::{
    domain::shared::{Author, Failure},
    platform::batch::padded,
};

/// Most codes of one discount.
pub(super) const CODES_MOST: u64 = 10_000;

/// Takes codes away. They are named as they are entered, whatever their case.
pub(super) async fn remove(
    tx: &DatabaseTransaction,
    id: DiscountId,
    at: &str,
    codes: &[String],
) -> Result<(), Failure<Refusal>> {
    if codes.is_empty() {
        return Ok(());
    }
    let keys: Vec<String> = codes.iter().map(|code| code_key(code)).collect();
    let found = store::codes(tx, &keys).await?;
    let mut checks = Checks::default();
    for (index, key) in keys.iter().enumerate() {
        if !found.iter().any(|row| row.code_key == *key && row.discount_id == id) {
            checks.refuse(format!("{at}.{index}"), Reason::CodeUnknown(codes[index].clone()));
        }
    }
    checks.finish()?;
    let ids = padded(found.iter().map(|row| row.id));
    discount_code::Entity::delete_many().filter(discount_code::Column::Id.is_in(ids)).exec(tx).await?;
    Ok(())
}

/// Adds codes that no discount of the shop has.
pub(super) async fn add(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: DiscountId,
    at: &str,
    codes: &[String],
) -> Result<(), Failure<Refusal>> {
    if codes.is_empty() {
        return Ok(());
    }
    let keys: Vec<String> = codes.iter().map(|code| code_key(code)).collect();
    let taken = store::codes(tx, &keys).await?;
    let mut checks = Checks::default();
    for (index, key) in keys.iter().enumerate() {
        if taken.iter().any(|row| row.code_key == *key) {
            checks.refuse(format!("{at}.{index}"), Reason::CodeTaken(codes[index].clone()));
        }
    }
    checks.finish()?;
    let rows = codes.iter().zip(keys).map(|(code, code_key)| discount_code::Model {
        id: author.sources.id(),
        discount_id: id,
        code: code.trim().to_owned(),
        code_key,
    });
    let mut rows: Vec<discount_code::Model> = rows.collect();
    // Written by key: two who add the same codes at once wait at the first of them, not in a circle.
    rows.sort_unstable_by(|a, b| a.code_key.cmp(&b.code_key));
    let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
    let taken_meanwhile = |error: DbErr| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            Failure::refuse(Refusal::new(at, Reason::CodeTaken(codes.join(", "))))
        }
        Some(_) | None => Failure::from(error),
    };
    discount_code::Entity::insert_many(rows).exec_without_returning(tx).await.map_err(taken_meanwhile)?;
    Ok(())
}
