//! Lists of discounts and of their codes, a page at a time.

use chrono::{DateTime, Utc};
use entity::{
    discount::{
        discount::{self, DiscountMethod},
        discount_code,
    },
    ids::DiscountId,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Asterisk, Condition, Expr, ExprTrait, LikeExpr, Query, WindowStatement},
};

use super::Status;
use crate::{
    domain::{
        catalog::{
            keyset::{CursorValue, Keyset, Kind, SortColumn, Span},
            search_query::storable,
        },
        shared::{Error, Page, PageRequest, fold},
    },
    platform::batch::padded,
};

/// Longest text that is searched for, in characters.
const LONGEST: usize = 255;

/// Which discounts are asked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// A part of the title, or the beginning of a code; folded. Empty: all.
    text: String,
    /// How they come into a cart.
    pub method: Option<DiscountMethod>,
    /// Where they stand.
    pub status: Option<Status>,
}

impl Filter {
    /// Reads what is searched for.
    ///
    /// # Errors
    /// `BadInput` naming `argument` for a text that no database can hold.
    pub fn parse(argument: &str, text: &str) -> Result<Self, Error> {
        storable(argument, text)?;
        Ok(Self { text: fold(text).chars().take(LONGEST).collect(), ..Self::default() })
    }

    fn condition(&self, now: DateTime<Utc>) -> Condition {
        use discount::Column;
        let over = || Condition::all().add(Column::EndsAt.is_not_null()).add(Column::EndsAt.lte(now));
        let status = self.status.map(|status| match status {
            Status::Expired => over(),
            Status::Scheduled => Condition::all().add(over().not()).add(Column::StartsAt.gt(now)),
            Status::Active => Condition::all().add(over().not()).add(Column::StartsAt.lte(now)),
        });
        let text = (!self.text.is_empty()).then(|| {
            let escaped = escaped(&self.text);
            let like = |pattern: String| LikeExpr::new(pattern).escape('\\');
            let codes = Query::select()
                .column(discount_code::Column::DiscountId)
                .from(discount_code::Entity)
                .and_where(Expr::col(discount_code::Column::CodeKey).like(like(format!("{escaped}%"))))
                .take();
            let title = Expr::col((discount::Entity, Column::TitleKey)).like(like(format!("%{escaped}%")));
            Condition::any().add(title).add(Column::Id.in_subquery(codes))
        });
        let method = self.method.map(|method| Column::Method.eq(method));
        Condition::all().add_option(status).add_option(text).add_option(method)
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// A page of discounts, the oldest first, or the newest.
///
/// # Errors
/// `BadInput` for a cursor that the list did not hand out; the database's.
pub async fn discounts(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    filter: &Filter,
    reverse: bool,
    page: &PageRequest,
) -> Result<Page<discount::Model>, Error> {
    let column = SortColumn {
        kind: Kind::Id,
        expr: Expr::col((discount::Entity, discount::Column::Id)),
        read: |row: &discount::Model| CursorValue::Text(row.id.to_string()),
    };
    let keyset = Keyset { name: "discount".to_owned(), columns: vec![column], descending: reverse };
    let span = keyset.span(page)?;
    let select = discount::Entity::find().filter(filter.condition(now)).filter(keyset.within(&span));
    let mut select = select.limit(page.size + 1);
    keyset.sort(QueryTrait::query(&mut select), &span);
    Ok(Page::from_rows(page, select.all(db).await?, |row| keyset.cursor(row)))
}

/// The order of codes: as they were added.
fn of_codes() -> Keyset<discount_code::Model> {
    let column = SortColumn {
        kind: Kind::Id,
        expr: Expr::col((discount_code::Entity, discount_code::Column::Id)),
        read: |row: &discount_code::Model| CursorValue::Text(row.id.to_string()),
    };
    Keyset { name: "discount_code".to_owned(), columns: vec![column], descending: false }
}

/// Which part of a discount's codes is asked for. Its cursors are checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeList {
    size: u64,
    span: Span,
}

impl CodeList {
    /// Checks the cursors of a request.
    ///
    /// # Errors
    /// `BadInput` for a cursor that such a list did not hand out.
    pub fn new(page: &PageRequest) -> Result<Self, Error> {
        Ok(Self { size: page.size, span: of_codes().span(page)? })
    }
}

/// The same page of codes of each of some discounts, in one statement.
///
/// # Errors
/// The database's.
pub async fn codes_of(
    db: &impl ConnectionTrait,
    list: &CodeList,
    discounts: &[DiscountId],
) -> Result<Vec<discount_code::Model>, Error> {
    let keyset = of_codes();
    let mut window = WindowStatement::partition_by((discount_code::Entity, discount_code::Column::DiscountId));
    keyset.sort_window(&mut window, &list.span);
    let mut ranked = discount_code::Entity::find()
        .filter(discount_code::Column::DiscountId.is_in(padded(discounts.iter().copied())))
        .filter(keyset.within(&list.span));
    QueryTrait::query(&mut ranked).expr_window_as(Expr::cust("ROW_NUMBER()"), window, "turn");
    let select = Query::select()
        .column(Asterisk)
        .from_subquery(ranked.into_query(), "ranked")
        .and_where(Expr::col("turn").lte(i64::try_from(list.size + 1).unwrap_or(i64::MAX)))
        .order_by("discount_id", sea_orm::Order::Asc)
        .order_by("turn", sea_orm::Order::Asc)
        .take();
    let statement = db.get_database_backend().build(&select);
    Ok(discount_code::Model::find_by_statement(statement).all(db).await?)
}

/// The page that the codes of one discount make.
#[must_use]
pub fn page_of_codes(page: &PageRequest, rows: Vec<discount_code::Model>) -> Page<discount_code::Model> {
    let keyset = of_codes();
    Page::from_rows(page, rows, |row| keyset.cursor(row))
}
