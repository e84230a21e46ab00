//! Lists of orders, newest first, with keyset cursors.

use chrono::{DateTime, Utc};
use entity::{
    ids::{AccountId, OrderId},
    order::order::{self, FinancialStatus, FulfillmentStatus, OrderStatus},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, Order as Direction, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, Func, LikeExpr},
};
use uuid::Uuid;

use crate::domain::shared::{Error, Page, PageRequest, Range, fold};

/// Which orders staff want to see.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// Of these statuses; empty: of all.
    pub statuses: Vec<OrderStatus>,
    /// Of these financial statuses.
    pub financial_statuses: Vec<FinancialStatus>,
    /// Of these fulfillment statuses.
    pub fulfillment_statuses: Vec<FulfillmentStatus>,
    /// An order number or the beginning of an e-mail address.
    pub text: Option<String>,
}

/// Orders of the whole shop, newest first.
///
/// # Errors
/// `BadInput` for a foreign cursor; the database's.
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &OrderFilter,
    request: &PageRequest,
) -> Result<Page<order::Model>, Error> {
    if filter.text.as_deref().is_some_and(|text| text.contains('\0')) {
        return Err(Error::bad_input("query", "must not hold the character NUL"));
    }
    let mut condition = Condition::all();
    if !filter.statuses.is_empty() {
        condition = condition.add(order::Column::Status.is_in(filter.statuses.iter().copied()));
    }
    if !filter.financial_statuses.is_empty() {
        condition = condition.add(order::Column::FinancialStatus.is_in(filter.financial_statuses.iter().copied()));
    }
    if !filter.fulfillment_statuses.is_empty() {
        condition = condition.add(order::Column::FulfillmentStatus.is_in(filter.fulfillment_statuses.iter().copied()));
    }
    if let Some(text) = filter.text.as_deref().map(fold).filter(|text| !text.is_empty()) {
        let number = text.trim_start_matches('#').parse::<i64>().ok();
        let address =
            Expr::expr(Func::lower(Expr::col(order::Column::Email))).like(LikeExpr::new(prefix(&text)).escape('\\'));
        condition = condition.add(match number {
            Some(number) => Condition::any().add(order::Column::Number.eq(number)).add(address),
            None => Condition::any().add(address),
        });
    }
    page(db, condition, request).await
}

/// Orders of one customer that were paid, newest first.
///
/// # Errors
/// `BadInput` for a foreign cursor; the database's.
pub async fn orders_of_customer(
    db: &impl ConnectionTrait,
    account_id: AccountId,
    request: &PageRequest,
) -> Result<Page<order::Model>, Error> {
    let placed =
        Condition::all().add(order::Column::AccountId.eq(account_id)).add(order::Column::PlacedAt.is_not_null());
    page(db, placed, request).await
}

async fn page(
    db: &impl ConnectionTrait,
    condition: Condition,
    request: &PageRequest,
) -> Result<Page<order::Model>, Error> {
    let mut query = order::Entity::find().filter(condition);
    if let Some(cursor) = &request.after {
        let (at, id) = parse_cursor("after", cursor)?;
        query = query.filter(older(at, id));
    }
    if let Some(cursor) = &request.before {
        let (at, id) = parse_cursor("before", cursor)?;
        query = query.filter(newer(at, id));
    }
    let direction = match request.range {
        Range::First => Direction::Desc,
        Range::Last => Direction::Asc,
    };
    let rows = query
        .order_by(order::Column::CreatedAt, direction.clone())
        .order_by(order::Column::Id, direction)
        .limit(request.size + 1)
        .all(db)
        .await?;
    Ok(Page::from_rows(request, rows, |row| format!("{}_{}", row.created_at.timestamp_micros(), row.id)))
}

/// A LIKE pattern of what begins with a text, whose own wildcards mean nothing.
fn prefix(text: &str) -> String {
    format!("{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

fn older(at: DateTime<Utc>, id: OrderId) -> Condition {
    let same = Condition::all().add(order::Column::CreatedAt.eq(at)).add(order::Column::Id.lt(id));
    Condition::any().add(order::Column::CreatedAt.lt(at)).add(same)
}

fn newer(at: DateTime<Utc>, id: OrderId) -> Condition {
    let same = Condition::all().add(order::Column::CreatedAt.eq(at)).add(order::Column::Id.gt(id));
    Condition::any().add(order::Column::CreatedAt.gt(at)).add(same)
}

fn parse_cursor(argument: &str, cursor: &str) -> Result<(DateTime<Utc>, OrderId), Error> {
    let parts = cursor.split_once('_');
    let at = parts.and_then(|(at, _)| DateTime::from_timestamp_micros(at.parse().ok()?));
    let id = parts.and_then(|(_, id)| Uuid::try_parse(id).ok());
    match (at, id) {
        (Some(at), Some(id)) => Ok((at, OrderId(id))),
        _ => Err(Error::bad_input(argument, "is no cursor of this list")),
    }
}
