//! Finding products, pages and articles by words, in one list.
//!
//! Every table finds its own by the same words; one statement puts them in one order, so that a page of the list costs the
//! same however many there are. What was found is then loaded by the loaders.

use entity::{
    content::{article, page},
    ids::{ArticleId, PageId, ProductId},
};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait, StatementBuilder,
    sea_query::{Asterisk, Condition, Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::{
    Sight,
    store::{visible_articles, visible_pages},
};
use crate::domain::{
    catalog::{
        self,
        filter::has_word,
        hits::{self, COLUMNS, HitSort},
        keyset::{CursorValue, Keyset, Kind, SortColumn},
        list::Unavailable,
        search_query::{Filter, SearchQuery, Term, Text},
    },
    shared::{Error, Page, PageRequest},
};

const PRODUCT: i32 = 1;
const PAGE: i32 = 2;
const ARTICLE: i32 = 3;
/// The rank of what has no price among prices.
const NO_PRICE: &str = "CAST(9223372036854775807 AS BIGINT)";

/// Which kinds are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds {
    /// Products.
    pub products: bool,
    /// Pages.
    pub pages: bool,
    /// Articles.
    pub articles: bool,
}

/// What is looked for, by whom.
#[derive(Clone, Debug)]
pub struct Search {
    /// What the viewer may see of the catalog.
    pub products_seen: catalog::Sight,
    /// What the viewer may see of the content.
    pub content_seen: Sight,
    /// The words.
    pub query: SearchQuery,
    /// The kinds.
    pub kinds: Kinds,
    /// What becomes of products that cannot be bought.
    pub unavailable: Unavailable,
    /// The order.
    pub sort: HitSort,
    /// The other way round.
    pub reverse: bool,
    /// The part that is asked for.
    pub page: PageRequest,
    /// Whether all are to be counted.
    pub counted: bool,
}

/// Something that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A product.
    Product(ProductId),
    /// A page.
    Page(PageId),
    /// An article.
    Article(ArticleId),
}

#[derive(Clone, Debug, FromQueryResult)]
struct HitRow {
    kind: i32,
    id: Uuid,
    availability: i32,
    rank: i64,
    title_key: String,
}

impl HitRow {
    fn hit(&self) -> Hit {
        match self.kind {
            PRODUCT => Hit::Product(ProductId(self.id)),
            PAGE => Hit::Page(PageId(self.id)),
            _ => Hit::Article(ArticleId(self.id)),
        }
    }
}

/// A page of what was found.
///
/// # Errors
/// `BadInput` for a cursor that the list did not hand out; the database's.
pub async fn search(db: &impl ConnectionTrait, search: &Search) -> Result<Page<Hit>, Error> {
    let keyset = order(search);
    let span = keyset.span(&search.page)?;
    let mut parts = Vec::new();
    if search.kinds.products {
        let (seen, unavailable) = (search.products_seen, search.unavailable);
        parts.extend(hits::products(db, seen, &search.query, unavailable, search.sort, PRODUCT).await?);
    }
    parts.extend(of_content(search));
    let Some(all) = united(parts) else {
        return Ok(Page { items: Vec::new(), has_next: false, has_previous: false, total: Some(0) });
    };
    let backend = db.get_database_backend();
    let total = if search.counted {
        let count = Expr::cust("CAST(COUNT(*) AS BIGINT)");
        let counting = Query::select().expr_as(count, "n").from_subquery(all.clone(), "hit").take();
        let row = db.query_one_raw(StatementBuilder::build(&counting, &backend)).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
        u64::try_from(count).ok()
    } else {
        None
    };
    let mut select = Query::select().column(Asterisk).from_subquery(all, "hit").take();
    select.cond_where(keyset.within(&span)).limit(search.page.size + 1);
    keyset.sort(&mut select, &span);
    let rows = HitRow::find_by_statement(backend.build(&select)).all(db).await?;
    let mut page = Page::from_rows(&search.page, rows, |row| keyset.cursor(row)).map(|row| row.hit());
    page.total = total;
    Ok(page)
}

/// The order of hits: what cannot be bought last where that is asked for (in either direction), then by rank, title, id.
fn order(search: &Search) -> Keyset<HitRow> {
    let column = |kind, name: &'static str, read| SortColumn { kind, expr: Expr::col(name), read };
    let last = search.unavailable == Unavailable::Last;
    let mut columns = Vec::new();
    if last {
        let expr = if search.reverse { Expr::col(COLUMNS[2]).mul(-1) } else { Expr::col(COLUMNS[2]) };
        let read: fn(&HitRow) -> CursorValue = if search.reverse {
            |row| CursorValue::Number(-i64::from(row.availability))
        } else {
            |row| CursorValue::Number(row.availability.into())
        };
        columns.push(SortColumn { kind: Kind::Number, expr, read });
    }
    columns.push(column(Kind::Number, COLUMNS[3], |row: &HitRow| CursorValue::Number(row.rank)));
    columns.push(column(Kind::Text, COLUMNS[4], |row: &HitRow| CursorValue::Text(row.title_key.clone())));
    columns.push(column(Kind::Id, COLUMNS[1], |row: &HitRow| CursorValue::Text(row.id.to_string())));
    let name = format!("hit {:?} {} {}", search.sort, last, search.reverse);
    Keyset { name, columns, descending: search.reverse }
}

/// The parts of the statement that find pages and articles.
fn of_content(search: &Search) -> Vec<SelectStatement> {
    let Some(asked) = &search.query.filter else { return Vec::new() };
    let mut parts = Vec::new();
    if search.kinds.pages {
        let mut select = page::Entity::find()
            .select_only()
            .filter(visible_pages(search.content_seen))
            .filter(condition(asked, &OF_PAGES));
        let rank = rank(search, &OF_PAGES);
        QueryTrait::query(&mut select)
            .expr_as(Expr::cust(PAGE.to_string()), COLUMNS[0])
            .expr_as(Expr::col((page::Entity, page::Column::Id)), COLUMNS[1])
            .expr_as(Expr::cust("0"), COLUMNS[2])
            .expr_as(rank, COLUMNS[3])
            .expr_as(Expr::col((page::Entity, page::Column::TitleKey)), COLUMNS[4]);
        parts.push(select.into_query());
    }
    if search.kinds.articles {
        let mut select = article::Entity::find()
            .select_only()
            .filter(visible_articles(search.content_seen))
            .filter(condition(asked, &OF_ARTICLES));
        let rank = rank(search, &OF_ARTICLES);
        QueryTrait::query(&mut select)
            .expr_as(Expr::cust(ARTICLE.to_string()), COLUMNS[0])
            .expr_as(Expr::col((article::Entity, article::Column::Id)), COLUMNS[1])
            .expr_as(Expr::cust("0"), COLUMNS[2])
            .expr_as(rank, COLUMNS[3])
            .expr_as(Expr::col((article::Entity, article::Column::TitleKey)), COLUMNS[4]);
        parts.push(select.into_query());
    }
    parts
}

fn united(parts: Vec<SelectStatement>) -> Option<SelectStatement> {
    let mut parts = parts.into_iter();
    let mut all = parts.next()?;
    for part in parts {
        all.union(UnionType::All, part);
    }
    Some(all)
}

/// Where a table has its words.
struct Words {
    all: &'static str,
    title: &'static str,
    handle: &'static str,
}

const OF_PAGES: Words =
    Words { all: "page.search_words", title: "' ' || page.title_key || ' '", handle: "page.handle" };
const OF_ARTICLES: Words =
    Words { all: "article.search_words", title: "' ' || article.title_key || ' '", handle: "article.handle" };

/// The condition of a filter. What only products have, a page has not.
fn condition(filter: &Filter, of: &Words) -> Condition {
    match filter {
        Filter::All(filters) => filters.iter().fold(Condition::all(), |all, filter| all.add(condition(filter, of))),
        Filter::Any(filters) => filters.iter().fold(Condition::any(), |any, filter| any.add(condition(filter, of))),
        Filter::Not(filter) => condition(filter, of).not(),
        Filter::Is(Term::Word(word)) => Condition::all().add(has_word(of.all, word)),
        Filter::Is(Term::Title(word)) => Condition::all().add(has_word(of.title, word)),
        Filter::Is(Term::Handle(handle)) => Condition::all().add(Expr::cust(of.handle).eq(handle)),
        Filter::Is(
            Term::Tag(_) | Term::ProductType(_) | Term::Vendor(_) | Term::Sku(_) | Term::Available(_) | Term::Price(..),
        ) => Condition::all().add(Expr::cust("1 = 0")),
    }
}

fn rank(search: &Search, of: &Words) -> Expr {
    let words: &[Text] = &search.query.words;
    match search.sort {
        HitSort::Price => Expr::cust(NO_PRICE),
        HitSort::Relevance if words.is_empty() => Expr::cust("CAST(0 AS BIGINT)"),
        HitSort::Relevance => {
            let in_title = words.iter().fold(Condition::all(), |all, word| all.add(has_word(of.title, word)));
            let in_title: Expr = Expr::case(in_title, 0_i32).finally(1_i32).into();
            in_title.cast_as("BIGINT")
        }
    }
}

/// The first pages that a query finds, those whose title has the words first.
///
/// # Errors
/// The database's.
pub async fn pages(
    db: &impl ConnectionTrait,
    sight: Sight,
    query: &SearchQuery,
    limit: u64,
) -> Result<Vec<page::Model>, Error> {
    let (Some(asked), true) = (&query.filter, limit > 0) else { return Ok(Vec::new()) };
    let select = page::Entity::find().filter(visible_pages(sight)).filter(condition(asked, &OF_PAGES));
    let select = select.order_by_asc(in_title(&query.words, &OF_PAGES)).order_by_asc(page::Column::TitleKey);
    Ok(select.order_by_asc(page::Column::Id).limit(limit).all(db).await?)
}

/// The first articles that a query finds, those whose title has the words first.
///
/// # Errors
/// The database's.
pub async fn articles(
    db: &impl ConnectionTrait,
    sight: Sight,
    query: &SearchQuery,
    limit: u64,
) -> Result<Vec<article::Model>, Error> {
    let (Some(asked), true) = (&query.filter, limit > 0) else { return Ok(Vec::new()) };
    let select = article::Entity::find().filter(visible_articles(sight)).filter(condition(asked, &OF_ARTICLES));
    let select = select.order_by_asc(in_title(&query.words, &OF_ARTICLES)).order_by_asc(article::Column::TitleKey);
    Ok(select.order_by_asc(article::Column::Id).limit(limit).all(db).await?)
}

fn in_title(words: &[Text], of: &Words) -> Expr {
    let all = words.iter().fold(Condition::all(), |all, word| all.add(has_word(of.title, word)));
    Expr::case(all, 0_i32).finally(1_i32).into()
}
