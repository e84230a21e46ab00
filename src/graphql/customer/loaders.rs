//! The loader of customers: one statement for all that a level of the query asks about.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use entity::{
    customer::customer_address,
    ids::{AccountId, CustomerAddressId},
};

use super::Customer;
use crate::{
    domain::{auth::Account, customer, shared::Error},
    graphql::loaders::LoadError,
    platform::Database,
};

/// Loads customers.
#[derive(Debug)]
pub struct CustomerLoader(pub Database);

impl Loader<AccountId> for CustomerLoader {
    type Value = Arc<Account>;
    type Error = LoadError;

    async fn load(&self, ids: &[AccountId]) -> Result<HashMap<AccountId, Self::Value>, Self::Error> {
        let accounts = customer::find_all(self.0.reader(), ids).await?;
        Ok(accounts.into_iter().map(|account| (account.id, Arc::new(account))).collect())
    }
}

/// The addresses that a customer keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddressesOf(pub AccountId);

impl Loader<AddressesOf> for CustomerLoader {
    type Value = Arc<Vec<customer_address::Model>>;
    type Error = LoadError;

    async fn load(&self, keys: &[AddressesOf]) -> Result<HashMap<AddressesOf, Self::Value>, Self::Error> {
        let accounts: Vec<AccountId> = keys.iter().map(|key| key.0).collect();
        let mut groups: HashMap<AddressesOf, Vec<customer_address::Model>> = HashMap::new();
        for row in customer::addresses_of(self.0.reader(), &accounts).await? {
            groups.entry(AddressesOf(row.account_id)).or_default().push(row);
        }
        Ok(groups.into_iter().map(|(key, rows)| (key, Arc::new(rows))).collect())
    }
}

/// The address with an id, whoever's: who asks for it decides who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddressOf(pub CustomerAddressId);

impl Loader<AddressOf> for CustomerLoader {
    type Value = customer_address::Model;
    type Error = LoadError;

    async fn load(&self, keys: &[AddressOf]) -> Result<HashMap<AddressOf, Self::Value>, Self::Error> {
        let ids: Vec<CustomerAddressId> = keys.iter().map(|key| key.0).collect();
        let rows = customer::addresses(self.0.reader(), &ids).await?;
        Ok(rows.into_iter().map(|row| (AddressOf(row.id), row)).collect())
    }
}

/// An address, whoever's.
///
/// # Errors
/// The database's.
pub async fn address(ctx: &Context<'_>, id: CustomerAddressId) -> Result<Option<customer_address::Model>, Error> {
    Ok(ctx.data_unchecked::<DataLoader<CustomerLoader>>().load_one(AddressOf(id)).await?)
}

/// The addresses that a customer keeps, the default one first.
///
/// # Errors
/// The database's.
pub async fn addresses(ctx: &Context<'_>, id: AccountId) -> Result<Arc<Vec<customer_address::Model>>, Error> {
    Ok(ctx.data_unchecked::<DataLoader<CustomerLoader>>().load_one(AddressesOf(id)).await?.unwrap_or_default())
}

/// The customer with this id.
///
/// # Errors
/// The database's.
pub async fn load(ctx: &Context<'_>, id: AccountId) -> Result<Option<Customer>, Error> {
    let account = ctx.data_unchecked::<DataLoader<CustomerLoader>>().load_one(id).await?;
    Ok(account.map(|account| Customer(Account::clone(&account))))
}
