//! The loader of customers: one statement for all that a level of the query asks about.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use entity::ids::AccountId;

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

/// The customer with this id.
///
/// # Errors
/// The database's.
pub async fn load(ctx: &Context<'_>, id: AccountId) -> Result<Option<Customer>, Error> {
    let account = ctx.data_unchecked::<DataLoader<CustomerLoader>>().load_one(id).await?;
    Ok(account.map(|account| Customer(Account::clone(&account))))
}
