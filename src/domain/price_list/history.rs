//! What was asked before: the points at which the price of one unit changed for a buyer, and the prior price of a reduction.
//!
//! A price list whose period begins or ends changes prices without anybody writing. So the rows of the history are not the
//! points themselves: they say what the variant's own price, each list's price and each list's terms were from when on, and
//! the points are derived from them and from the bounds of the periods. At each of these moments the engine chooses as it
//! chooses for a cart.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::{
    ids::{PriceListId, VariantId},
    money::{Currency, Money},
    price_list::{price_history, price_list_history},
};
use pricing::{Amount, Price, PricePoint, PricingError, Reductions, Timestamp, choose, lowest_in_30_days};
use sea_orm::ConnectionTrait;

use super::{
    market::{ListPrice, Shopper, Terms, buyer, engine_currency, timestamp},
    store,
};
use crate::domain::shared::Error;

/// The lowest price of the thirty days before the present reduction of each of some variants, for a buyer; what is not
/// reduced is left out. Two statements.
///
/// # Errors
/// The database's.
pub async fn prior_prices(
    db: &impl ConnectionTrait,
    shopper: &Shopper,
    now: DateTime<Utc>,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Money>, Error> {
    let mut asked: HashMap<VariantId, Vec<price_history::Model>> = HashMap::new();
    for row in store::history(db, shopper.currency, variants).await? {
        asked.entry(row.variant_id).or_default().push(row);
    }
    let lists: BTreeSet<PriceListId> = asked.values().flatten().filter_map(|row| row.price_list_id).collect();
    let mut terms: HashMap<PriceListId, Vec<price_list_history::Model>> = HashMap::new();
    for row in store::terms_history(db, lists.into_iter().collect()).await? {
        terms.entry(row.price_list_id).or_default().push(row);
    }
    let mut found = HashMap::new();
    for (variant, rows) in asked {
        let points = points(&rows, &terms, shopper, timestamp(now))
            .map_err(|error| Error::fault(format!("a variant's history of prices: {error}")))?;
        // Each reduction counts for itself, which never tells more than the stricter countries allow.
        if let Some(prior) = lowest_in_30_days(&points, timestamp(now), Reductions::Separately) {
            found.insert(variant, Money::new(prior.amount.0, shopper.currency));
        }
    }
    Ok(found)
}

/// The moments at which the price changed for a buyer, up to `now`. `rows` are one variant's in one currency; both they
/// and the terms are oldest first.
fn points(
    rows: &[price_history::Model],
    terms: &HashMap<PriceListId, Vec<price_list_history::Model>>,
    shopper: &Shopper,
    now: Timestamp,
) -> Result<Vec<PricePoint>, PricingError> {
    let mut by_list: HashMap<Option<PriceListId>, Vec<&price_history::Model>> = HashMap::new();
    for row in rows {
        by_list.entry(row.price_list_id).or_default().push(row);
    }
    let said: Vec<&price_list_history::Model> =
        by_list.keys().flatten().filter_map(|list| terms.get(list)).flatten().collect();
    let bounds = said.iter().flat_map(|terms| [Some(terms.since), terms.starts_at, terms.ends_at]).flatten();
    let moments = rows.iter().map(|row| row.since).chain(bounds).map(timestamp);
    let moments: BTreeSet<Timestamp> = moments.filter(|moment| *moment <= now).collect();
    let mut points = Vec::new();
    for since in moments {
        let mut prices = Vec::new();
        for (list, rows) in &by_list {
            let Some(amount_minor) = last(rows, |row| row.since, since).and_then(|row| row.amount_minor) else {
                continue;
            };
            match list {
                None => prices.push(Price::own(engine_currency(shopper.currency)?, Amount(amount_minor))),
                Some(list) => {
                    let terms: Vec<&price_list_history::Model> = terms.get(list).into_iter().flatten().collect();
                    let Some(said) = last(&terms, |row| row.since, since).filter(|row| row.active) else { continue };
                    prices.push(list_price(said, shopper.currency, rows, amount_minor)?);
                }
            }
        }
        match choose(&prices, &buyer(shopper, 1, since)?) {
            Ok(chosen) => points.push(PricePoint { since, amount: chosen.amount }),
            // While it had no price, no price was asked: the next one is compared with the one before.
            Err(PricingError::NoPrice) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(points)
}

fn list_price(
    said: &price_list_history::Model,
    currency: Currency,
    rows: &[&price_history::Model],
    amount_minor: i64,
) -> Result<Price, PricingError> {
    let variant = rows.first().map_or(VariantId(uuid::Uuid::nil()), |row| row.variant_id);
    let price =
        ListPrice { list: said.price_list_id, variant, minimum_quantity: 1, amount_minor, compare_at_minor: None };
    Terms::of_history(said, currency).price(&price)
}

/// The last of some rows, oldest first, that held at a moment. Of several in one second the last one counts.
fn last<'a, T>(rows: &[&'a T], since: impl Fn(&T) -> DateTime<Utc>, moment: Timestamp) -> Option<&'a T> {
    let place = rows.partition_point(|row| timestamp(since(row)) <= moment);
    place.checked_sub(1).and_then(|place| rows.get(place)).copied()
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use entity::text_list::TextList;
    use uuid::Uuid;

    use super::*;

    fn day(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::days(20_000 + day)
    }

    fn asked(list: Option<u128>, amount_minor: Option<i64>, since: i64) -> price_history::Model {
        price_history::Model {
            id: since,
            variant_id: VariantId(Uuid::nil()),
            currency: Currency::USD,
            price_list_id: list.map(|list| PriceListId(Uuid::from_u128(list))),
            amount_minor,
            since: day(since),
        }
    }

    fn said(
        list: u128,
        countries: &[&str],
        period: (Option<i64>, Option<i64>),
        since: i64,
    ) -> price_list_history::Model {
        price_list_history::Model {
            id: since,
            price_list_id: PriceListId(Uuid::from_u128(list)),
            country_codes: TextList(countries.iter().map(|code| (*code).to_owned()).collect()),
            priority: 0,
            starts_at: period.0.map(day),
            ends_at: period.1.map(day),
            active: true,
            since: day(since),
        }
    }

    fn told(
        rows: &[price_history::Model],
        terms: Vec<price_list_history::Model>,
        country: &str,
        now: i64,
    ) -> Vec<(i64, i64)> {
        let mut by_list: HashMap<PriceListId, Vec<price_list_history::Model>> = HashMap::new();
        for row in terms {
            by_list.entry(row.price_list_id).or_default().push(row);
        }
        let shopper = Shopper { country: country.to_owned(), currency: Currency::USD };
        let points = points(rows, &by_list, &shopper, timestamp(day(now))).expect("prices");
        points.iter().map(|point| (point.since.0 / Timestamp::DAY - 20_000, point.amount.0)).collect()
    }

    #[test]
    fn the_bounds_of_a_lists_period_are_points_for_those_whom_it_is_for() {
        let rows = [asked(None, Some(1_000), 0), asked(Some(7), Some(800), 10)];
        let terms = || vec![said(7, &["DE"], (Some(20), Some(30)), 5)];
        assert_eq!(told(&rows, terms(), "DE", 40), [(0, 1_000), (5, 1_000), (10, 1_000), (20, 800), (30, 1_000)]);
        assert!(told(&rows, terms(), "FR", 40).iter().all(|(_, amount)| *amount == 1_000));
        assert_eq!(told(&rows, terms(), "DE", 25).last(), Some(&(20, 800)), "what is to come is not yet true");
    }

    #[test]
    fn a_list_that_changed_its_terms_or_lost_its_price_is_read_as_it_was() {
        let rows = [asked(None, Some(1_000), 0), asked(Some(7), Some(800), 10), asked(Some(7), None, 40)];
        let mut ended = said(7, &[], (None, None), 30);
        ended.active = false;
        let terms = vec![said(7, &[], (None, None), 5), ended];
        assert_eq!(told(&rows, terms, "US", 50), [(0, 1_000), (5, 1_000), (10, 800), (30, 1_000), (40, 1_000)]);
    }
}
