//! Joining the cart of a guest with the carts of the customer the guest turns out to be. Nothing is lost: a line that
//! does not fit stays where it is, and that cart becomes the customer's second.

use entity::{
    cart::{cart, cart_address, cart_line},
    ids::{AccountId, CartId},
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::{
    CartAccess, CartKind, CartStatus, EditableCart, Edited, LockedCart, MOST_LINES, MOST_OF_A_LINE, Target, Warning,
    add_lines::{Shortage, granted, short},
    edit::{Outcome, finish},
    gift_cards, lock,
    model::{LineChanges, Lines},
    open_for_edit,
    shelf::Shelf,
    store,
};
use crate::{domain::shared::Error, platform::Sources};

/// The customer's cart after the merge.
#[derive(Clone, Debug)]
pub struct MergeResult {
    /// The cart to go on with.
    pub cart_id: CartId,
    /// What was adjusted.
    pub warnings: Vec<Warning>,
}

/// Merges a guest's cart into the customer's newest open cart, or makes it theirs when they have none or it is a wish
/// list. Run twice, the
/// second time changes nothing. `None`: there is no such cart, it was ordered, or it is another customer's.
///
/// # Errors
/// The database's.
pub async fn merge_guest(
    tx: &DatabaseTransaction,
    sources: &Sources,
    guest: &CartAccess,
    account_id: AccountId,
) -> Result<Option<MergeResult>, Error> {
    let target = newest_cart_of(tx, account_id, guest.cart_id()).await?;
    let (guest, target) = lock_both(tx, guest.cart_id(), target).await?;
    let Some(guest) = guest else { return Ok(None) };
    let unchanged = |cart_id| Ok(Some(MergeResult { cart_id, warnings: Vec::new() }));
    let target = target.filter(|target| target.cart.status == CartStatus::Active);
    match (guest.cart.status, guest.cart.account_id) {
        (_, Some(owner)) if owner != account_id => Ok(None),
        (CartStatus::Ordered, _) => Ok(None),
        (CartStatus::Merged, _) => target.map_or(Ok(None), |target| unchanged(target.cart.id)),
        (CartStatus::Active | CartStatus::Locked, Some(_)) => unchanged(guest.cart.id),
        // Its payment pends: it stays as it is and becomes the customer's.
        (CartStatus::Locked, None) => {
            attach_as_it_is(tx, &guest, account_id).await?;
            unchanged(guest.cart.id)
        }
        (CartStatus::Active, None) => {
            let guest = opened(guest)?;
            match target.filter(|_| guest.cart().kind == CartKind::Cart) {
                None => attach(tx, sources, &guest, account_id, LineChanges::default()).await.map(Some),
                Some(target) => {
                    let target = opened(target)?;
                    pour(tx, sources, &guest, &target, account_id).await.map(Some)
                }
            }
        }
    }
}

/// Opens a cart that was found active under its lock.
fn opened(locked: LockedCart) -> Result<EditableCart, Error> {
    open_for_edit(locked, None).map_err(|_| Error::fault("a cart that was locked as active is not open"))
}

async fn newest_cart_of(
    tx: &DatabaseTransaction,
    account_id: AccountId,
    other_than: CartId,
) -> Result<Option<CartId>, Error> {
    let id = cart::Entity::find()
        .select_only()
        .column(cart::Column::Id)
        .filter(cart::Column::AccountId.eq(account_id))
        .filter(cart::Column::Status.eq(CartStatus::Active))
        .filter(cart::Column::Kind.eq(CartKind::Cart))
        .filter(cart::Column::Id.ne(other_than))
        .order_by_desc(cart::Column::Id)
        .into_tuple()
        .one(tx)
        .await?;
    Ok(id)
}

/// Locks both carts in the order of their ids, so that two sign-ins at once cannot wait for each other.
async fn lock_both(
    tx: &DatabaseTransaction,
    guest: CartId,
    target: Option<CartId>,
) -> Result<(Option<LockedCart>, Option<LockedCart>), Error> {
    match target {
        Some(target) if target < guest => {
            let target = lock(tx, target).await?;
            Ok((lock(tx, guest).await?, target))
        }
        Some(target) => {
            let guest = lock(tx, guest).await?;
            Ok((guest, lock(tx, target).await?))
        }
        None => Ok((lock(tx, guest).await?, None)),
    }
}

async fn attach_as_it_is(tx: &DatabaseTransaction, guest: &LockedCart, account_id: AccountId) -> Result<(), Error> {
    cart::Entity::update_many()
        .col_expr(cart::Column::AccountId, Expr::val(account_id))
        .filter(cart::Column::Id.eq(guest.cart.id))
        .filter(cart::Column::AccountId.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Makes the guest's cart, with what is left in it, the customer's.
async fn attach(
    tx: &DatabaseTransaction,
    sources: &Sources,
    guest: &EditableCart,
    account_id: AccountId,
    changes: LineChanges,
) -> Result<MergeResult, Error> {
    store::write_lines(tx, changes).await?;
    let columns = vec![(cart::Column::AccountId, Expr::val(account_id))];
    let Edited { snapshot, warnings } = finish(tx, sources, guest, Outcome { columns, ..Outcome::default() }).await?;
    Ok(MergeResult { cart_id: snapshot.cart.id, warnings })
}

/// Pours the guest's cart into the customer's.
async fn pour(
    tx: &DatabaseTransaction,
    sources: &Sources,
    guest: &EditableCart,
    target: &EditableCart,
    account_id: AccountId,
) -> Result<MergeResult, Error> {
    let mut lines = Lines::new(target.lines());
    let variants: Vec<_> = lines.variants().chain(guest.lines().iter().map(|line| line.variant_id)).collect();
    let shelf = Shelf::load_for(tx, target.cart(), sources.now(), &variants).await?;
    let mut warnings = Vec::new();
    let mut left = Vec::new();
    for line in guest.lines() {
        if fits(&lines, line) {
            warnings.extend(pour_line(sources, &mut lines, &shelf, target.cart().id, line));
        } else {
            left.push(line.clone());
        }
    }
    let moved = guest.lines().iter().filter(|line| !left.contains(line)).map(|line| line.id).collect();
    let emptied = LineChanges { delete: moved, insert: Vec::new() };
    if left.is_empty() {
        store::write_lines(tx, emptied).await?;
        let gone = vec![(cart::Column::Status, Expr::val(CartStatus::Merged))];
        if !store::change(tx, guest, sources.now(), gone).await? {
            return Err(Error::fault("a locked cart changed"));
        }
    } else {
        let second = attach(tx, sources, guest, account_id, emptied).await?;
        warnings.extend(second.warnings);
    }
    store::write_lines(tx, lines.changes()).await?;
    move_addresses(tx, guest, target).await?;
    let country = guest.cart().country_code.clone().filter(|_| target.cart().country_code.is_none()).map(Some);
    let outcome = Outcome { columns: details(guest.cart(), target.cart()), warnings, country };
    let Edited { snapshot, warnings } = finish(tx, sources, target, outcome).await?;
    Ok(MergeResult { cart_id: snapshot.cart.id, warnings })
}

/// Whether a line can be joined with an equal one, or there is room for one line more.
fn fits(lines: &Lines, line: &cart_line::Model) -> bool {
    lines.same(line.variant_id, &line.attributes_key).is_some() || lines.len() < MOST_LINES
}

/// Joins one line: units add up to what is in stock and to the most of a line, but a line never vanishes, and what the
/// customer's cart held already is never lowered.
fn pour_line(
    sources: &Sources,
    lines: &mut Lines,
    shelf: &Shelf,
    cart_id: CartId,
    line: &cart_line::Model,
) -> Option<Warning> {
    let same = lines.same(line.variant_id, &line.attributes_key).map(|same| (same.id, same.quantity));
    let (id, current) = same.map_or((None, 0), |(id, quantity)| (Some(id), quantity));
    let wanted = current + line.quantity;
    let room = shelf.room(lines, line.variant_id, id);
    let quantity = granted(wanted.min(MOST_OF_A_LINE), room).max(current).max(1);
    let target = match id {
        Some(id) => {
            lines.get_mut(id).into_iter().for_each(|line| line.quantity = quantity);
            id
        }
        None => {
            let joined = cart_line::Model { id: sources.id(), cart_id, quantity, ..line.clone() };
            let id = joined.id;
            lines.push(joined);
            id
        }
    };
    (quantity < wanted).then(|| short(shelf, line.variant_id, Target::Line(target), Shortage { room, quantity }))
}

/// Note, attributes, discount codes, gift cards, delivery choices and buyer of the guest's cart, where the customer's has none.
fn details(guest: &cart::Model, target: &cart::Model) -> Vec<store::ColumnChange> {
    let mut columns = Vec::new();
    if target.note.is_none() && guest.note.is_some() {
        columns.push((cart::Column::Note, Expr::val(guest.note.clone())));
    }
    if target.attributes.0.is_empty() && !guest.attributes.0.is_empty() {
        columns.push((cart::Column::Attributes, Expr::val(guest.attributes.clone())));
    }
    if target.discount_codes.0.is_empty() && !guest.discount_codes.0.is_empty() {
        columns.push((cart::Column::DiscountCodes, Expr::val(guest.discount_codes.clone())));
    }
    if let Some(ids) = gift_cards::joined(target, guest) {
        columns.push((cart::Column::GiftCardIds, Expr::val(ids)));
    }
    if target.delivery_choices.0.is_empty() && !guest.delivery_choices.0.is_empty() {
        columns.push((cart::Column::DeliveryChoices, Expr::val(guest.delivery_choices.clone())));
    }
    if target.preferences.is_none() && guest.preferences.is_some() {
        columns.push((cart::Column::Preferences, Expr::val(guest.preferences.clone())));
    }
    for (column, present, given) in
        [(cart::Column::Email, &target.email, &guest.email), (cart::Column::Phone, &target.phone, &guest.phone)]
    {
        if present.is_none() && given.is_some() {
            columns.push((column, Expr::val(given.clone())));
        }
    }
    columns
}

/// The guest's delivery addresses go along when the customer's cart has none.
async fn move_addresses(tx: &DatabaseTransaction, guest: &EditableCart, target: &EditableCart) -> Result<(), Error> {
    if store::addresses_of(tx, &[target.cart().id]).await?.is_empty() {
        cart_address::Entity::update_many()
            .col_expr(cart_address::Column::CartId, Expr::val(target.cart().id))
            .filter(cart_address::Column::CartId.eq(guest.cart().id))
            .exec(tx)
            .await?;
    }
    Ok(())
}
