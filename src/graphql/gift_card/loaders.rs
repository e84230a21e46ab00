//! The loader of gift cards: one statement for all that a level of the query asks about.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use entity::ids::{GiftCardId, OrderId};

use crate::{
    domain::{
        gift_card::{self, Entry, GiftCard},
        shared::Error,
    },
    graphql::loaders::LoadError,
    platform::Database,
};

/// Loads gift cards and their ledgers.
#[derive(Debug)]
pub struct GiftCardLoader(pub Database);

impl Loader<GiftCardId> for GiftCardLoader {
    type Value = Arc<GiftCard>;
    type Error = LoadError;

    async fn load(&self, ids: &[GiftCardId]) -> Result<HashMap<GiftCardId, Self::Value>, Self::Error> {
        let cards = gift_card::gift_cards(self.0.reader(), ids).await?;
        Ok(cards.into_iter().map(|card| (card.id, Arc::new(card))).collect())
    }
}

/// The ledger of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntriesOf(pub GiftCardId);

impl Loader<EntriesOf> for GiftCardLoader {
    type Value = Arc<Vec<Entry>>;
    type Error = LoadError;

    async fn load(&self, keys: &[EntriesOf]) -> Result<HashMap<EntriesOf, Self::Value>, Self::Error> {
        let cards: Vec<GiftCardId> = keys.iter().map(|key| key.0).collect();
        let entries = gift_card::entries_of(self.0.reader(), &cards).await?;
        Ok(grouped(entries, |entry| Some(EntriesOf(entry.gift_card_id))))
    }
}

/// What cards paid for an order and got back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PaidFor(pub OrderId);

impl Loader<PaidFor> for GiftCardLoader {
    type Value = Arc<Vec<Entry>>;
    type Error = LoadError;

    async fn load(&self, keys: &[PaidFor]) -> Result<HashMap<PaidFor, Self::Value>, Self::Error> {
        let orders: Vec<OrderId> = keys.iter().map(|key| key.0).collect();
        let entries = gift_card::paid_by(self.0.reader(), &orders).await?;
        Ok(grouped(entries, |entry| entry.order_id.map(PaidFor)))
    }
}

/// Entries by the key they belong to, in their order.
fn grouped<K: Eq + std::hash::Hash>(
    entries: Vec<Entry>,
    key: impl Fn(&Entry) -> Option<K>,
) -> HashMap<K, Arc<Vec<Entry>>> {
    let mut groups: HashMap<K, Vec<Entry>> = HashMap::new();
    for entry in entries {
        if let Some(key) = key(&entry) {
            groups.entry(key).or_default().push(entry);
        }
    }
    groups.into_iter().map(|(key, entries)| (key, Arc::new(entries))).collect()
}

/// A card, whoever's: who asks for it decides who may see it.
///
/// # Errors
/// The database's.
pub async fn load(ctx: &Context<'_>, id: GiftCardId) -> Result<Option<Arc<GiftCard>>, Error> {
    Ok(ctx.data_unchecked::<DataLoader<GiftCardLoader>>().load_one(id).await?)
}

/// The ledger of a card, oldest entry first.
///
/// # Errors
/// The database's.
pub(super) async fn entries(ctx: &Context<'_>, id: GiftCardId) -> Result<Vec<Entry>, Error> {
    let found = ctx.data_unchecked::<DataLoader<GiftCardLoader>>().load_one(EntriesOf(id)).await?;
    Ok(found.map(|entries| entries.to_vec()).unwrap_or_default())
}

/// What cards paid for an order and got back, oldest entry first.
///
/// # Errors
/// The database's.
pub async fn paid_for(ctx: &Context<'_>, id: OrderId) -> Result<Arc<Vec<Entry>>, Error> {
    Ok(ctx.data_unchecked::<DataLoader<GiftCardLoader>>().load_one(PaidFor(id)).await?.unwrap_or_default())
}
