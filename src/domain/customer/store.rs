//! The queries of customers.

use entity::{
    auth::account::{self, Role},
    ids::AccountId,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait, LikeExpr},
};

use crate::{
    domain::{
        auth::Account,
        shared::{Error, PageRequest, Range},
    },
    platform::batch::padded,
};

/// The account of a customer who is signed in.
///
/// # Errors
/// The database's.
pub async fn find(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Account>, Error> {
    Ok(account::Entity::find_by_id(id).one(db).await?)
}

/// The accounts of some customers, in one statement.
///
/// # Errors
/// The database's.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[AccountId]) -> Result<Vec<Account>, Error> {
    Ok(account::Entity::find().filter(account::Column::Id.is_in(padded(ids.iter().copied()))).all(db).await?)
}

/// The account of a customer, locked for a change.
///
/// # Errors
/// The database's.
pub async fn find_locked(tx: &DatabaseTransaction, id: AccountId) -> Result<Option<Account>, Error> {
    Ok(account::Entity::find_by_id(id).lock_exclusive().one(tx).await?)
}

/// Writes what changed.
pub async fn save(tx: &DatabaseTransaction, change: account::ActiveModel) -> Result<Account, Error> {
    Ok(change.update(tx).await?)
}

/// Where a page begins and ends, by id.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bounds {
    /// Only what comes after this customer.
    pub after: Option<AccountId>,
    /// Only what comes before this customer.
    pub before: Option<AccountId>,
}

/// Customers with all these folded words, the newest first, one more than the page holds.
pub async fn page(
    db: &impl ConnectionTrait,
    request: &PageRequest,
    bounds: Bounds,
    words: &[String],
) -> Result<Vec<Account>, Error> {
    let mut find = account::Entity::find().filter(account::Column::Role.eq(Role::Customer));
    for word in words {
        let pattern = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let holds = LikeExpr::new(format!("%{pattern}%")).escape('\\');
        find = find.filter(Expr::col(account::Column::SearchText).like(holds));
    }
    if let Some(after) = bounds.after {
        find = find.filter(account::Column::Id.lt(after));
    }
    if let Some(before) = bounds.before {
        find = find.filter(account::Column::Id.gt(before));
    }
    // Ids grow with time.
    let find = match request.range {
        Range::First => find.order_by_desc(account::Column::Id),
        Range::Last => find.order_by_asc(account::Column::Id),
    };
    Ok(find.limit(request.size + 1).all(db).await?)
}
