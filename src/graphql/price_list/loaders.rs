//! The loader of price lists: a statement for all lists of a level of the query, and for the same part of their prices.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{ids::PriceListId, price_list::price_list_price};

use crate::{
    domain::price_list::{self, list::PricesPart},
    graphql::loaders::LoadError,
    platform::Database,
};

/// Loads price lists.
#[derive(Debug)]
pub struct PriceListLoader {
    database: Database,
}

impl PriceListLoader {
    /// A loader over this database.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database }
    }
}

/// One part of a list's prices, with one more than the part has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PricesOf {
    pub list: PriceListId,
    pub part: PricesPart,
}

impl Loader<PriceListId> for PriceListLoader {
    type Value = price_list::PriceList;
    type Error = LoadError;

    async fn load(&self, ids: &[PriceListId]) -> Result<HashMap<PriceListId, Self::Value>, LoadError> {
        let rows = price_list::by_ids(self.database.reader(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

impl Loader<PricesOf> for PriceListLoader {
    type Value = Arc<Vec<price_list_price::Model>>;
    type Error = LoadError;

    async fn load(&self, keys: &[PricesOf]) -> Result<HashMap<PricesOf, Self::Value>, LoadError> {
        let mut parts: HashMap<&PricesPart, Vec<PriceListId>> = HashMap::new();
        for key in keys {
            parts.entry(&key.part).or_default().push(key.list);
        }
        let mut found: HashMap<PricesOf, Vec<price_list_price::Model>> = HashMap::new();
        for (part, lists) in parts {
            for row in price_list::list::parts(self.database.reader(), part, &lists).await? {
                found.entry(PricesOf { list: row.price_list_id, part: part.clone() }).or_default().push(row);
            }
        }
        Ok(found.into_iter().map(|(key, rows)| (key, Arc::new(rows))).collect())
    }
}
