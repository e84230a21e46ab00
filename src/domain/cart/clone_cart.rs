//! Making a copy of a cart: what is in it, but nothing about who buys.

use entity::{cart::cart, cart::cart_line, ids::AccountId};
use sea_orm::{DatabaseTransaction, sea_query::Expr};

use super::{
    CartAccess, Edited, LockedCart, Refusal, create_cart,
    edit::{Outcome, finish},
    lock_for,
    model::LineChanges,
    store,
};
use crate::{domain::shared::Failure, platform::Sources};

/// Makes a new open cart with the lines, note, attributes and discount codes of another. E-mail address, phone,
/// delivery addresses and gift cards are not copied, so that a copy can be given away.
///
/// # Errors
/// Refused when the cart does not exist; the database's.
pub async fn clone_cart(
    tx: &DatabaseTransaction,
    sources: &Sources,
    source: &CartAccess,
    account_id: Option<AccountId>,
) -> Result<Edited, Failure<Refusal>> {
    let Some(LockedCart { cart: original, lines }) = lock_for(tx, source).await? else {
        return Err(Failure::refuse(Refusal::cart_not_found()));
    };
    let copy = create_cart::insert(tx, sources, account_id, original.kind, original.country_code).await?;
    let insert =
        lines.into_iter().map(|line| cart_line::Model { id: sources.id(), cart_id: copy.cart().id, ..line }).collect();
    store::write_lines(tx, LineChanges { delete: Vec::new(), insert }).await?;
    let columns = vec![
        (cart::Column::Note, Expr::val(original.note)),
        (cart::Column::Attributes, Expr::val(original.attributes)),
        (cart::Column::DiscountCodes, Expr::val(original.discount_codes)),
        (cart::Column::Name, Expr::val(original.name)),
    ];
    Ok(finish(tx, sources, &copy, Outcome { columns, ..Outcome::default() }).await?)
}
