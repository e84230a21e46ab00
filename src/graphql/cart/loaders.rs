//! The carts' loader: all carts of a level in as many statements as one.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};

use crate::{
    domain::{
        cart::{self, CartAccess, CartSnapshot},
        shared::Error,
    },
    graphql::loaders::LoadError,
    platform::{Database, Sources},
};

/// Loads carts for those who hold the proof that they may open them.
#[derive(Debug)]
pub struct CartLoader {
    database: Database,
    sources: Sources,
}

impl CartLoader {
    /// A loader over this database.
    #[must_use]
    pub fn new(database: Database, sources: Sources) -> Self {
        Self { database, sources }
    }
}

impl Loader<CartAccess> for CartLoader {
    type Value = Arc<CartSnapshot>;
    type Error = LoadError;

    async fn load(&self, keys: &[CartAccess]) -> Result<HashMap<CartAccess, Self::Value>, LoadError> {
        let found = cart::open_all(self.database.reader(), self.sources.now(), keys).await?;
        let found: HashMap<_, _> = found.into_iter().map(|snapshot| (snapshot.cart.id, Arc::new(snapshot))).collect();
        let snapshot_of = |key: &CartAccess| found.get(&key.cart_id()).map(|snapshot| (*key, Arc::clone(snapshot)));
        Ok(keys.iter().filter_map(snapshot_of).collect())
    }
}

/// The cart that the caller may open; a foreign one is not there, like one that never was.
///
/// # Errors
/// The database's.
pub async fn load(ctx: &Context<'_>, access: CartAccess) -> Result<Option<Arc<CartSnapshot>>, Error> {
    Ok(ctx.data_unchecked::<DataLoader<CartLoader>>().load_one(access).await?)
}
