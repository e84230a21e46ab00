//! Counting a use of a discount in the order's own transaction, and giving it back.
//!
//! A use counts from the moment its order is made, before it is paid: of fifty who complete at once with a code for one use,
//! one gets an order. It is free again when the order is given up before it was sent, by its shopper, by staff or by its
//! time limit. An order that is paid after its time takes its uses again, and does not stand if somebody else has them: no
//! limit is ever passed.
//!
//! The discount's row is locked first, in the order of ids, so that everybody who counts the same discount comes one after
//! the other; what decides are the conditions of the statements that count.

use std::collections::BTreeMap;

use entity::{
    discount::{discount, discount_customer, discount_redemption},
    ids::{DiscountId, OrderId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel,
    QueryFilter,
    sea_query::{Expr, OnConflict},
};

use super::{Buyer, model::keys_of, store};
use crate::{
    domain::shared::Error,
    platform::{Sources, batch::padded},
};

/// A discount that an order cannot have any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// The discount.
    pub discount_id: DiscountId,
    /// Why.
    pub why: Why,
}

/// Why an order cannot have a discount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was removed.
    Gone,
    /// It is used as often as it may be.
    UsedUp,
    /// The customer uses it as often as one may.
    UsedUpByCustomer,
}

/// Counts one use of each discount for a locked or new order; those that it uses already are not counted twice. All of them
/// or none: with an inner `Err` nothing was written.
///
/// # Errors
/// The database's. The inner `Err` lists the discounts that the order cannot have.
pub async fn take(
    tx: &DatabaseTransaction,
    sources: &Sources,
    order_id: OrderId,
    buyer: &Buyer,
    discounts: &[DiscountId],
) -> Result<Result<(), Vec<Spent>>, Error> {
    if discounts.is_empty() {
        return Ok(Ok(()));
    }
    let customer = buyer.keys();
    if customer.is_empty() {
        return Err(Error::fault("an order has neither a customer nor an address"));
    }
    let held = store::held(tx, &[order_id]).await?;
    let mut ids = discounts.to_vec();
    ids.retain(|id| !held.iter().any(|held| held.discount_id == *id));
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Ok(()));
    }
    let locked = store::lock_all(tx, &ids).await?;
    let mut spent = missing(&ids, &locked);
    spent.extend(exhausted(tx, &locked, &customer).await?);
    if !spent.is_empty() {
        return Ok(Err(spent));
    }
    count(tx, &ids, &customer).await?;
    let now = sources.now();
    let rows = ids.into_iter().map(|discount_id| discount_redemption::Model {
        id: sources.id(),
        discount_id,
        order_id,
        customer_key: customer.join(" "),
        created_at: now,
        returned_at: None,
    });
    let rows = rows.map(|row| row.into_active_model().reset_all());
    discount_redemption::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(Ok(()))
}

/// Gives the uses of a locked order back. Doing it twice changes nothing.
///
/// # Errors
/// The database's.
pub async fn give_back(tx: &DatabaseTransaction, sources: &Sources, order_id: OrderId) -> Result<(), Error> {
    let held = store::held(tx, &[order_id]).await?;
    if held.is_empty() {
        return Ok(());
    }
    let ids: Vec<DiscountId> = held.iter().map(|row| row.discount_id).collect();
    // Those that were removed since are gone with their uses.
    let there: Vec<DiscountId> = store::lock_all(tx, &ids).await?.into_iter().map(|row| row.id).collect();
    if there.is_empty() {
        return Ok(());
    }
    let returned = discount_redemption::Entity::update_many()
        .col_expr(discount_redemption::Column::ReturnedAt, Expr::value(sources.now()))
        .filter(discount_redemption::Column::OrderId.eq(order_id))
        .filter(discount_redemption::Column::DiscountId.is_in(padded(there.iter().copied())))
        .filter(discount_redemption::Column::ReturnedAt.is_null())
        .exec(tx)
        .await?;
    all_of(returned.rows_affected, there.len())?;
    let uncounted = discount::Entity::update_many()
        .col_expr(discount::Column::Used, Expr::col(discount::Column::Used).sub(1))
        .filter(discount::Column::Id.is_in(padded(there.iter().copied())))
        .filter(discount::Column::Used.gt(0))
        .exec(tx)
        .await?;
    all_of(uncounted.rows_affected, there.len())?;
    for (customer, ids) in by_customer(&held, &there) {
        let uncounted = discount_customer::Entity::update_many()
            .col_expr(discount_customer::Column::Used, Expr::col(discount_customer::Column::Used).sub(1))
            .filter(discount_customer::Column::DiscountId.is_in(padded(ids.iter().copied())))
            .filter(discount_customer::Column::CustomerKey.is_in(padded(customer.iter().map(String::as_str))))
            .filter(discount_customer::Column::Used.gt(0))
            .exec(tx)
            .await?;
        all_of(uncounted.rows_affected, ids.len() * customer.len())?;
    }
    Ok(())
}

/// The discounts that are still there, by what their uses were counted by: an order may get an account after its first use.
fn by_customer(rows: &[discount_redemption::Model], there: &[DiscountId]) -> BTreeMap<Vec<String>, Vec<DiscountId>> {
    let mut groups: BTreeMap<Vec<String>, Vec<DiscountId>> = BTreeMap::new();
    for row in rows.iter().filter(|row| there.contains(&row.discount_id)) {
        groups.entry(keys_of(row).map(str::to_owned).collect()).or_default().push(row.discount_id);
    }
    groups
}

/// Counts the uses of a locked order again that it gave back: its payment came after its time. Says whether it could; false
/// changes nothing.
///
/// # Errors
/// The database's.
pub async fn take_again(tx: &DatabaseTransaction, order_id: OrderId) -> Result<bool, Error> {
    let returned = store::returned(tx, &[order_id]).await?;
    let ids: Vec<DiscountId> = returned.iter().map(|row| row.discount_id).collect();
    let locked = store::lock_all(tx, &ids).await?;
    // Those that were removed since have no limits any more.
    let there: Vec<DiscountId> = locked.iter().map(|row| row.id).collect();
    if there.is_empty() {
        return Ok(true);
    }
    let groups = by_customer(&returned, &there);
    for (customer, ids) in &groups {
        let of_group: Vec<discount::Model> = locked.iter().filter(|row| ids.contains(&row.id)).cloned().collect();
        if !exhausted(tx, &of_group, customer).await?.is_empty() {
            return Ok(false);
        }
    }
    for (customer, ids) in &groups {
        count(tx, ids, customer).await?;
    }
    let taken = discount_redemption::Entity::update_many()
        .col_expr(discount_redemption::Column::ReturnedAt, Expr::value(None::<chrono::DateTime<chrono::Utc>>))
        .filter(discount_redemption::Column::OrderId.eq(order_id))
        .filter(discount_redemption::Column::DiscountId.is_in(padded(there.iter().copied())))
        .filter(discount_redemption::Column::ReturnedAt.is_not_null())
        .exec(tx)
        .await?;
    all_of(taken.rows_affected, there.len())?;
    Ok(true)
}

fn missing(ids: &[DiscountId], locked: &[discount::Model]) -> Vec<Spent> {
    let gone = ids.iter().filter(|id| !locked.iter().any(|row| row.id == **id));
    gone.map(|id| Spent { discount_id: *id, why: Why::Gone }).collect()
}

/// Those of the locked discounts that may not be used once more by this customer.
async fn exhausted(
    tx: &DatabaseTransaction,
    locked: &[discount::Model],
    customer: &[String],
) -> Result<Vec<Spent>, Error> {
    let limited: Vec<DiscountId> =
        locked.iter().filter(|row| row.limit_per_customer.is_some()).map(|row| row.id).collect();
    let uses = store::uses(tx, &limited, customer).await?;
    let used = |id: DiscountId| uses.iter().filter(|row| row.discount_id == id).map(|row| row.used).max().unwrap_or(0);
    let spent = locked.iter().filter_map(|row| {
        let why = if row.usage_limit.is_some_and(|limit| row.used >= limit) {
            Why::UsedUp
        } else if row.limit_per_customer.is_some_and(|limit| used(row.id) >= limit) {
            Why::UsedUpByCustomer
        } else {
            return None;
        };
        Some(Spent { discount_id: row.id, why })
    });
    Ok(spent.collect())
}

/// Counts one use of each discount, in all and by this customer, as far as the limits allow. The rows are locked and were
/// just read; what counts is decided by these conditions and nothing else.
async fn count(tx: &DatabaseTransaction, ids: &[DiscountId], customer: &[String]) -> Result<(), Error> {
    let below = Condition::any()
        .add(discount::Column::UsageLimit.is_null())
        .add(Expr::col(discount::Column::Used).lt(Expr::col(discount::Column::UsageLimit)));
    let counted = discount::Entity::update_many()
        .col_expr(discount::Column::Used, Expr::col(discount::Column::Used).add(1))
        .filter(discount::Column::Id.is_in(padded(ids.iter().copied())))
        .filter(below)
        .exec(tx)
        .await?;
    all_of(counted.rows_affected, ids.len())?;
    let rows = ids.iter().flat_map(|discount_id| {
        customer.iter().map(|key| discount_customer::Model {
            discount_id: *discount_id,
            customer_key: key.clone(),
            used: 1,
        })
    });
    let used = || Expr::col((discount_customer::Entity, discount_customer::Column::Used));
    let below = "NOT EXISTS (SELECT 1 FROM discount WHERE discount.id = discount_customer.discount_id \
                 AND discount.limit_per_customer <= discount_customer.used)";
    let again = OnConflict::columns([discount_customer::Column::DiscountId, discount_customer::Column::CustomerKey])
        .value(discount_customer::Column::Used, used().add(1))
        .action_and_where(Expr::cust(below))
        .to_owned();
    let rows = rows.map(|row| row.into_active_model().reset_all());
    let counted = discount_customer::Entity::insert_many(rows).on_conflict(again).exec_without_returning(tx).await?;
    all_of(counted, ids.len() * customer.len())
}

/// A caller may go on after limits that are reached; these are found before anything is written.
fn all_of(rows: u64, wanted: usize) -> Result<(), Error> {
    if usize::try_from(rows).is_ok_and(|rows| rows == wanted) {
        Ok(())
    } else {
        Err(Error::fault(format!("{wanted} uses of locked discounts change, {rows} of them were counted")))
    }
}
