//! Counting what was sold, for the order BEST_SELLING.

use std::collections::BTreeMap;

use entity::{catalog::product, ids::ProductId};
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};

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
