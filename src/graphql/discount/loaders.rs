//! The discounts' loader: one statement for all discounts, or codes of discounts, that a level of the query asks about.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use entity::{
    discount::{discount, discount_code},
    ids::DiscountId,
};

use crate::{
    domain::discount::{
        list::{self, CodeList},
        store,
    },
    graphql::loaders::LoadError,
    platform::Database,
};

/// Loads discounts. It keeps nothing: a mutation that runs between two fields is seen by the second.
#[derive(Debug)]
pub struct DiscountLoader(pub Database);

/// The request's loader.
pub(super) fn loader<'a>(ctx: &Context<'a>) -> &'a DataLoader<DiscountLoader> {
    ctx.data_unchecked::<DataLoader<DiscountLoader>>()
}

/// One part of a discount's codes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodesOf {
    /// The discount.
    pub discount: DiscountId,
    /// The part.
    pub list: CodeList,
}

/// How many codes a discount has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodeCount(pub DiscountId);

impl Loader<DiscountId> for DiscountLoader {
    type Value = Arc<discount::Model>;
    type Error = LoadError;

    async fn load(&self, ids: &[DiscountId]) -> Result<HashMap<DiscountId, Self::Value>, LoadError> {
        let rows = store::discounts(self.0.reader(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

impl Loader<CodeCount> for DiscountLoader {
    type Value = i64;
    type Error = LoadError;

    async fn load(&self, keys: &[CodeCount]) -> Result<HashMap<CodeCount, Self::Value>, LoadError> {
        let ids: Vec<DiscountId> = keys.iter().map(|key| key.0).collect();
        let counts = store::code_counts(self.0.reader(), &ids).await?;
        Ok(counts.into_iter().map(|(id, codes)| (CodeCount(id), codes)).collect())
    }
}

impl Loader<CodesOf> for DiscountLoader {
    type Value = Arc<Vec<discount_code::Model>>;
    type Error = LoadError;

    /// Keys that differ in the part are loaded by a statement each: there are as many as the query has such fields.
    async fn load(&self, keys: &[CodesOf]) -> Result<HashMap<CodesOf, Self::Value>, LoadError> {
        let mut parts: HashMap<&CodeList, Vec<DiscountId>> = HashMap::new();
        for key in keys {
            parts.entry(&key.list).or_default().push(key.discount);
        }
        let mut lists: HashMap<CodesOf, Vec<discount_code::Model>> = HashMap::new();
        for (list, discounts) in parts {
            for row in list::codes_of(self.0.reader(), list, &discounts).await? {
                lists.entry(CodesOf { discount: row.discount_id, list: list.clone() }).or_default().push(row);
            }
        }
        Ok(lists.into_iter().map(|(key, rows)| (key, Arc::new(rows))).collect())
    }
}
