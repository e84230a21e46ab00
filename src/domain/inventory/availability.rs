//! How many units of a variant can still be sold.

use std::collections::HashMap;

use entity::{ids::VariantId, inventory::stock_level};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};

use crate::{domain::shared::Error, platform::batch::padded};

/// Units of each variant on hand and not held, over all locations, in one statement. Every id asked for is in the
/// answer: 0 where nothing was ever stocked. Whether the number limits a sale is said by the variant's `tracked` and
/// `continue_selling`.
///
/// # Errors
/// The database's.
pub async fn available(db: &impl ConnectionTrait, ids: &[VariantId]) -> Result<HashMap<VariantId, i64>, Error> {
    let mut available: HashMap<VariantId, i64> = ids.iter().map(|id| (*id, 0)).collect();
    if ids.is_empty() {
        return Ok(available);
    }
    let rows: Vec<(VariantId, i64)> = stock_level::Entity::find()
        .select_only()
        .column(stock_level::Column::VariantId)
        // A sum of BIGINT is NUMERIC on PostgreSQL.
        .column_as(Expr::cust("CAST(SUM(on_hand - reserved) AS BIGINT)"), "available")
        .filter(stock_level::Column::VariantId.is_in(padded(ids.iter().copied())))
        .group_by(stock_level::Column::VariantId)
        .into_tuple()
        .all(db)
        .await?;
    available.extend(rows);
    Ok(available)
}
