//! Counting what was sold, for the order BEST_SELLING.

use std::collections::{BTreeMap, BTreeSet};

use entity::{catalog::product, ids::ProductId};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use crate::platform::batch::padded;

/// Locks products, in the order of their ids, for an order that is about to take stock and count what was sold. Staff who
/// change a product lock it before its stock, so an order that locked stock first would wait for them in a circle.
///
/// # Errors
/// The database's.
pub async fn lock_products(tx: &DatabaseTransaction, ids: impl Iterator<Item = ProductId>) -> Result<(), DbErr> {
    let ids: BTreeSet<ProductId> = ids.collect();
    product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Id.is_in(padded(ids)))
        .order_by_asc(product::Column::Id)
        .lock_exclusive()
        .into_tuple::<ProductId>()
        .all(tx)
        .await
        .map(drop)
}

/// Adds sold units to their products, in the order of their ids, so that two orders never wait for each other in a circle.
///
/// # Errors
/// The database's.
pub async fn add_units_sold(tx: &DatabaseTransaction, sold: &BTreeMap<ProductId, i64>) -> Result<(), DbErr> {
    for (id, units) in sold {
        product::Entity::update_many()
            .col_expr(product::Column::UnitsSold, Expr::col(product::Column::UnitsSold).add(*units))
            .filter(product::Column::Id.eq(*id))
            .exec(tx)
            .await?;
    }
    Ok(())
}
