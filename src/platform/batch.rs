//! Lists of ids inside a statement, and deleting a few rows at a time.

use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::{Database, tx};

/// The ids without doubles, filled up with the last one to the next power of two, so that `IN` lists of any length make
/// few distinct statements and do not flood the statement caches.
#[must_use]
pub fn padded<T: Copy + Ord>(ids: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut ids: Vec<T> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}

/// Deletes at most `most` rows that meet a condition, the first by `order` first, in a transaction of their own; returns
/// how many. The condition is looked at again when a row is locked: one that changed meanwhile stays.
///
/// # Errors
/// The database's.
pub async fn delete_some<E: EntityTrait>(
    db: &Database,
    id: E::Column,
    order: E::Column,
    condition: Condition,
    most: u64,
) -> Result<u64, DbErr> {
    let chosen = E::find().select_only().column(id).filter(condition.clone()).order_by_asc(order).limit(most);
    let delete = E::delete_many().filter(id.in_subquery(chosen.into_query())).filter(condition);
    let tx = tx::begin(db).await?;
    let deleted = delete.exec(&*tx).await?.rows_affected;
    tx.commit().await?;
    Ok(deleted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_grow_to_a_power_of_two_and_stay_empty_when_empty() {
        assert_eq!(padded([3, 1, 3, 2]), [1, 2, 3, 3]);
        assert_eq!(padded([7]), [7]);
        assert!(padded(Vec::<i32>::new()).is_empty());
    }
}
