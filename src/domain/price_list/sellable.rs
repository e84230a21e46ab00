//! What the shop can sell to a buyer, with the prices that lists ask of that buyer.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{ids::VariantId, money::Currency};
use sea_orm::ConnectionTrait;

use super::{has_price, prices_for};
use crate::domain::{
    catalog::{self, Sellable},
    shared::Error,
};

/// The variants among `ids` that exist, for buyers of a country who pay in this currency; the statements are as many however many
/// they are. One without a price of its own in that currency can be bought where a list has one.
///
/// # Errors
/// The database's.
pub async fn sellable_for(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    currency: Currency,
    country: Option<&str>,
    ids: &[VariantId],
) -> Result<HashMap<VariantId, Sellable>, Error> {
    let mut sellables = catalog::sellable(db, currency, now, ids).await?;
    for (id, prices) in prices_for(db, now, currency, country, ids).await? {
        let Some(sellable) = sellables.get_mut(&id) else { continue };
        sellable.purchasable |= sellable.published && has_price(&prices, currency, now);
        sellable.list_prices = prices;
    }
    Ok(sellables)
}
