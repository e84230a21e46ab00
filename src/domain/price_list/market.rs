//! For whom which list counts, and what a variant costs a buyer. No database: the lists are read, the engine chooses.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::{
    ids::{PriceListId, VariantId},
    money::{Currency, Money},
    price_list::{price_list, price_list_history, price_list_price},
};
use pricing::{Amount, Buyer, Country, ListPlace, Period, Price, PriceListKey, PricingError, Timestamp, choose};
use serde::{Deserialize, Serialize};

use crate::domain::{
    catalog::{PriceBreak, Variant},
    shared::Error,
    shop::Shop,
};

/// The shop's countries and the price lists that may count now or later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Market {
    /// The currency of variants' own prices.
    pub currency: Currency,
    home: String,
    countries: Vec<String>,
    lists: Vec<Terms>,
}

/// For whom and when a list counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Terms {
    pub id: PriceListId,
    pub currency: Currency,
    pub countries: Vec<String>,
    pub priority: i32,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
}

/// A price of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPrice {
    /// The list.
    pub list: PriceListId,
    /// The variant.
    pub variant: VariantId,
    /// From how many units on.
    pub minimum_quantity: i32,
    /// Price of one unit in minor units of the list's currency.
    pub amount_minor: i64,
    /// Former price in the same.
    pub compare_at_minor: Option<i64>,
}

impl From<price_list_price::Model> for ListPrice {
    fn from(row: price_list_price::Model) -> Self {
        Self {
            list: row.price_list_id,
            variant: row.variant_id,
            minimum_quantity: row.minimum_quantity,
            amount_minor: row.amount_minor,
            compare_at_minor: row.compare_at_minor,
        }
    }
}

/// A buyer as far as prices are shown to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shopper {
    /// The country whose prices count: the buyer's if the shop sells there, else the shop's own.
    pub country: String,
    /// The currency in which they pay.
    pub currency: Currency,
}

impl Terms {
    fn period(&self) -> Period {
        Period { starts_at: self.starts_at.map(timestamp), ends_at: self.ends_at.map(timestamp) }
    }

    fn place(&self) -> ListPlace {
        ListPlace {
            key: key(self.id),
            priority: self.priority,
            countries: self.countries.iter().filter_map(|code| code.parse().ok()).collect(),
            groups: Vec::new(),
        }
    }

    /// A price of this list as the engine takes it.
    pub fn price(&self, price: &ListPrice) -> Result<Price, PricingError> {
        Ok(Price {
            list: Some(self.place()),
            currency: engine_currency(self.currency)?,
            amount: Amount(price.amount_minor),
            compare_at: price.compare_at_minor.map(Amount),
            minimum_quantity: i64::from(price.minimum_quantity),
            period: self.period(),
        })
    }
}

impl From<price_list::Model> for Terms {
    fn from(row: price_list::Model) -> Self {
        Self {
            id: row.id,
            currency: row.currency,
            countries: row.country_codes.0,
            priority: row.priority,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        }
    }
}

impl Terms {
    /// What a list said at another time; its currency never changed.
    pub fn of_history(row: &price_list_history::Model, currency: Currency) -> Self {
        Self {
            id: row.price_list_id,
            currency,
            countries: row.country_codes.0.clone(),
            priority: row.priority,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        }
    }
}

impl Market {
    /// The market of a shop with these lists, which are active.
    #[must_use]
    pub fn new(shop: &Shop, lists: Vec<price_list::Model>) -> Self {
        Self {
            currency: shop.currency,
            home: shop.country_code.clone(),
            countries: shop.country_codes.0.clone(),
            lists: lists.into_iter().map(Terms::from).collect(),
        }
    }

    /// Who is shown prices when this country is asked for: the country if the shop sells there, else the shop's own; the
    /// currency of the list of the highest priority that counts now and names the country, else the shop's. A list that
    /// is for all countries brings its prices to those who pay in its currency, and nobody to its currency.
    #[must_use]
    pub fn shopper(&self, asked: Option<&str>, now: DateTime<Utc>) -> Shopper {
        let country = asked.filter(|asked| self.countries.iter().any(|code| code == asked)).unwrap_or(&self.home);
        let (country, now) = (country.to_owned(), timestamp(now));
        let naming = self.lists.iter().filter(|list| list.period().contains(now) && list.countries.contains(&country));
        let first = naming.min_by_key(|list| (-i64::from(list.priority), list.id));
        let currency = first.map_or(self.currency, |list| list.currency);
        Shopper { country, currency }
    }

    /// The currencies beside the shop's own in which buyers of its countries pay now, by code.
    #[must_use]
    pub fn other_currencies(&self, now: DateTime<Utc>) -> Vec<Currency> {
        let all = self.countries.iter().map(|code| self.shopper(Some(code), now).currency);
        let others: BTreeSet<Currency> = all.filter(|currency| *currency != self.currency).collect();
        others.into_iter().collect()
    }

    /// Gives a variant, as the catalog reads it, the price that it has for a buyer. Without one in the buyer's currency
    /// it keeps the shop's own, which is only shown: it is not `priced`.
    ///
    /// # Errors
    /// A price that the engine does not take.
    pub fn price(
        &self,
        shopper: &Shopper,
        now: DateTime<Utc>,
        variant: &mut Variant,
        prices: &[&ListPrice],
    ) -> Result<(), Error> {
        if prices.is_empty() && shopper.currency == self.currency {
            return Ok(());
        }
        let priced = self.candidates(variant, prices).and_then(|prices| offered(&prices, shopper, now));
        let offered = priced.map_err(|error| Error::fault(format!("a variant's price: {error}")))?;
        let money = |amount: Amount| Money::new(amount.0, shopper.currency);
        match offered {
            None => variant.priced = false,
            Some(Offered { amount, compare_at, breaks }) => {
                variant.price = money(amount);
                variant.compare_at = compare_at.map(money);
                let price_break = |(minimum_quantity, amount)| PriceBreak { minimum_quantity, price: money(amount) };
                variant.breaks = breaks.into_iter().map(price_break).collect();
            }
        }
        Ok(())
    }

    fn candidates(&self, variant: &Variant, prices: &[&ListPrice]) -> Result<Vec<Price>, PricingError> {
        let mut own = Price::own(engine_currency(variant.price.currency)?, Amount(variant.price.minor));
        own.compare_at = variant.compare_at.map(|before| Amount(before.minor));
        let mut candidates = vec![own];
        for price in prices {
            // A list that is not there any more, or not active, is no candidate.
            if let Some(list) = self.lists.iter().find(|list| list.id == price.list) {
                candidates.push(list.price(price)?);
            }
        }
        Ok(candidates)
    }
}

/// What a buyer is offered.
struct Offered {
    amount: Amount,
    compare_at: Option<Amount>,
    /// Quantities from which another price counts, with that price.
    breaks: Vec<(i64, Amount)>,
}

/// The price of one unit and where it changes with the quantity; nothing when one unit has no price.
fn offered(prices: &[Price], shopper: &Shopper, now: DateTime<Utc>) -> Result<Option<Offered>, PricingError> {
    let at = |quantity| match choose(prices, &buyer(shopper, quantity, timestamp(now))?) {
        Ok(chosen) => Ok(Some(chosen)),
        Err(PricingError::NoPrice) => Ok(None),
        Err(error) => Err(error),
    };
    let Some(one) = at(1)? else { return Ok(None) };
    let steps: BTreeSet<i64> = prices.iter().map(|price| price.minimum_quantity).collect();
    let mut last = one.amount;
    let mut breaks = Vec::new();
    for quantity in steps.into_iter().filter(|quantity| *quantity > 1) {
        if let Some(chosen) = at(quantity)?.filter(|chosen| chosen.amount != last) {
            last = chosen.amount;
            breaks.push((quantity, chosen.amount));
        }
    }
    Ok(Some(Offered { amount: one.amount, compare_at: one.compare_at, breaks }))
}

/// Whether one of these prices counts now for one unit, in this currency and whatever the country.
#[must_use]
pub fn has_price(prices: &[Price], currency: Currency, now: DateTime<Utc>) -> bool {
    engine_currency(currency).is_ok_and(|currency| {
        let buyer = Buyer { currency, country: None, groups: &[], quantity: 1, now: timestamp(now) };
        choose(prices, &buyer).is_ok()
    })
}

/// The buyer that the engine is told.
pub(super) fn buyer(shopper: &Shopper, quantity: i64, now: Timestamp) -> Result<Buyer<'static>, PricingError> {
    let country: Country = shopper.country.parse()?;
    Ok(Buyer { currency: engine_currency(shopper.currency)?, country: Some(country), groups: &[], quantity, now })
}

/// A currency as the engine knows it.
pub(super) fn engine_currency(currency: Currency) -> Result<pricing::Currency, PricingError> {
    // No currency has more than four digits.
    pricing::Currency::new(currency.as_str(), u8::try_from(currency.digits()).unwrap_or(u8::MAX))
}

/// A moment as the engine counts, in whole seconds.
pub(super) fn timestamp(moment: DateTime<Utc>) -> Timestamp {
    Timestamp(moment.timestamp())
}

/// A list as the engine calls it.
pub(super) fn key(id: PriceListId) -> PriceListKey {
    PriceListKey(id.0.as_u128())
}

#[cfg(test)]
mod tests {
    use entity::text_list::TextList;
    use uuid::Uuid;

    use super::*;

    fn terms(id: u128, currency: &str, countries: &[&str], priority: i32) -> Terms {
        Terms {
            id: PriceListId(Uuid::from_u128(id)),
            currency: currency.parse().expect("a code"),
            countries: TextList(countries.iter().map(|code| (*code).to_owned()).collect()).0,
            priority,
            starts_at: None,
            ends_at: None,
        }
    }

    fn market(lists: Vec<Terms>) -> Market {
        let countries = ["US", "CA", "DE"].map(str::to_owned).to_vec();
        Market { currency: Currency::USD, home: "US".to_owned(), countries, lists }
    }

    #[test]
    fn a_country_pays_in_the_currency_of_the_highest_list_that_names_it() {
        let now = DateTime::UNIX_EPOCH;
        let mut soon = terms(1, "CHF", &["DE"], 9);
        soon.starts_at = Some(now + chrono::Duration::hours(1));
        let market = market(vec![
            soon,
            terms(2, "EUR", &["DE"], 1),
            terms(3, "EUR", &["CA"], 0),
            terms(4, "CAD", &["CA"], 2),
            terms(5, "JPY", &[], 99),
        ]);
        let pays = |asked: Option<&str>| {
            let shopper = market.shopper(asked, now);
            format!("{} {}", shopper.country, shopper.currency)
        };
        assert_eq!(pays(Some("DE")), "DE EUR");
        assert_eq!(pays(Some("CA")), "CA CAD");
        assert_eq!(pays(Some("US")), "US USD");
        assert_eq!(pays(None), "US USD");
        assert_eq!(pays(Some("FR")), "US USD", "the shop does not sell there");
        let later = market.shopper(Some("DE"), now + chrono::Duration::hours(2));
        assert_eq!(later.currency.as_str(), "CHF");
    }
}
