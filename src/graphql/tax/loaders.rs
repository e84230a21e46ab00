//! The loader of taxes: one statement for all the classes, rates or customers that a level of the query asks about.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use entity::ids::{AccountId, TaxClassId, TaxZoneId};

use crate::{
    domain::{
        shared::Error,
        tax::{self, CustomerTax},
    },
    graphql::loaders::LoadError,
    platform::Database,
};

/// Loads taxes.
#[derive(Debug)]
pub struct TaxLoader(pub Database);

impl Loader<TaxClassId> for TaxLoader {
    type Value = tax::TaxClass;
    type Error = LoadError;

    async fn load(&self, ids: &[TaxClassId]) -> Result<HashMap<TaxClassId, Self::Value>, Self::Error> {
        let rows = tax::classes_by_ids(self.0.reader(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

/// The rates of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct RatesOf(pub TaxZoneId);

impl Loader<RatesOf> for TaxLoader {
    type Value = Arc<Vec<tax::TaxRate>>;
    type Error = LoadError;

    async fn load(&self, keys: &[RatesOf]) -> Result<HashMap<RatesOf, Self::Value>, Self::Error> {
        let zones: Vec<TaxZoneId> = keys.iter().map(|key| key.0).collect();
        let mut groups: HashMap<RatesOf, Vec<tax::TaxRate>> = HashMap::new();
        for row in tax::rates_of(self.0.reader(), &zones).await? {
            groups.entry(RatesOf(row.tax_zone_id)).or_default().push(row);
        }
        Ok(groups.into_iter().map(|(key, rows)| (key, Arc::new(rows))).collect())
    }
}

/// How a customer is taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct TaxOf(AccountId);

impl Loader<TaxOf> for TaxLoader {
    type Value = Arc<CustomerTax>;
    type Error = LoadError;

    async fn load(&self, keys: &[TaxOf]) -> Result<HashMap<TaxOf, Self::Value>, Self::Error> {
        let accounts: Vec<AccountId> = keys.iter().map(|key| key.0).collect();
        let found = tax::customer(self.0.reader(), &accounts).await?;
        Ok(found.into_iter().map(|(id, tax)| (TaxOf(id), Arc::new(tax))).collect())
    }
}

/// The request's loader.
pub(super) fn loader<'a>(ctx: &Context<'a>) -> &'a DataLoader<TaxLoader> {
    ctx.data_unchecked::<DataLoader<TaxLoader>>()
}

/// How a customer is taxed.
///
/// # Errors
/// The database's.
pub async fn customer_tax(ctx: &Context<'_>, id: AccountId) -> Result<Arc<CustomerTax>, Error> {
    Ok(loader(ctx).load_one(TaxOf(id)).await?.unwrap_or_default())
}
