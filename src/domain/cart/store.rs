//! The queries of carts.

use chrono::{DateTime, Utc};
use entity::{
    cart::{cart, cart_address, cart_line},
    ids::{AccountId, CartId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use uuid::Uuid;

use super::{CartAccess, CartKind, CartStatus, EditableCart, model::LineChanges};
use crate::{
    domain::shared::{Error, Page, PageRequest, Range},
    platform::batch::padded,
};

/// The states in which a shopper sees a cart.
const SEEN: [CartStatus; 2] = [CartStatus::Active, CartStatus::Locked];

/// The cart that the caller may see: the one of the id, not another customer's, neither ordered nor merged away.
pub(super) fn visible_to(access: &CartAccess) -> Select<cart::Entity> {
    let owner = access.account_id().map(|account_id| {
        Condition::any().add(cart::Column::AccountId.is_null()).add(cart::Column::AccountId.eq(account_id))
    });
    cart::Entity::find_by_id(access.cart_id())
        .filter(cart::Column::Status.is_in(SEEN))
        .filter(owner.unwrap_or_else(Condition::all))
}

/// Carts in a state in which a shopper sees them, whoever's.
pub(super) async fn seen(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = CartId>,
) -> Result<Vec<cart::Model>, Error> {
    let carts = cart::Entity::find().filter(cart::Column::Id.is_in(padded(ids)));
    Ok(carts.filter(cart::Column::Status.is_in(SEEN)).all(db).await?)
}

/// Lines of carts, oldest first.
pub(super) async fn lines_of(db: &impl ConnectionTrait, carts: &[CartId]) -> Result<Vec<cart_line::Model>, Error> {
    let lines = cart_line::Entity::find()
        .filter(cart_line::Column::CartId.is_in(padded(carts.iter().copied())))
        .order_by_asc(cart_line::Column::CreatedAt)
        .order_by_asc(cart_line::Column::Id)
        .all(db)
        .await?;
    Ok(lines)
}

/// Delivery addresses of carts, oldest first.
pub(super) async fn addresses_of(
    db: &impl ConnectionTrait,
    carts: &[CartId],
) -> Result<Vec<cart_address::Model>, Error> {
    let addresses = cart_address::Entity::find()
        .filter(cart_address::Column::CartId.is_in(padded(carts.iter().copied())))
        .order_by_asc(cart_address::Column::CreatedAt)
        .order_by_asc(cart_address::Column::Id)
        .all(db)
        .await?;
    Ok(addresses)
}

/// Writes changed lines. A changed one is deleted and inserted again, so that two lines may swap their attributes.
pub(super) async fn write_lines(tx: &DatabaseTransaction, changes: LineChanges) -> Result<(), Error> {
    if !changes.delete.is_empty() {
        cart_line::Entity::delete_many().filter(cart_line::Column::Id.is_in(padded(changes.delete))).exec(tx).await?;
    }
    if !changes.insert.is_empty() {
        let rows = changes.insert.into_iter().map(|line| line.into_active_model().reset_all());
        cart_line::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// A column and what it becomes.
pub(super) type ColumnChange = (cart::Column, SimpleExpr);

/// Changes columns of an open cart and counts its version up, if it still is as it was locked; says whether it was.
pub(super) async fn change(
    tx: &DatabaseTransaction,
    cart: &EditableCart,
    now: DateTime<Utc>,
    columns: Vec<ColumnChange>,
) -> Result<bool, Error> {
    let cart = cart.cart();
    let mut update = cart::Entity::update_many();
    for (column, value) in columns {
        update = update.col_expr(column, value);
    }
    let changed = update
        .col_expr(cart::Column::Version, Expr::col(cart::Column::Version).add(1))
        .col_expr(cart::Column::UpdatedAt, Expr::val(now))
        .filter(cart::Column::Id.eq(cart.id))
        .filter(cart::Column::Version.eq(cart.version))
        .filter(cart::Column::Status.eq(CartStatus::Active))
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// The ids of a customer's carts, newest first. The cursor is the id, which grows with time.
///
/// # Errors
/// `BadInput` for a cursor that this list did not hand out; the database's.
pub async fn carts_of(
    db: &impl ConnectionTrait,
    account_id: AccountId,
    kind: Option<CartKind>,
    request: &PageRequest,
) -> Result<Page<CartId>, Error> {
    let place = |argument: &str, cursor: &Option<String>| match cursor {
        None => Ok(None),
        Some(cursor) => Uuid::try_parse(cursor)
            .map(|id| Some(CartId(id)))
            .map_err(|_| Error::bad_input(argument, "is no cursor of this list")),
    };
    let mut query = cart::Entity::find()
        .select_only()
        .column(cart::Column::Id)
        .filter(cart::Column::AccountId.eq(account_id))
        .filter(cart::Column::Status.is_in(SEEN));
    if let Some(kind) = kind {
        query = query.filter(cart::Column::Kind.eq(kind));
    }
    if let Some(after) = place("after", &request.after)? {
        query = query.filter(cart::Column::Id.lt(after));
    }
    if let Some(before) = place("before", &request.before)? {
        query = query.filter(cart::Column::Id.gt(before));
    }
    query = match request.range {
        Range::First => query.order_by_desc(cart::Column::Id),
        Range::Last => query.order_by_asc(cart::Column::Id),
    };
    let rows: Vec<CartId> = query.limit(request.size + 1).into_tuple().all(db).await?;
    Ok(Page::from_rows(request, rows, CartId::to_string))
}
