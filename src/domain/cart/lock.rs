//! Locking a cart's row, opening it for an edit, and moving its status.

use entity::{
    cart::{cart, cart_line},
    ids::{CartId, OrderId},
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};

use super::{CartAccess, CartStatus, Reason, Refusal, store};
use crate::domain::shared::{Error, Failure};

/// A cart whose row this transaction holds, with its lines. Nobody else changes it until the transaction ends.
#[derive(Clone, Debug)]
pub struct LockedCart {
    pub(super) cart: cart::Model,
    pub(super) lines: Vec<cart_line::Model>,
}

impl LockedCart {
    /// The cart's row.
    #[must_use]
    pub fn cart(&self) -> &cart::Model {
        &self.cart
    }

    /// Its lines, oldest first.
    #[must_use]
    pub fn lines(&self) -> &[cart_line::Model] {
        &self.lines
    }
}

/// A locked cart that is open. Only [`open_for_edit`] makes one.
#[derive(Clone, Debug)]
pub struct EditableCart(LockedCart);

impl EditableCart {
    /// The cart's row.
    #[must_use]
    pub fn cart(&self) -> &cart::Model {
        &self.0.cart
    }

    /// Its lines, oldest first.
    #[must_use]
    pub fn lines(&self) -> &[cart_line::Model] {
        &self.0.lines
    }
}

/// Locks a cart, whoever's and in whatever state it is. (SQLite has no row locks; its write transaction is alone.)
///
/// # Errors
/// The database's.
pub async fn lock(tx: &DatabaseTransaction, id: CartId) -> Result<Option<LockedCart>, Error> {
    let found = cart::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    with_lines(tx, found).await
}

/// Locks the cart that the caller may use; `None` also when it was ordered or merged away.
///
/// # Errors
/// The database's.
pub async fn lock_for(tx: &DatabaseTransaction, access: &CartAccess) -> Result<Option<LockedCart>, Error> {
    let found = store::visible_to(access).lock_exclusive().one(tx).await?;
    with_lines(tx, found).await
}

async fn with_lines(tx: &DatabaseTransaction, found: Option<cart::Model>) -> Result<Option<LockedCart>, Error> {
    let Some(cart) = found else { return Ok(None) };
    let lines = store::lines_of(tx, &[cart.id]).await?;
    Ok(Some(LockedCart { cart, lines }))
}

/// Opens a locked cart for an edit.
///
/// # Errors
/// `VersionConflict` when the caller read another version; refused when the cart is not open.
pub fn open_for_edit(locked: LockedCart, expected_version: Option<i32>) -> Result<EditableCart, Failure<Refusal>> {
    let current = locked.cart.version;
    if expected_version.is_some_and(|expected| expected != current) {
        return Err(Error::VersionConflict { current }.into());
    }
    match locked.cart.status {
        CartStatus::Active => Ok(EditableCart(locked)),
        CartStatus::Locked => Err(Failure::refuse(Refusal::new(Reason::PaymentPends, &["cartId"]))),
        CartStatus::Ordered | CartStatus::Merged => Err(Failure::refuse(Refusal::cart_not_found())),
    }
}

/// Moves a cart's status and order if it is in `from`; says whether it was. The version stays, because nothing that the
/// shopper put into the cart changes.
///
/// # Errors
/// The database's.
pub async fn set_status(
    tx: &DatabaseTransaction,
    id: CartId,
    from: CartStatus,
    to: CartStatus,
    order_id: Option<OrderId>,
) -> Result<bool, Error> {
    let moved = cart::Entity::update_many()
        .col_expr(cart::Column::Status, Expr::val(to))
        .col_expr(cart::Column::OrderId, Expr::val(order_id))
        .filter(cart::Column::Id.eq(id))
        .filter(cart::Column::Status.eq(from))
        .exec(tx)
        .await?;
    Ok(moved.rows_affected == 1)
}

/// Deletes an open cart with everything in it.
///
/// # Errors
/// The database's.
pub async fn delete(tx: &DatabaseTransaction, cart: &EditableCart) -> Result<(), Error> {
    cart::Entity::delete_by_id(cart.cart().id).exec(tx).await?;
    Ok(())
}
