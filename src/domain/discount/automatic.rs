//! How many automatic discounts may count at a time: as many as compete for a cart, so that none is left out unseen.

use entity::discount::discount::{self, DiscountMethod};
use sea_orm::DatabaseTransaction;

use super::{
    errors::{Reason, Refusal},
    store,
};
use crate::domain::{
    shared::{Error, Failure},
    shop,
};

/// Most automatic discounts that count at one moment.
pub(super) const MOST: u64 = pricing::MOST_DISCOUNTS as u64;

/// Lets only one transaction at a time change when automatic discounts count. Asked before a discount is locked.
pub(super) async fn one_at_a_time(tx: &DatabaseTransaction, method: DiscountMethod) -> Result<(), Error> {
    match method {
        DiscountMethod::Automatic => shop::lock(tx).await.map(drop),
        DiscountMethod::Code => Ok(()),
    }
}

/// Refuses an automatic discount for which there is no room in its period.
pub(super) async fn ensure_room(
    tx: &DatabaseTransaction,
    row: &discount::Model,
    at: &str,
) -> Result<(), Failure<Refusal>> {
    match row.method {
        DiscountMethod::Automatic if store::automatic_beside(tx, row).await? >= MOST => {
            Err(Failure::refuse(Refusal::new(at, Reason::AutomaticTooMany(MOST))))
        }
        DiscountMethod::Automatic | DiscountMethod::Code => Ok(()),
    }
}
