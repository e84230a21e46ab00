//! The prices of a buyer: what price lists make of variants' own prices for the country of the request.
//!
//! What is kept is the same for every buyer and at every moment: all active lists, and all their prices by product. Who
//! buys and what time it is come in when a request is answered, so that no price outlives the period of its list. A shop
//! without lists is asked for none: where the cache is used it tells that there is no list, elsewhere the statement that
//! read the variants did.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    sync::Arc,
};

use async_graphql::{Context, dataloader::Loader};
use entity::{
    ids::{ProductId, VariantId},
    money::{Currency, Money},
};

use super::loaders::{CatalogLoader, loader};
use crate::{
    domain::{
        catalog::{Variant, cached},
        price_list::{self, ListPrice, Market},
        shared::Error,
        shop,
    },
    graphql::loaders::LoadError,
    platform::cache::{CacheKey, Key},
};

/// The shop's countries and price lists; nothing where there is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PriceLists;

/// What lists ask for a product's variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct ListPricesOf(ProductId);

/// The lowest price of the thirty days before the present reduction of a variant, which the buyer pays in this currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct PriorPriceOf {
    pub variant: VariantId,
    pub currency: Currency,
}

impl CacheKey for PriceLists {
    fn cache_key(&self) -> Key {
        cached::price_lists()
    }
}

impl CacheKey for ListPricesOf {
    fn cache_key(&self) -> Key {
        cached::list_prices(self.0)
    }
}

/// The shop's price lists, if it has one.
///
/// # Errors
/// The database's.
pub async fn market(ctx: &Context<'_>) -> Result<Option<Arc<Market>>, Error> {
    Ok(loader(ctx).load_one(PriceLists).await?)
}

type Lists<K> = HashMap<K, Arc<Vec<Variant>>>;

impl CatalogLoader {
    async fn market(&self) -> Result<Option<Arc<Market>>, LoadError> {
        let load = |keys: Vec<PriceLists>| async move {
            let market = price_list::market(self.database.reader()).await?.map(Arc::new);
            Ok(keys.into_iter().zip(market).collect())
        };
        Ok(self.cached(&[PriceLists], load).await?.remove(&PriceLists))
    }

    /// Variants with the buyer's prices in place of their own.
    pub(super) async fn priced<K: Eq + Hash>(&self, mut lists: Lists<K>) -> Result<Lists<K>, LoadError> {
        let Some(market) = self.market_of(lists.values().flat_map(|list| list.iter())).await? else { return Ok(lists) };
        let mut owned: Vec<(&mut Arc<Vec<Variant>>, Vec<Variant>)> = lists
            .values_mut()
            .map(|list| {
                let own = Vec::clone(list);
                (list, own)
            })
            .collect();
        self.reprice(&market, owned.iter_mut().flat_map(|(_, own)| own.iter_mut()).collect()).await?;
        for (list, own) in owned {
            *list = Arc::new(own);
        }
        Ok(lists)
    }

    /// Gives variants the buyer's prices in place of their own.
    pub(super) async fn price(&self, variants: Vec<&mut Variant>) -> Result<(), LoadError> {
        match self.market_of(variants.iter().map(|variant| &**variant)).await? {
            Some(market) => self.reprice(&market, variants).await,
            None => Ok(()),
        }
    }

    /// The market, if it may change these prices.
    async fn market_of<'v>(
        &self,
        mut variants: impl Iterator<Item = &'v Variant>,
    ) -> Result<Option<Arc<Market>>, LoadError> {
        // Without a cache, the variants were read now, and with them whether there are lists.
        let ask =
            if self.trusted_cache().is_some() { variants.next().is_some() } else { variants.any(|one| one.lists) };
        if ask { self.market().await } else { Ok(None) }
    }

    async fn reprice(&self, market: &Market, variants: Vec<&mut Variant>) -> Result<(), LoadError> {
        let now = self.sources.now();
        let shopper = market.shopper(self.country.as_deref(), now);
        let prices = self.list_prices(&variants).await?;
        let mut of_variant: HashMap<VariantId, Vec<&ListPrice>> = HashMap::new();
        for price in prices.iter().flat_map(|list| list.iter()) {
            of_variant.entry(price.variant).or_default().push(price);
        }
        for variant in variants {
            let prices = of_variant.get(&variant.id()).map_or(&[][..], Vec::as_slice);
            market.price(&shopper, now, variant, prices)?;
        }
        Ok(())
    }

    async fn list_prices(&self, variants: &[&mut Variant]) -> Result<Vec<Arc<Vec<ListPrice>>>, LoadError> {
        if self.trusted_cache().is_none() {
            let ids: Vec<VariantId> = variants.iter().map(|variant| variant.id()).collect();
            return Ok(vec![Arc::new(price_list::list_prices(self.database.reader(), &ids).await?)]);
        }
        let products: HashSet<ProductId> = variants.iter().map(|variant| variant.row.product_id).collect();
        let keys: Vec<ListPricesOf> = products.into_iter().map(ListPricesOf).collect();
        let load = |keys: Vec<ListPricesOf>| async move {
            let products: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
            let prices = price_list::list_prices_of(self.database.reader(), &products).await?;
            Ok(prices.into_iter().map(|(product, prices)| (ListPricesOf(product), Arc::new(prices))).collect())
        };
        let found: HashMap<ListPricesOf, Arc<Vec<ListPrice>>> = self.cached(&keys, load).await?;
        Ok(found.into_values().collect())
    }
}

impl Loader<PriceLists> for CatalogLoader {
    type Value = Arc<Market>;
    type Error = LoadError;

    async fn load(&self, keys: &[PriceLists]) -> Result<HashMap<PriceLists, Self::Value>, Self::Error> {
        Ok(keys.iter().copied().zip(self.market().await?).collect())
    }
}

impl Loader<PriorPriceOf> for CatalogLoader {
    type Value = Money;
    type Error = LoadError;

    async fn load(&self, keys: &[PriorPriceOf]) -> Result<HashMap<PriorPriceOf, Self::Value>, Self::Error> {
        let now = self.sources.now();
        let market = match self.market().await? {
            Some(market) => market,
            // There may have been lists before.
            None => Arc::new(Market::new(&shop::get(self.database.reader()).await?, Vec::new())),
        };
        let country = market.shopper(self.country.as_deref(), now).country;
        let mut prior = HashMap::new();
        let currencies: HashSet<Currency> = keys.iter().map(|key| key.currency).collect();
        // All prices of a buyer are in one currency, unless the country's changed while the query ran.
        for currency in currencies {
            let shopper = price_list::Shopper { country: country.clone(), currency };
            let variants: Vec<VariantId> =
                keys.iter().filter(|key| key.currency == currency).map(|key| key.variant).collect();
            let found = price_list::prior_prices(self.database.reader(), &shopper, now, &variants).await?;
            prior.extend(found.into_iter().map(|(variant, money)| (PriorPriceOf { variant, currency }, money)));
        }
        Ok(prior)
    }
}
