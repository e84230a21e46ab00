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

/// Where the address of an input comes from, as the edge found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressSource {
    /// It was sent, or copied from the customer's.
    Given(Box<Address>),
    /// The customer who is signed in has no such address.
    NotTheCustomers,
    /// None was sent, or two.
    NotOne,
}

/// How much of an address must be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Completeness {
    /// The country. The rest is asked for when the cart is completed.
    #[default]
    Country,
    /// Everything without which nothing can be delivered.
    Deliverable,
}

/// An address to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddress {
    /// The address.
    pub address: AddressSource,
    /// Whether the cart is to be sent there; the cart's first address is, unless said otherwise.
    pub selected: Option<bool>,
    /// Whether it is for this cart only.
    pub one_time_use: bool,
    /// How much of it must be there.
    pub completeness: Completeness,
}

/// A change of one address; `None` leaves as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressChange {
    /// The address.
    pub id: CartAddressId,
    /// Another address in its place.
    pub address: Option<AddressSource>,
    /// Whether the cart is to be sent there.
    pub selected: Option<bool>,
    /// Whether it is for this cart only.
    pub one_time_use: Option<bool>,
    /// How much of another address must be there.
    pub completeness: Completeness,
}

/// The list of an input that addresses stand in, for the paths of refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressList {
    /// `addresses[].address.deliveryAddress`
    Argument,
    /// `delivery.addresses[].address.deliveryAddress`
    NewCart,
    /// `buyerIdentity.deliveryAddressPreferences[].deliveryAddress`
    Preferences,
}

impl AddressList {
    fn path(self) -> &'static [&'static str] {
        match self {
            Self::Argument => &["addresses"],
            Self::NewCart => &["delivery", "addresses"],
            Self::Preferences => &["buyerIdentity", "deliveryAddressPreferences"],
        }
    }

    fn refusal(self, reason: Reason, index: usize, rest: &[&str]) -> Refusal {
        Refusal::new(reason, &[self.path(), &[&index.to_string()], rest].concat())
    }

    /// The address of an item, tidied, or what is wrong with it.
    fn check(
        self,
        index: usize,
        source: AddressSource,
        completeness: Completeness,
    ) -> Result<Result<Address, Vec<Refusal>>, Error> {
        let (whole, sent, copied): (&[&str], &[&str], &[&str]) = match self {
            Self::Argument | Self::NewCart => {
                (&["address"], &["address", "deliveryAddress"], &["address", "copyFromCustomerAddressId"])
            }
            Self::Preferences => (&[], &["deliveryAddress"], &["customerAddressId"]),
        };
        let address = match source {
            AddressSource::Given(address) => address::tidy(*address),
            AddressSource::NotTheCustomers => {
                return Ok(Err(vec![self.refusal(Reason::AddressNotFound, index, copied)]));
            }
            AddressSource::NotOne => return Ok(Err(vec![self.refusal(Reason::AddressNotOne, index, whole)])),
        };
        refuse_nul_in(&address)?;
        let problems = match completeness {
            Completeness::Country => address::problems_so_far(&address),
            Completeness::Deliverable => address::problems(&address),
        };
        let refusals: Vec<Refusal> = problems
            .into_iter()
            .map(|(field, problem)| self.refusal(Reason::Address(problem), index, &[sent, &[field]].concat()))
            .collect();
        Ok(if refusals.is_empty() { Ok(address) } else { Err(refusals) })
    }
}

pub(super) async fn add(
    tx: &DatabaseTransaction,
    sources: &Sources,
    cart: &EditableCart,
    new: Vec<NewAddress>,
    list: AddressList,
) -> Result<Vec<Warning>, Failure<Refusal>> {
    let before = store::addresses_of(tx, &[cart.cart().id]).await?;
    let present = before.clone();
    put(tx, sources, cart, Rows { before, present }, new, list).await
}

/// The addresses in place of all the present ones.
pub(super) async fn replace(
    tx: &DatabaseTransaction,
    sources: &Sources,
    cart: &EditableCart,
    new: Vec<NewAddress>,
    list: AddressList,
) -> Result<Vec<Warning>, Failure<Refusal>> {
    let before = store::addresses_of(tx, &[cart.cart().id]).await?;
    put(tx, sources, cart, Rows { before, present: Vec::new() }, new, list).await
}

/// The addresses of a cart as they were, and those that stay.
struct Rows {
    before: Vec<cart_address::Model>,
    present: Vec<cart_address::Model>,
}

async fn put(
    tx: &DatabaseTransaction,
    sources: &Sources,
    cart: &EditableCart,
    Rows { before, mut present }: Rows,
    new: Vec<NewAddress>,
    list: AddressList,
) -> Result<Vec<Warning>, Failure<Refusal>> {
    if present.len() + new.len() > MOST_ADDRESSES {
        return Err(Failure::refuse(Refusal::new(Reason::TooManyAddresses, list.path())));
    }
    let mut refusals = several_selected(new.iter().map(|new| new.selected), list);
    let mut warnings = Vec::new();
    for (index, new) in new.into_iter().enumerate() {
        let NewAddress { address, selected, one_time_use, completeness } = new;
        let address = match list.check(index, address, completeness)? {
            Ok(address) => address,
            Err(reasons) => {
                refusals.extend(reasons);
                continue;
            }
        };
        let id = match present.iter().find(|row| row.address == address) {
            Some(row) => {
                warnings.push(Warning::new(WarningKind::DuplicateAddress, Target::Address(row.id)));
                row.id
            }
            None => {
                let selected = selected.unwrap_or(present.is_empty());
                let id = sources.id();
                let (cart_id, created_at) = (cart.cart().id, sources.now());
                present.push(cart_address::Model { id, cart_id, address, selected, one_time_use, created_at });
                id
            }
        };
        if selected == Some(true) {
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
    let list = AddressList::Argument;
    let mut present = store::addresses_of(tx, &[cart.cart().id]).await?;
    let before = present.clone();
    let mut refusals = several_selected(changes.iter().map(|change| change.selected), list);
    for (index, change) in changes.into_iter().enumerate() {
        let Some(row) = present.iter_mut().find(|row| row.id == change.id) else {
            refusals.push(list.refusal(Reason::AddressNotFound, index, &["id"]));
            continue;
        };
        if let Some(source) = change.address {
            match list.check(index, source, change.completeness)? {
                Ok(address) => row.address = address,
                Err(reasons) => refusals.extend(reasons),
            }
        }
        row.one_time_use = change.one_time_use.unwrap_or(row.one_time_use);
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

fn several_selected(selected: impl Iterator<Item = Option<bool>>, list: AddressList) -> Vec<Refusal> {
    let several = selected.filter(|selected| *selected == Some(true)).count() > 1;
    several.then(|| Refusal::new(Reason::SeveralAddressesSelected, list.path())).into_iter().collect()
}

fn refuse_nul_in(address: &Address) -> Result<(), Error> {
    let texts = [
        &address.first_name,
        &address.last_name,
        &address.company,
        &address.address1,
        &address.address2,
        &address.city,
        &address.province,
        &address.province_code,
        &address.zip,
        &address.country_code,
        &address.phone,
    ];
    texts.into_iter().flatten().try_for_each(|text| checks::refuse_nul("addresses", text))
}
