//! What of the catalog a search finds, as parts of a statement that others add their own to.

use entity::catalog::{collection, product};
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::{
    Sight, filter,
    list::Unavailable,
    search_query::{SearchQuery, Text},
    store::{visible, visible_collections},
};
use crate::domain::{shared::Error, shop};

/// Names of the columns of a hit: which table it is of, its id, and what hits are sorted by.
pub const COLUMNS: [&str; 5] = ["kind", "id", "availability", "rank", "title_key"];

/// What hits are sorted by first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitSort {
    /// Those whose title has the words.
    Relevance,
    /// The price of the cheapest variant.
    Price,
}

/// The products that a query finds: `kind`, `id`, `availability` (0 for what can be bought, 1 for what cannot, where that
/// is asked for), `rank` and `title_key`. Nothing for a query without words.
///
/// # Errors
/// The database's.
pub async fn products(
    db: &impl ConnectionTrait,
    sight: Sight,
    query: &SearchQuery,
    unavailable: Unavailable,
    sort: HitSort,
    kind: i32,
) -> Result<Option<SelectStatement>, Error> {
    let Some(asked) = &query.filter else { return Ok(None) };
    let currency = if filter::asks_for_price(asked) { Some(shop::get(db).await?.currency) } else { None };
    let mut select =
        product::Entity::find().select_only().filter(visible(sight)).filter(filter::condition(asked, currency));
    if unavailable == Unavailable::Hide {
        select = select.filter(filter::available());
    }
    let rank = match sort {
        HitSort::Relevance => filter::relevance(&query.words).unwrap_or_else(|| Expr::cust("0")),
        HitSort::Price => Expr::col((product::Entity, product::Column::MinPriceMinor)),
    };
    let availability = match unavailable {
        Unavailable::Last => Expr::case(filter::available(), 0_i32).finally(1_i32).into(),
        Unavailable::Show | Unavailable::Hide => Expr::cust("0"),
    };
    QueryTrait::query(&mut select)
        .expr_as(Expr::cust(kind.to_string()), COLUMNS[0])
        .expr_as(Expr::col((product::Entity, product::Column::Id)), COLUMNS[1])
        .expr_as(availability, COLUMNS[2])
        .expr_as(rank.cast_as("BIGINT"), COLUMNS[3])
        .expr_as(Expr::col((product::Entity, product::Column::TitleKey)), COLUMNS[4]);
    Ok(Some(select.into_query()))
}

/// The first collections whose title has all the words of a query, by title. Nothing for a query without words.
///
/// # Errors
/// The database's.
pub async fn collections(
    db: &impl ConnectionTrait,
    sight: Sight,
    words: &[Text],
    limit: u64,
) -> Result<Vec<collection::Model>, Error> {
    if words.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let mut select = collection::Entity::find().filter(visible_collections(sight));
    for word in words {
        select = select.filter(filter::has_word("' ' || collection.title_key || ' '", word));
    }
    let select = select.order_by_asc(collection::Column::TitleKey).order_by_asc(collection::Column::Id);
    Ok(select.limit(limit).all(db).await?)
}
