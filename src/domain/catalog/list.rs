//! Lists of products and collections, a page at a time, for root fields and below many collections at once.

use entity::{
    catalog::{collection, collection_product, product},
    ids::CollectionId,
};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
    Select,
    sea_query::{Asterisk, Expr, ExprTrait, Query, WindowStatement},
};

use super::{
    Sight, filter,
    keyset::{Keyset, Span},
    search_query::SearchQuery,
    sort::{self, CollectionSort, MemberSort, ProductRow, ProductSort, Ranks},
    store::{padded, visible, visible_collections},
};
use crate::domain::{
    shared::{Error, Page, PageRequest},
    shop,
};

/// What becomes of products that cannot be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// They are where the order puts them.
    Show,
    /// They are left out.
    Hide,
    /// They come after all others.
    Last,
}

/// Which products are asked for, in which order.
#[derive(Clone, Debug)]
pub struct ProductList {
    /// What the viewer may see.
    pub sight: Sight,
    /// What they must fulfil.
    pub query: SearchQuery,
    /// What becomes of those that cannot be bought.
    pub unavailable: Unavailable,
    /// Their order.
    pub sort: ProductSort,
    /// The other way round.
    pub reverse: bool,
    /// The part that is asked for.
    pub page: PageRequest,
    /// Whether all are to be counted.
    pub counted: bool,
}

/// A page of products.
///
/// # Errors
/// `BadInput` for a cursor that the list did not hand out; the database's.
pub async fn products(db: &impl ConnectionTrait, list: &ProductList) -> Result<Page<product::Model>, Error> {
    let descending = (list.sort == ProductSort::BestSelling) != list.reverse;
    let ranks = Ranks {
        relevance: filter::relevance(&list.query.words),
        availability: (list.unavailable == Unavailable::Last).then(|| {
            // What cannot be bought comes last in either direction.
            let (available, sold_out) = if descending { (1_i32, 0_i32) } else { (0, 1) };
            Expr::case(filter::available(), available).finally(sold_out).into()
        }),
    };
    let keyset = sort::of_products(list.sort, list.reverse, &ranks);
    let span = keyset.span(&list.page)?;
    let all = matching(db, list).await?;
    let total = if list.counted { Some(all.clone().count(db).await?) } else { None };
    let mut select = all.filter(keyset.within(&span)).limit(list.page.size + 1);
    let query = QueryTrait::query(&mut select);
    let rank = |rank: Option<Expr>| rank.unwrap_or_else(|| Expr::cust("0"));
    query
        .expr_as(rank(ranks.availability), "availability_rank")
        .expr_as(rank(ranks.relevance), "relevance_rank")
        .expr_as(rank(None), "place");
    keyset.sort(query, &span);
    let rows = select.into_model::<ProductRow>().all(db).await?;
    let mut page = page_of_products(&list.page, &keyset, rows);
    page.total = total;
    Ok(page)
}

async fn matching(db: &impl ConnectionTrait, list: &ProductList) -> Result<Select<product::Entity>, Error> {
    let mut select = product::Entity::find().filter(visible(list.sight));
    if let Some(asked) = &list.query.filter {
        let currency = if filter::asks_for_price(asked) { Some(shop::get(db).await?.currency) } else { None };
        select = select.filter(filter::condition(asked, currency));
    }
    if list.unavailable == Unavailable::Hide {
        select = select.filter(filter::available());
    }
    Ok(select)
}

fn page_of_products(request: &PageRequest, keyset: &Keyset<ProductRow>, rows: Vec<ProductRow>) -> Page<product::Model> {
    Page::from_rows(request, rows, |row| keyset.cursor(row)).map(|row| row.product)
}

/// Which collections are asked for, in which order.
#[derive(Clone, Debug)]
pub struct CollectionList {
    /// What the viewer may see.
    pub sight: Sight,
    /// What they must fulfil.
    pub query: SearchQuery,
    /// Their order.
    pub sort: CollectionSort,
    /// The other way round.
    pub reverse: bool,
    /// The part that is asked for.
    pub page: PageRequest,
    /// Whether all are to be counted.
    pub counted: bool,
}

/// A page of collections.
///
/// # Errors
/// `BadInput` for a cursor that the list did not hand out; the database's.
pub async fn collections(db: &impl ConnectionTrait, list: &CollectionList) -> Result<Page<collection::Model>, Error> {
    let keyset = sort::of_collections(list.sort, list.reverse);
    let span = keyset.span(&list.page)?;
    let mut all = collection::Entity::find().filter(visible_collections(list.sight));
    if let Some(asked) = &list.query.filter {
        all = all.filter(filter::collection_condition(asked));
    }
    let total = if list.counted { Some(all.clone().count(db).await?) } else { None };
    let mut select = all.filter(keyset.within(&span)).limit(list.page.size + 1);
    keyset.sort(QueryTrait::query(&mut select), &span);
    let rows = select.all(db).await?;
    let mut page = Page::from_rows(&list.page, rows, |row| keyset.cursor(row));
    page.total = total;
    Ok(page)
}

/// Which part of a collection's products is asked for, in which order. Its cursors are checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MemberList {
    sort: MemberSort,
    reverse: bool,
    size: u64,
    span: Span,
}

impl MemberList {
    /// Checks the cursors of a request.
    ///
    /// # Errors
    /// `BadInput` for a cursor that a list in this order did not hand out.
    pub fn new(sort: MemberSort, reverse: bool, page: &PageRequest) -> Result<Self, Error> {
        let span = sort::of_members(sort, reverse).span(page)?;
        Ok(Self { sort, reverse, size: page.size, span })
    }
}

#[derive(FromQueryResult)]
struct MemberRow {
    owner_id: CollectionId,
    #[sea_orm(nested)]
    row: ProductRow,
}

/// The same page of products of each of some collections, in one statement: a window numbers the rows of each collection
/// in the page's order, and only the page's rows are read. So a list of collections with their first products costs one
/// statement, whatever the number of collections, and no collection is read whole.
///
/// # Errors
/// The database's.
pub async fn members(
    db: &impl ConnectionTrait,
    sight: Sight,
    list: &MemberList,
    owners: &[CollectionId],
) -> Result<Vec<(CollectionId, ProductRow)>, Error> {
    let keyset = sort::of_members(list.sort, list.reverse);
    let owner = Expr::col((collection_product::Entity, collection_product::Column::CollectionId));
    let mut window =
        WindowStatement::partition_by((collection_product::Entity, collection_product::Column::CollectionId));
    keyset.sort_window(&mut window, &list.span);
    let mut ranked = product::Entity::find()
        .filter(visible(sight))
        .filter(owner.clone().is_in(padded(owners)))
        .filter(keyset.within(&list.span));
    QueryTrait::query(&mut ranked)
        .join(JoinType::InnerJoin, collection_product::Entity, Expr::cust("collection_product.product_id = product.id"))
        .expr_as(owner, "owner_id")
        .expr_as(Expr::col((collection_product::Entity, collection_product::Column::Position)), "place")
        .expr_as(Expr::cust("0"), "availability_rank")
        .expr_as(Expr::cust("0"), "relevance_rank")
        .expr_window_as(Expr::cust("ROW_NUMBER()"), window, "turn");
    let limit = i64::try_from(list.size + 1).unwrap_or(i64::MAX);
    let select = Query::select()
        .column(Asterisk)
        .from_subquery(ranked.into_query(), "ranked")
        .and_where(Expr::col("turn").lte(limit))
        .order_by("owner_id", sea_orm::Order::Asc)
        .order_by("turn", sea_orm::Order::Asc)
        .take();
    let statement = db.get_database_backend().build(&select);
    let rows = MemberRow::find_by_statement(statement).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.owner_id, row.row)).collect())
}

/// The page that the rows of one collection make.
#[must_use]
pub fn page_of_members(list: &MemberList, request: &PageRequest, rows: Vec<ProductRow>) -> Page<product::Model> {
    page_of_products(request, &sort::of_members(list.sort, list.reverse), rows)
}
