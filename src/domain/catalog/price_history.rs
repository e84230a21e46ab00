//! Writing down what is asked for variants from a moment on, so that a reduction can tell the lowest price before it.
//!
//! Whoever changes a price, the variant's own or a price list's, does it in the same transaction. Only prices of one unit
//! are written down: who buys a dozen is shown no reduction.

use chrono::{DateTime, Utc};
use entity::{
    catalog::variant_price,
    ids::{PriceListId, VariantId},
    money::Currency,
    price_list::price_history,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    DatabaseTransaction, DbErr, EntityTrait,
};

/// Rows of one INSERT.
const ROWS: usize = 500;

/// What is asked for one unit of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The variant.
    pub variant_id: VariantId,
    /// The currency.
    pub currency: Currency,
    /// The list whose price it is; `None`: the variant's own.
    pub price_list_id: Option<PriceListId>,
    /// The price in minor units; `None`: the list has none any more.
    pub amount_minor: Option<i64>,
}

impl Asked {
    /// A variant's own price.
    #[must_use]
    pub fn own(price: &variant_price::Model) -> Self {
        Self {
            variant_id: price.variant_id,
            currency: price.currency,
            price_list_id: None,
            amount_minor: Some(price.amount_minor),
        }
    }
}

/// Writes down what is asked since a moment; a statement for 500 prices.
///
/// # Errors
/// The database's.
pub async fn remember(tx: &DatabaseTransaction, since: DateTime<Utc>, asked: &[Asked]) -> Result<(), DbErr> {
    for asked in asked.chunks(ROWS) {
        let rows = asked.iter().map(|asked| price_history::ActiveModel {
            id: NotSet,
            variant_id: Set(asked.variant_id),
            currency: Set(asked.currency),
            price_list_id: Set(asked.price_list_id),
            amount_minor: Set(asked.amount_minor),
            since: Set(since),
        });
        price_history::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}
