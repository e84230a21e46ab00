//! The queries of price lists: each a statement, however many variants it is asked about.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    catalog::variant,
    ids::{PriceListId, ProductId, VariantId},
    money::Currency,
    price_list::{price_history, price_list, price_list_history, price_list_price},
};
use pricing::{Country, Price};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QueryTrait,
    sea_query::{Expr, Func, Order, Query},
};

use super::market::{ListPrice, Market, Terms};
use crate::{
    domain::{shared::Error, shop},
    platform::batch::padded,
};

/// All lists, those of the highest priority first.
///
/// # Errors
/// The database's.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<price_list::Model>, Error> {
    let select =
        price_list::Entity::find().order_by_desc(price_list::Column::Priority).order_by_asc(price_list::Column::Id);
    Ok(select.all(db).await?)
}

/// Lists by their ids.
///
/// # Errors
/// The database's.
pub async fn by_ids(db: &impl ConnectionTrait, ids: &[PriceListId]) -> Result<Vec<price_list::Model>, Error> {
    let ids = padded(ids.iter().copied());
    Ok(price_list::Entity::find().filter(price_list::Column::Id.is_in(ids)).all(db).await?)
}

/// The lists that may count, and the shop's countries; `None` without a list, in one statement.
///
/// # Errors
/// The database's.
pub async fn market(db: &impl ConnectionTrait) -> Result<Option<Market>, Error> {
    let lists = price_list::Entity::find().filter(price_list::Column::Active.eq(true)).all(db).await?;
    if lists.is_empty() {
        return Ok(None);
    }
    Ok(Some(Market::new(&shop::get(db).await?, lists)))
}

/// What lists ask for all variants of some products, by product.
///
/// # Errors
/// The database's.
pub async fn list_prices_of(
    db: &impl ConnectionTrait,
    products: &[ProductId],
) -> Result<HashMap<ProductId, Vec<ListPrice>>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        product_id: ProductId,
        #[sea_orm(nested)]
        price: price_list_price::Model,
    }
    let mut select = price_list_price::Entity::find();
    QueryTrait::query(&mut select)
        .expr_as(Expr::col((variant::Entity, variant::Column::ProductId)), "product_id")
        .join(JoinType::InnerJoin, variant::Entity, Expr::cust("variant.id = price_list_price.variant_id"));
    let products = padded(products.iter().copied());
    let rows = select.filter(variant::Column::ProductId.is_in(products)).into_model::<Row>().all(db).await?;
    let mut prices: HashMap<ProductId, Vec<ListPrice>> = HashMap::new();
    for row in rows {
        prices.entry(row.product_id).or_default().push(row.price.into());
    }
    Ok(prices)
}

/// What lists ask for some variants.
///
/// # Errors
/// The database's.
pub async fn list_prices(db: &impl ConnectionTrait, variants: &[VariantId]) -> Result<Vec<ListPrice>, Error> {
    let variants = padded(variants.iter().copied());
    let select = price_list_price::Entity::find().filter(price_list_price::Column::VariantId.is_in(variants));
    Ok(select.all(db).await?.into_iter().map(ListPrice::from).collect())
}

/// What lists ask for some variants in a currency, as the engine takes it: the prices of every list that is active and
/// not over at `now`, for whatever country, quantity and time; the engine chooses. Variants without such a price are left
/// out. One statement.
///
/// # Errors
/// The database's.
pub async fn prices(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    currency: Currency,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Vec<Price>>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        list: price_list::Model,
        variant_id: VariantId,
        minimum_quantity: i32,
        amount_minor: i64,
        compare_at_minor: Option<i64>,
    }
    if variants.is_empty() {
        return Ok(HashMap::new());
    }
    let price = |column: price_list_price::Column| Expr::col((price_list_price::Entity, column));
    let mut select = price_list::Entity::find();
    QueryTrait::query(&mut select)
        .expr_as(price(price_list_price::Column::VariantId), "variant_id")
        .expr_as(price(price_list_price::Column::MinimumQuantity), "minimum_quantity")
        .expr_as(price(price_list_price::Column::AmountMinor), "amount_minor")
        .expr_as(price(price_list_price::Column::CompareAtMinor), "compare_at_minor")
        .join(
            JoinType::InnerJoin,
            price_list_price::Entity,
            Expr::cust("price_list_price.price_list_id = price_list.id"),
        );
    let not_over = Condition::any().add(price_list::Column::EndsAt.is_null()).add(price_list::Column::EndsAt.gt(now));
    let rows = select
        .filter(price_list::Column::Active.eq(true))
        .filter(price_list::Column::Currency.eq(currency))
        .filter(not_over)
        .filter(price_list_price::Column::VariantId.is_in(padded(variants.iter().copied())))
        .into_model::<Row>()
        .all(db)
        .await?;
    let mut prices: HashMap<VariantId, Vec<Price>> = HashMap::new();
    for row in rows {
        let price = ListPrice {
            list: row.list.id,
            variant: row.variant_id,
            minimum_quantity: row.minimum_quantity,
            amount_minor: row.amount_minor,
            compare_at_minor: row.compare_at_minor,
        };
        let price = Terms::from(row.list).price(&price);
        let price = price.map_err(|error| Error::fault(format!("a price of a list: {error}")))?;
        prices.entry(row.variant_id).or_default().push(price);
    }
    Ok(prices)
}

/// What lists ask for some variants in a currency of buyers of one country: those of [`prices`] that are for all countries or
/// for this one, which is the shop's own for a buyer whose country is not known or not sold to. One statement where there is
/// no such price, else two.
///
/// # Errors
/// The database's.
pub async fn prices_for(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    currency: Currency,
    country: Option<&str>,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Vec<Price>>, Error> {
    let mut found = prices(db, now, currency, variants).await?;
    if found.is_empty() {
        return Ok(found);
    }
    let country = Market::new(&shop::get(db).await?, Vec::new()).shopper(country, now).country;
    let country: Option<Country> = country.parse().ok();
    for prices in found.values_mut() {
        prices.retain_mut(|price| {
            let Some(list) = &mut price.list else { return true };
            let is_for = list.countries.is_empty() || country.is_some_and(|country| list.countries.contains(&country));
            // Decided here, where it is known which country the buyer's is read as.
            list.countries.clear();
            is_for
        });
    }
    found.retain(|_, prices| !prices.is_empty());
    Ok(found)
}

/// The currency in which a buyer of this country pays, as a part of a statement; as [`Market::shopper`] says it.
#[must_use]
pub fn currency_of_country(country: Option<&str>, now: DateTime<Utc>) -> Expr {
    // Two capital letters can be a part of the statement. A code in quotes is found in a JSON list, and nothing else is.
    let code = country.filter(|code| code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase()));
    let code = code.unwrap_or_default();
    let names = format!(
        "CAST(price_list.country_codes AS TEXT) LIKE '%\"' || (CASE WHEN CAST(shop.country_codes AS TEXT) \
         LIKE '%\"{code}\"%' THEN '{code}' ELSE shop.country_code END) || '\"%'"
    );
    let (starts, ends) = (price_list::Column::StartsAt, price_list::Column::EndsAt);
    let first = Query::select()
        .column(price_list::Column::Currency.as_column_ref())
        .from(price_list::Entity)
        .from("shop")
        .and_where(Expr::cust("shop.id = 1"))
        .and_where(price_list::Column::Active.eq(true))
        .cond_where(Condition::any().add(starts.is_null()).add(starts.lte(now)))
        .cond_where(Condition::any().add(ends.is_null()).add(ends.gt(now)))
        .and_where(Expr::cust(names))
        .order_by(price_list::Column::Priority.as_column_ref(), Order::Desc)
        .order_by(price_list::Column::Id.as_column_ref(), Order::Asc)
        .limit(1)
        .take();
    let own = Expr::cust("(SELECT shop.currency FROM shop WHERE shop.id = 1)");
    Func::coalesce([Expr::SubQuery(None, Box::new(first.into())), own]).into()
}

/// The currency in which a buyer of this country pays now.
///
/// # Errors
/// The database's.
pub async fn currency(db: &impl ConnectionTrait, country: Option<&str>, now: DateTime<Utc>) -> Result<Currency, Error> {
    let select = Query::select().expr_as(currency_of_country(country, now), "currency").take();
    let row = db.query_one(&select).await?.ok_or_else(|| Error::fault("the shop's row is missing"))?;
    Ok(row.try_get("", "currency")?)
}

/// What was asked for one unit of some variants in a currency, oldest first.
pub(super) async fn history(
    db: &impl ConnectionTrait,
    currency: Currency,
    variants: &[VariantId],
) -> Result<Vec<price_history::Model>, Error> {
    let select = price_history::Entity::find()
        .filter(price_history::Column::VariantId.is_in(padded(variants.iter().copied())))
        .filter(price_history::Column::Currency.eq(currency))
        .order_by_asc(price_history::Column::Since)
        .order_by_asc(price_history::Column::Id);
    Ok(select.all(db).await?)
}

/// What some lists said before, oldest first; also of lists that are gone.
pub(super) async fn terms_history(
    db: &impl ConnectionTrait,
    lists: Vec<PriceListId>,
) -> Result<Vec<price_list_history::Model>, Error> {
    if lists.is_empty() {
        return Ok(Vec::new());
    }
    let select = price_list_history::Entity::find()
        .filter(price_list_history::Column::PriceListId.is_in(padded(lists)))
        .order_by_asc(price_list_history::Column::Since)
        .order_by_asc(price_list_history::Column::Id);
    Ok(select.all(db).await?)
}
