//! The rows of idempotency keys. Every change looks at the row as it was read: who came between wins.

use chrono::{DateTime, Utc};
use entity::{
    ids::OrderId,
    platform::idempotency_record::{ActiveModel, Column, Entity, IdempotencyState, Model},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait,
    IntoActiveModel, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict, Query},
};
use uuid::Uuid;

use super::{Ticket, Usage};
use crate::platform::{Database, tx};

/// An answer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its bytes.
    pub body: String,
    /// The code that chooses its HTTP status; `None`: 200.
    pub code: Option<String>,
    /// The order it is about.
    pub order_id: Option<Uuid>,
}

/// Adds the row of a key. False: there is one.
pub(super) async fn insert(tx: &DatabaseTransaction, row: &Model) -> Result<bool, DbErr> {
    let once = OnConflict::columns([Column::Scope, Column::Key]).do_nothing().to_owned();
    let row: ActiveModel = row.clone().into_active_model();
    Ok(Entity::insert(row.reset_all()).on_conflict(once).exec_without_returning(tx).await? > 0)
}

/// The row of a key.
pub(super) async fn find(db: &impl ConnectionTrait, usage: &Usage) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((usage.scope.clone(), usage.key.clone())).one(db).await
}

/// Takes a row over that nobody works on, for the next attempt; `anew` forgets when its key was first used. False: somebody
/// was faster.
pub(super) async fn take_over(tx: &DatabaseTransaction, seen: &Model, new: &Model, anew: bool) -> Result<bool, DbErr> {
    let created_at = if anew { new.created_at } else { seen.created_at };
    let done = Entity::update_many()
        .col_expr(Column::RequestHash, Expr::value(new.request_hash.clone()))
        .col_expr(Column::State, Expr::value(IdempotencyState::InProgress))
        .col_expr(Column::Holder, Expr::value(new.holder))
        .col_expr(Column::ClaimedUntil, Expr::value(new.claimed_until))
        .col_expr(Column::Response, Expr::value(Option::<String>::None))
        .col_expr(Column::ResponseCode, Expr::value(Option::<String>::None))
        .col_expr(Column::OrderId, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::CreatedAt, Expr::value(created_at))
        .col_expr(Column::CompletedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(held_by(&seen.scope, &seen.key, seen.holder, seen.state))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Closes a key with its answer, in the transaction of the work. False: the claim was lost; nothing of the work may stay.
///
/// # Errors
/// The database's.
pub async fn complete(
    tx: &DatabaseTransaction,
    ticket: &Ticket,
    answer: Answered,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(IdempotencyState::Done))
        .col_expr(Column::Response, Expr::value(Some(answer.body)))
        .col_expr(Column::ResponseCode, Expr::value(answer.code))
        .col_expr(Column::OrderId, Expr::value(answer.order_id.map(OrderId)))
        .col_expr(Column::CompletedAt, Expr::value(Some(now)))
        .filter(held_by(&ticket.scope, &ticket.key, ticket.holder, IdempotencyState::InProgress))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Gives a claim up, so that the next attempt may run at once. A key that was closed meanwhile stays.
///
/// # Errors
/// The database's; the claim then ends with its lease.
pub async fn release(db: &Database, ticket: &Ticket) -> Result<(), DbErr> {
    let tx = tx::begin(db).await?;
    let mine = held_by(&ticket.scope, &ticket.key, ticket.holder, IdempotencyState::InProgress);
    Entity::delete_many().filter(mine).exec(&*tx).await?;
    tx.commit().await
}

/// Deletes up to `limit` keys that were first used before `moment` and that nobody works on; returns how many.
///
/// # Errors
/// The database's.
pub async fn delete_before(tx: &DatabaseTransaction, moment: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    let idle = Condition::any().add(Column::State.eq(IdempotencyState::Done)).add(Column::ClaimedUntil.lt(moment));
    let old = Entity::find()
        .select_only()
        .columns([Column::Scope, Column::Key])
        .filter(Column::CreatedAt.lt(moment))
        .filter(idle)
        .limit(limit)
        .into_query();
    let both = Expr::tuple([Expr::col(Column::Scope), Expr::col(Column::Key)]);
    let delete = Query::delete().from_table(Entity).and_where(both.in_subquery(old)).to_owned();
    Ok(tx.execute(&delete).await?.rows_affected())
}

fn held_by(scope: &str, key: &str, holder: Uuid, state: IdempotencyState) -> Condition {
    Condition::all()
        .add(Column::Scope.eq(scope))
        .add(Column::Key.eq(key))
        .add(Column::Holder.eq(holder))
        .add(Column::State.eq(state))
}
