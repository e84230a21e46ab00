//! A customer's addresses: at most 50, and one of them is the default as soon as there is one. The account's row is
//! locked for each change, so that two at once cannot make two defaults.

use entity::{
    address::Address,
    customer::customer_address,
    ids::{AccountId, CustomerAddressId},
};

use super::{address_errors::AddressRefusal, address_store, store};
use crate::{
    domain::shared::{Error, Failure, address},
    platform::{Database, Sources, tx, tx::WriteTx},
};

/// Most addresses of a customer.
pub const MOST_ADDRESSES: usize = 50;

type Refused = Failure<AddressRefusal>;

/// Keeps another address. The first one is the default.
///
/// # Errors
/// Refused with every reason; `Unauthenticated` when the account is gone; faults.
pub async fn create_address(
    db: &Database,
    sources: &Sources,
    account_id: AccountId,
    given: Address,
    is_default: bool,
) -> Result<customer_address::Model, Refused> {
    let address = checked(given)?;
    let (tx, present) = locked(db, account_id).await?;
    if present.len() >= MOST_ADDRESSES {
        return Err(Failure::refuse(AddressRefusal::TooMany));
    }
    if present.iter().any(|row| row.address == address) {
        return Err(Failure::refuse(AddressRefusal::AlreadyThere));
    }
    let now = sources.now();
    let is_default = is_default || present.is_empty();
    let row =
        customer_address::Model { id: sources.id(), account_id, address, is_default, created_at: now, updated_at: now };
    if is_default {
        address_store::clear_default(&tx, account_id).await?;
    }
    address_store::insert(&tx, row.clone()).await?;
    tx.commit().await?;
    Ok(row)
}

/// Changes an address by `change`, and makes it the default or not.
///
/// # Errors
/// Refused with every reason; `Unauthenticated` when the account is gone; faults.
pub async fn change_address(
    db: &Database,
    sources: &Sources,
    (account_id, id): (AccountId, CustomerAddressId),
    change: impl FnOnce(&mut Address) + Send,
    is_default: Option<bool>,
) -> Result<customer_address::Model, Refused> {
    let (tx, present) = locked(db, account_id).await?;
    let found = present.iter().find(|row| row.id == id).cloned();
    let mut row = found.ok_or_else(|| Failure::refuse(AddressRefusal::NotFound))?;
    change(&mut row.address);
    row.address = checked(row.address)?;
    if present.iter().any(|other| other.id != id && other.address == row.address) {
        return Err(Failure::refuse(AddressRefusal::AlreadyThere));
    }
    match is_default {
        Some(false) if row.is_default => return Err(Failure::refuse(AddressRefusal::DefaultStays)),
        Some(true) if !row.is_default => {
            address_store::clear_default(&tx, account_id).await?;
            row.is_default = true;
        }
        Some(_) | None => {}
    }
    row.updated_at = sources.now();
    address_store::write(&tx, row.clone()).await?;
    tx.commit().await?;
    Ok(row)
}

/// Forgets an address. When it was the default, the oldest of the others is.
///
/// # Errors
/// Refused when the customer has no such address; `Unauthenticated` when the account is gone; faults.
pub async fn delete_address(db: &Database, account_id: AccountId, id: CustomerAddressId) -> Result<(), Refused> {
    let (tx, present) = locked(db, account_id).await?;
    let gone = present.iter().find(|row| row.id == id).ok_or_else(|| Failure::refuse(AddressRefusal::NotFound))?;
    address_store::delete(&tx, id).await?;
    if let (true, Some(next)) = (gone.is_default, present.iter().find(|row| row.id != id)) {
        address_store::set_default(&tx, next.id).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn locked(db: &Database, account_id: AccountId) -> Result<(WriteTx, Vec<customer_address::Model>), Refused> {
    let tx = tx::begin(db).await?;
    store::find_locked(&tx, account_id).await?.ok_or(Error::Unauthenticated)?;
    let present = address_store::addresses_of(&*tx, &[account_id]).await?;
    Ok((tx, present))
}

fn checked(given: Address) -> Result<Address, Refused> {
    let address = address::tidy(given);
    let problems = address::problems(&address);
    let refusals: Vec<_> =
        problems.into_iter().map(|(field, problem)| AddressRefusal::Field { field, problem }).collect();
    if refusals.is_empty() { Ok(address) } else { Err(Failure::Refused(refusals)) }
}
