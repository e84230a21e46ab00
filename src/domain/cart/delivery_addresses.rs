//! Delivery addresses of a cart: at most one of them is selected.

use entity::{address::Address, cart::cart_address, ids::CartAddressId};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};

use super::{EditableCart, Reason, Refusal, Target, Warning, WarningKind, checks, store};
use crate::{
    domain::shared::{Error, Failure, address},
    platform::{Sources, batch::padded},
};

/// Most delivery addresses of a cart.
pub(super) const MOST_ADDRESSES: usize = 20;

/// An address to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddress {
    /// The address.
    pub address: Address,
    /// Whether the cart is to be sent there; the cart's first address is, unless said otherwise.
    pub selected: Option<bool>,
}

/// A change of one address; `None` leaves as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressChange {
    /// The address.
    pub id: CartAddressId,
    /// Another address in its place.
    pub address: Option<Address>,
    /// Whether the cart is to be sent there.
    pub selected: Option<bool>,
}

pub(super) async fn add(
    tx: &DatabaseTransaction,
    sources: &Sources,
    cart: &EditableCart,
    new: Vec<NewAddress>,
) -> Result<Vec<Warning>, Failure<Refusal>> {
    let mut present = store::addresses_of(tx, &[cart.cart().id]).await?;
    let before = present.clone();
    if present.len() + new.len() > MOST_ADDRESSES {
        return Err(Failure::refuse(Refusal::new(Reason::TooManyAddresses, &["addresses"])));
    }
    let mut refusals = several_selected(new.iter().map(|new| new.selected));
    let mut warnings = Vec::new();
    for (index, new) in new.into_iter().enumerate() {
        let tidied = address::tidy(new.address);
        refusals.extend(problems(&tidied, index)?);
        let id = match present.iter().find(|row| row.address == tidied) {
            Some(row) => {
                warnings.push(Warning::new(WarningKind::DuplicateAddress, Target::Address(row.id)));
                row.id
            }
            None => {
                let selected = new.selected.unwrap_or(present.is_empty());
                let id = sources.id();
                let (cart_id, created_at) = (cart.cart().id, sources.now());
                present.push(cart_address::Model { id, cart_id, address: tidied, selected, created_at });
                id
            }
        };
        if new.selected == Some(true) {
            present.iter_mut().for_each(|row| row.selected = row.id == id);
        }
    }
    write(tx, refusals, &before, present).await?;
    Ok(warnings)
}

pub(super) async fn update(
    tx: &DatabaseTransaction,
    cart: &EditableCart,
    changes: Vec<AddressChange>,
) -> Result<Vec<Warning>, Failure<Refusal>> {
    let mut present = store::addresses_of(tx, &[cart.cart().id]).await?;
    let before = present.clone();
    let mut refusals = several_selected(changes.iter().map(|change| change.selected));
    for (index, change) in changes.into_iter().enumerate() {
        let Some(row) = present.iter_mut().find(|row| row.id == change.id) else {
            refusals.push(Refusal::at(Reason::AddressNotFound, "addresses", index, "id"));
            continue;
        };
        if let Some(address) = change.address {
            row.address = address::tidy(address);
            refusals.extend(problems(&row.address, index)?);
        }
        match change.selected {
            Some(true) => present.iter_mut().for_each(|row| row.selected = row.id == change.id),
            Some(false) => row.selected = false,
            None => {}
        }
    }
    write(tx, refusals, &before, present).await?;
    Ok(Vec::new())
}

pub(super) async fn remove(
    tx: &DatabaseTransaction,
    cart: &EditableCart,
    ids: &[CartAddressId],
) -> Result<Vec<Warning>, Failure<Refusal>> {
    let before = store::addresses_of(tx, &[cart.cart().id]).await?;
    let unknown = ids.iter().enumerate().filter(|(_, id)| !before.iter().any(|row| row.id == **id));
    let refusals =
        unknown.map(|(index, _)| Refusal::new(Reason::AddressNotFound, &["addressIds", &index.to_string()])).collect();
    let kept = before.iter().filter(|row| !ids.contains(&row.id)).cloned().collect();
    write(tx, refusals, &before, kept).await?;
    Ok(Vec::new())
}

/// Writes what differs: a changed row is deleted and inserted again.
async fn write(
    tx: &DatabaseTransaction,
    refusals: Vec<Refusal>,
    before: &[cart_address::Model],
    after: Vec<cart_address::Model>,
) -> Result<(), Failure<Refusal>> {
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let delete: Vec<CartAddressId> = before.iter().filter(|row| !after.contains(row)).map(|row| row.id).collect();
    if !delete.is_empty() {
        let gone = cart_address::Column::Id.is_in(padded(delete));
        cart_address::Entity::delete_many().filter(gone).exec(tx).await?;
    }
    insert(tx, after.into_iter().filter(|row| !before.contains(row)).collect()).await?;
    Ok(())
}

pub(super) async fn insert(tx: &DatabaseTransaction, rows: Vec<cart_address::Model>) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
    cart_address::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

fn several_selected(selected: impl Iterator<Item = Option<bool>>) -> Vec<Refusal> {
    let several = selected.filter(|selected| *selected == Some(true)).count() > 1;
    several.then(|| Refusal::new(Reason::SeveralAddressesSelected, &["addresses"])).into_iter().collect()
}

fn problems(address: &Address, index: usize) -> Result<Vec<Refusal>, Error> {
    let texts = [
        &address.first_name,
        &address.last_name,
        &address.company,
        &address.address1,
        &address.address2,
        &address.city,
        &address.province_code,
        &address.zip,
        &address.phone,
    ];
    texts.into_iter().flatten().try_for_each(|text| checks::refuse_nul("addresses", text))?;
    let refusals = address::problems(address).into_iter().map(|(field, problem)| {
        Refusal::new(Reason::Address(problem), &["addresses", &index.to_string(), "address", field])
    });
    Ok(refusals.collect())
}
