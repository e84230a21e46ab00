//! The prices of lists, a page at a time, for one list or many at once.

use entity::{ids::PriceListId, price_list::price_list_price};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Asterisk, Expr, ExprTrait, Order, Query, WindowStatement},
};

use crate::{
    domain::{
        catalog::keyset::{CursorValue, Keyset, Kind, SortColumn, Span},
        shared::{Error, Page, PageRequest},
    },
    platform::batch::padded,
};

/// Which part of a list's prices is asked for. Its cursors are checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PricesPart {
    size: u64,
    span: Span,
}

impl PricesPart {
    /// Checks the cursors of a request.
    ///
    /// # Errors
    /// `BadInput` for a cursor that such a list did not hand out.
    pub fn new(request: &PageRequest) -> Result<Self, Error> {
        Ok(Self { size: request.size, span: keyset().span(request)? })
    }
}

/// By variant, then by quantity.
fn keyset() -> Keyset<price_list_price::Model> {
    let column = |column| Expr::col((price_list_price::Entity, column));
    Keyset {
        name: "PRICES".to_owned(),
        columns: vec![
            SortColumn {
                kind: Kind::Id,
                expr: column(price_list_price::Column::VariantId),
                read: |row| CursorValue::Text(row.variant_id.to_string()),
            },
            SortColumn {
                kind: Kind::Number,
                expr: column(price_list_price::Column::MinimumQuantity),
                read: |row| CursorValue::Number(i64::from(row.minimum_quantity)),
            },
        ],
        descending: false,
    }
}

/// The same part of the prices of each of some lists, in one statement, each with one row more than the part has.
///
/// # Errors
/// The database's.
pub async fn parts(
    db: &impl ConnectionTrait,
    part: &PricesPart,
    lists: &[PriceListId],
) -> Result<Vec<price_list_price::Model>, Error> {
    let keyset = keyset();
    if let [list] = lists {
        // Numbering its rows would read all of them.
        let mut select = price_list_price::Entity::find()
            .filter(price_list_price::Column::PriceListId.eq(*list))
            .filter(keyset.within(&part.span))
            .limit(part.size + 1);
        keyset.sort(QueryTrait::query(&mut select), &part.span);
        return Ok(select.all(db).await?);
    }
    let mut window = WindowStatement::partition_by((price_list_price::Entity, price_list_price::Column::PriceListId));
    keyset.sort_window(&mut window, &part.span);
    let mut ranked = price_list_price::Entity::find()
        .filter(price_list_price::Column::PriceListId.is_in(padded(lists.iter().copied())))
        .filter(keyset.within(&part.span));
    QueryTrait::query(&mut ranked).expr_window_as(Expr::cust("ROW_NUMBER()"), window, "turn");
    let limit = i64::try_from(part.size + 1).unwrap_or(i64::MAX);
    let select = Query::select()
        .column(Asterisk)
        .from_subquery(ranked.into_query(), "ranked")
        .and_where(Expr::col("turn").lte(limit))
        .order_by("price_list_id", Order::Asc)
        .order_by("turn", Order::Asc)
        .take();
    let statement = db.get_database_backend().build(&select);
    Ok(price_list_price::Model::find_by_statement(statement).all(db).await?)
}

/// The page that the rows of one list make.
#[must_use]
pub fn page(request: &PageRequest, rows: Vec<price_list_price::Model>) -> Page<price_list_price::Model> {
    Page::from_rows(request, rows, |row| keyset().cursor(row))
}
