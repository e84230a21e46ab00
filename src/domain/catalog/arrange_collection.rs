//! Staff put products into a collection and take them out.

use std::collections::HashSet;

use entity::{
    catalog::{
        collection_product::{self, Column, Entity},
        product,
    },
    ids::{CollectionId, ProductId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::{
    checks::{Checks, IDS_MOST},
    errors::{Reason, Refusal, refuse_any},
    save_collection::{CollectionTarget, lock, save},
};
use crate::domain::shared::{Author, Failure};

/// Puts products at the end of a collection, in the order given. One that is in it already stays where it is.
///
/// # Errors
/// A product that does not exist, more than 250 of them; `NotFound`, `VersionConflict`.
pub async fn add_to_collection(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: CollectionTarget,
    ids: &[ProductId],
) -> Result<CollectionId, Failure<Refusal>> {
    check(ids)?;
    let row = lock(tx, target).await?;
    let known: Vec<ProductId> = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Id.is_in(ids.iter().copied()))
        // Shared: none of them is deleted before its row is written.
        .lock_shared()
        .into_tuple()
        .all(tx)
        .await?;
    let unknown = ids.iter().enumerate().filter(|(_, id)| !known.contains(id));
    let unknown = unknown.map(|(index, _)| Refusal::new(format!("productIds.{index}"), Reason::Unknown("product")));
    refuse_any(unknown.collect())?;

    let (members, last) = members(tx, target.id).await?;
    let mut seen = members;
    let new = ids.iter().copied().filter(|id| seen.insert(*id));
    let rows = new.zip(last + 1..).map(|(product_id, position)| {
        let row = collection_product::Model { collection_id: target.id, product_id, position };
        row.into_active_model().reset_all()
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(tx).await?;
        save(tx, author, row).await?;
    }
    Ok(target.id)
}

/// Takes products out of a collection. One that is not in it is passed over.
///
/// # Errors
/// More than 250 of them; `NotFound`, `VersionConflict`.
pub async fn remove_from_collection(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: CollectionTarget,
    ids: &[ProductId],
) -> Result<CollectionId, Failure<Refusal>> {
    check(ids)?;
    let row = lock(tx, target).await?;
    let delete = Entity::delete_many().filter(Column::CollectionId.eq(target.id));
    let deleted = delete.filter(Column::ProductId.is_in(ids.iter().copied())).exec(tx).await?;
    if deleted.rows_affected > 0 {
        save(tx, author, row).await?;
    }
    Ok(target.id)
}

fn check(ids: &[ProductId]) -> Result<(), Failure<Refusal>> {
    let mut checks = Checks::default();
    if ids.is_empty() {
        checks.refuse("productIds", Reason::Blank);
    }
    checks.count("productIds", ids.len(), IDS_MOST);
    refuse_any(checks.refusals)
}

/// The products of a collection and the last position.
async fn members(tx: &DatabaseTransaction, id: CollectionId) -> Result<(HashSet<ProductId>, i32), DbErr> {
    let query = Entity::find().select_only().columns([Column::ProductId, Column::Position]);
    let rows: Vec<(ProductId, i32)> = query.filter(Column::CollectionId.eq(id)).into_tuple().all(tx).await?;
    let last = rows.iter().map(|(_, position)| *position).max().unwrap_or(0);
    Ok((rows.into_iter().map(|(id, _)| id).collect(), last))
}
