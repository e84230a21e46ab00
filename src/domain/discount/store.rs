//! The queries of discounts.

use chrono::{DateTime, Utc};
use entity::{
    auth::account::{self, Role},
    catalog::{collection, product, variant},
    discount::{
        discount::{self, DiscountMethod},
        discount_code, discount_customer, discount_redemption,
    },
    ids::{AccountId, CollectionId, DiscountId, OrderId, ProductId, VariantId},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};

use super::Target;
use crate::{domain::shared::Error, platform::batch::padded};

/// Discounts, in no order.
///
/// # Errors
/// The database's.
pub async fn discounts(db: &impl ConnectionTrait, ids: &[DiscountId]) -> Result<Vec<discount::Model>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(discount::Entity::find().filter(discount::Column::Id.is_in(padded(ids.iter().copied()))).all(db).await?)
}

/// Locks a discount of a method, in the version that the caller has seen.
pub(super) async fn lock(tx: &DatabaseTransaction, target: Target) -> Result<discount::Model, Error> {
    let found = discount::Entity::find_by_id(target.id).filter(discount::Column::Method.eq(target.method));
    let row = found.lock_exclusive().one(tx).await?.ok_or(Error::NotFound("discount"))?;
    match target.expected_version {
        Some(expected) if expected != row.version => Err(Error::VersionConflict { current: row.version }),
        Some(_) | None => Ok(row),
    }
}

/// Locks discounts one after the other by their ids, so that orders of the same discounts never wait in a circle.
pub(super) async fn lock_all(tx: &DatabaseTransaction, ids: &[DiscountId]) -> Result<Vec<discount::Model>, Error> {
    let found = discount::Entity::find().filter(discount::Column::Id.is_in(padded(ids.iter().copied())));
    Ok(found.order_by_asc(discount::Column::Id).lock_exclusive().all(tx).await?)
}

/// The moments at which a discount counts include this one.
fn counts_at(now: DateTime<Utc>) -> Condition {
    let open = Condition::any().add(discount::Column::EndsAt.is_null()).add(discount::Column::EndsAt.gt(now));
    Condition::all().add(discount::Column::StartsAt.lte(now)).add(open)
}

/// The automatic discounts that count at a moment, the oldest first, at most so many.
pub(super) async fn automatic(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<Vec<discount::Model>, Error> {
    let found = discount::Entity::find()
        .filter(discount::Column::Method.eq(DiscountMethod::Automatic))
        .filter(counts_at(now))
        .order_by_asc(discount::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// How many other automatic discounts count at some moment of this one's period.
pub(super) async fn automatic_beside(db: &impl ConnectionTrait, row: &discount::Model) -> Result<u64, Error> {
    let open = Condition::any().add(discount::Column::EndsAt.is_null()).add(discount::Column::EndsAt.gt(row.starts_at));
    let mut others = discount::Entity::find()
        .filter(discount::Column::Method.eq(DiscountMethod::Automatic))
        .filter(discount::Column::Id.ne(row.id))
        .filter(open);
    if let Some(end) = row.ends_at {
        others = others.filter(discount::Column::StartsAt.lt(end));
    }
    Ok(others.count(db).await?)
}

/// Codes by their folded form.
///
/// # Errors
/// The database's.
pub async fn codes(db: &impl ConnectionTrait, keys: &[String]) -> Result<Vec<discount_code::Model>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<&str> = padded(keys.iter().map(String::as_str));
    Ok(discount_code::Entity::find().filter(discount_code::Column::CodeKey.is_in(keys)).all(db).await?)
}

/// How many codes a discount has.
///
/// # Errors
/// The database's.
pub(super) async fn count_codes(db: &impl ConnectionTrait, id: DiscountId) -> Result<u64, Error> {
    Ok(discount_code::Entity::find().filter(discount_code::Column::DiscountId.eq(id)).count(db).await?)
}

/// How many codes each of some discounts has.
///
/// # Errors
/// The database's.
pub async fn code_counts(db: &impl ConnectionTrait, ids: &[DiscountId]) -> Result<Vec<(DiscountId, i64)>, Error> {
    let counted = discount_code::Entity::find()
        .select_only()
        .column(discount_code::Column::DiscountId)
        .column_as(discount_code::Column::Id.count(), "codes")
        .filter(discount_code::Column::DiscountId.is_in(padded(ids.iter().copied())))
        .group_by(discount_code::Column::DiscountId);
    Ok(counted.into_tuple().all(db).await?)
}

/// How often these customers use these discounts.
pub(super) async fn uses(
    db: &impl ConnectionTrait,
    ids: &[DiscountId],
    customers: &[String],
) -> Result<Vec<discount_customer::Model>, Error> {
    if ids.is_empty() || customers.is_empty() {
        return Ok(Vec::new());
    }
    let customers: Vec<&str> = padded(customers.iter().map(String::as_str));
    let found = discount_customer::Entity::find()
        .filter(discount_customer::Column::DiscountId.is_in(padded(ids.iter().copied())))
        .filter(discount_customer::Column::CustomerKey.is_in(customers));
    Ok(found.all(db).await?)
}

/// The most uses of a discount by one customer.
pub(super) async fn most_uses(db: &impl ConnectionTrait, id: DiscountId) -> Result<i64, Error> {
    let most: Option<Option<i64>> = discount_customer::Entity::find()
        .select_only()
        .column_as(discount_customer::Column::Used.max(), "most")
        .filter(discount_customer::Column::DiscountId.eq(id))
        .into_tuple()
        .one(db)
        .await?;
    Ok(most.flatten().unwrap_or(0))
}

/// What orders use.
pub(super) async fn held(
    db: &impl ConnectionTrait,
    orders: &[OrderId],
) -> Result<Vec<discount_redemption::Model>, Error> {
    redemptions(db, orders, discount_redemption::Column::ReturnedAt.is_null()).await
}

/// What orders used and gave back.
pub(super) async fn returned(
    db: &impl ConnectionTrait,
    orders: &[OrderId],
) -> Result<Vec<discount_redemption::Model>, Error> {
    redemptions(db, orders, discount_redemption::Column::ReturnedAt.is_not_null()).await
}

async fn redemptions(
    db: &impl ConnectionTrait,
    orders: &[OrderId],
    state: Expr,
) -> Result<Vec<discount_redemption::Model>, Error> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let found = discount_redemption::Entity::find()
        .filter(discount_redemption::Column::OrderId.is_in(padded(orders.iter().copied())))
        .filter(state);
    Ok(found.all(db).await?)
}

macro_rules! there {
    ($($(#[$doc:meta])* $name:ident: $id:ty = $table:ident;)+) => {$(
        $(#[$doc])*
        pub(super) async fn $name(db: &impl ConnectionTrait, ids: &[$id]) -> Result<Vec<$id>, Error> {
            if ids.is_empty() {
                return Ok(Vec::new());
            }
            let found = $table::Entity::find().select_only().column($table::Column::Id);
            let found = found.filter($table::Column::Id.is_in(padded(ids.iter().copied())));
            Ok(found.into_tuple().all(db).await?)
        }
    )+};
}

there! {
    /// Those of the products that are there.
    products: ProductId = product;
    /// Those of the variants that are there.
    variants: VariantId = variant;
    /// Those of the collections that are there.
    collections: CollectionId = collection;
}

/// Those of the accounts that are there and are customers'.
pub(super) async fn customers(db: &impl ConnectionTrait, ids: &[AccountId]) -> Result<Vec<AccountId>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = account::Entity::find().select_only().column(account::Column::Id);
    let found = found.filter(account::Column::Id.is_in(padded(ids.iter().copied())));
    Ok(found.filter(account::Column::Role.eq(Role::Customer)).into_tuple().all(db).await?)
}
