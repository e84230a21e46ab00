//! Lists of pages, blogs, articles and redirects, a page at a time, for root fields and below many blogs at once.

use entity::{
    content::{article, blog, page, url_redirect},
    ids::BlogId,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Asterisk, Expr, ExprTrait, IntoColumnRef, Query, WindowStatement},
};

use super::{
    Sight,
    redirect_query::{self, Filter},
    store::{visible_articles, visible_pages},
};
use crate::domain::{
    catalog::{
        keyset::{CursorValue, Keyset, Kind, SortColumn, Span},
        store::padded,
    },
    shared::{Error, Page, PageRequest},
};

/// Which part of a list is asked for, from which end.
#[derive(Clone, Debug)]
pub struct Part {
    /// The other way round.
    pub reverse: bool,
    /// The part.
    pub page: PageRequest,
}

fn by_id<R>(name: &str, id: impl IntoColumnRef, read: fn(&R) -> CursorValue, descending: bool) -> Keyset<R> {
    let columns = vec![SortColumn { kind: Kind::Id, expr: Expr::col(id), read }];
    Keyset { name: name.to_owned(), columns, descending }
}

async fn read<E>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    keyset: &Keyset<E::Model>,
    page: &PageRequest,
) -> Result<Page<E::Model>, Error>
where
    E: EntityTrait,
    E::Model: Send + Sync,
{
    let span = keyset.span(page)?;
    let mut select = select.filter(keyset.within(&span)).limit(page.size + 1);
    keyset.sort(QueryTrait::query(&mut select), &span);
    Ok(Page::from_rows(page, select.all(db).await?, |row| keyset.cursor(row)))
}

/// A page of pages, the oldest first.
///
/// # Errors
/// `BadInput` for a cursor that the list did not hand out; the database's.
pub async fn pages(db: &impl ConnectionTrait, sight: Sight, part: &Part) -> Result<Page<page::Model>, Error> {
    let id = (page::Entity, page::Column::Id);
    let keyset = by_id("page", id, |row: &page::Model| CursorValue::Text(row.id.to_string()), part.reverse);
    read(db, page::Entity::find().filter(visible_pages(sight)), &keyset, &part.page).await
}

/// A page of blogs, the oldest first.
///
/// # Errors
/// `BadInput` for a cursor that the list did not hand out; the database's.
pub async fn blogs(db: &impl ConnectionTrait, part: &Part) -> Result<Page<blog::Model>, Error> {
    let id = (blog::Entity, blog::Column::Id);
    let keyset = by_id("blog", id, |row: &blog::Model| CursorValue::Text(row.id.to_string()), part.reverse);
    read(db, blog::Entity::find(), &keyset, &part.page).await
}

/// A page of redirects, the oldest first.
///
/// # Errors
/// `BadInput` for a cursor that the list did not hand out; the database's.
pub async fn redirects(
    db: &impl ConnectionTrait,
    filter: Option<&Filter>,
    part: &Part,
) -> Result<Page<url_redirect::Model>, Error> {
    let id = (url_redirect::Entity, url_redirect::Column::Id);
    let read_id = |row: &url_redirect::Model| CursorValue::Text(row.id.to_string());
    let select = url_redirect::Entity::find();
    let select = match filter {
        Some(filter) => select.filter(redirect_query::condition(filter)),
        None => select,
    };
    read(db, select, &by_id("redirect", id, read_id, part.reverse), &part.page).await
}

/// The order of articles: the newest first.
fn of_articles(reverse: bool) -> Keyset<article::Model> {
    let listed = SortColumn {
        kind: Kind::Moment,
        expr: Expr::col((article::Entity, article::Column::ListedAt)),
        read: |row: &article::Model| CursorValue::Number(row.listed_at.timestamp_micros()),
    };
    let id = SortColumn {
        kind: Kind::Id,
        expr: Expr::col((article::Entity, article::Column::Id)),
        read: |row: &article::Model| CursorValue::Text(row.id.to_string()),
    };
    Keyset { name: "article".to_owned(), columns: vec![listed, id], descending: !reverse }
}

/// A page of the articles of all blogs, the newest first.
///
/// # Errors
/// `BadInput` for a cursor that the list did not hand out; the database's.
pub async fn articles(db: &impl ConnectionTrait, sight: Sight, part: &Part) -> Result<Page<article::Model>, Error> {
    let select = article::Entity::find().filter(visible_articles(sight));
    read(db, select, &of_articles(part.reverse), &part.page).await
}

/// Which part of a blog's articles is asked for. Its cursors are checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleList {
    reverse: bool,
    size: u64,
    span: Span,
}

impl ArticleList {
    /// Checks the cursors of a request.
    ///
    /// # Errors
    /// `BadInput` for a cursor that such a list did not hand out.
    pub fn new(part: &Part) -> Result<Self, Error> {
        let span = of_articles(part.reverse).span(&part.page)?;
        Ok(Self { reverse: part.reverse, size: part.page.size, span })
    }
}

/// The same page of articles of each of some blogs, in one statement.
///
/// # Errors
/// The database's.
pub async fn articles_of(
    db: &impl ConnectionTrait,
    sight: Sight,
    list: &ArticleList,
    blogs: &[BlogId],
) -> Result<Vec<article::Model>, Error> {
    let keyset = of_articles(list.reverse);
    let mut window = WindowStatement::partition_by((article::Entity, article::Column::BlogId));
    keyset.sort_window(&mut window, &list.span);
    let mut ranked = article::Entity::find()
        .filter(visible_articles(sight))
        .filter(article::Column::BlogId.is_in(padded(blogs)))
        .filter(keyset.within(&list.span));
    QueryTrait::query(&mut ranked).expr_window_as(Expr::cust("ROW_NUMBER()"), window, "turn");
    let limit = i64::try_from(list.size + 1).unwrap_or(i64::MAX);
    let select = Query::select()
        .column(Asterisk)
        .from_subquery(ranked.into_query(), "ranked")
        .and_where(Expr::col("turn").lte(limit))
        .order_by("blog_id", sea_orm::Order::Asc)
        .order_by("turn", sea_orm::Order::Asc)
        .take();
    let statement = db.get_database_backend().build(&select);
    Ok(article::Model::find_by_statement(statement).all(db).await?)
}

/// The page that the rows of one blog make.
#[must_use]
pub fn page_of_articles(part: &Part, rows: Vec<article::Model>) -> Page<article::Model> {
    let keyset = of_articles(part.reverse);
    Page::from_rows(&part.page, rows, |row| keyset.cursor(row))
}
