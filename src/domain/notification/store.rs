//! Every query of the queue.

use chrono::{DateTime, Utc};
use entity::{
    ids::{NotificationId, OrderId},
    notification::notification::{self, NotificationKind as Kind, NotificationState as State},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use super::Notification;
use crate::platform::{Database, Sources, batch::delete_some, jobs::shortened, tx};

/// Queues a mail unless its kind was queued for its subject before.
pub(super) async fn insert_once(tx: &DatabaseTransaction, row: notification::ActiveModel) -> Result<(), DbErr> {
    let once =
        OnConflict::columns([notification::Column::Kind, notification::Column::SubjectId]).do_nothing().to_owned();
    notification::Entity::insert(row).on_conflict(once).exec_without_returning(tx).await.map(drop)
}

/// Mails to be sent now, the longest due first. A failed payment is told of when its shopper had time to try again:
/// only those that failed before `failed_before`.
pub(super) async fn due(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    failed_before: DateTime<Utc>,
    most: u64,
) -> Result<Vec<Notification>, DbErr> {
    let patient = Condition::any()
        .add(notification::Column::Kind.ne(Kind::PaymentFailed))
        .add(notification::Column::CreatedAt.lte(failed_before));
    notification::Entity::find()
        // In the words of the index: from parameters SQLite cannot tell that it has every such row.
        .filter(Expr::cust("state IN ('QUEUED', 'SENDING')"))
        .filter(notification::Column::NextAt.lte(now))
        .filter(patient)
        .order_by_asc(notification::Column::NextAt)
        .order_by_asc(notification::Column::Id)
        .limit(most)
        .all(db)
        .await
}

/// Takes a mail for sending, until when others may take it; says whether nobody else did.
pub(super) async fn claim(tx: &DatabaseTransaction, row: &Notification, until: DateTime<Utc>) -> Result<bool, DbErr> {
    let taken = notification::Entity::update_many()
        .col_expr(notification::Column::State, Expr::value(State::Sending))
        .col_expr(notification::Column::Attempts, Expr::col(notification::Column::Attempts).add(1))
        .col_expr(notification::Column::NextAt, Expr::value(until))
        .filter(notification::Column::Id.eq(row.id))
        .filter(notification::Column::State.eq(row.state))
        .filter(notification::Column::NextAt.eq(row.next_at))
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// What becomes of a mail that was taken for sending.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// It is done with.
    Finished(State),
    /// It is tried again: no mail was taken, so this was no attempt.
    Postponed { until: DateTime<Utc>, why: String },
    /// It is tried again.
    Retried { until: DateTime<Utc>, why: String },
    /// It waits for a person.
    Parked { why: String },
}

/// Records what became of a mail that is being sent.
pub(super) async fn record(
    tx: &DatabaseTransaction,
    sources: &Sources,
    id: NotificationId,
    outcome: Outcome,
) -> Result<(), DbErr> {
    let update = notification::Entity::update_many()
        .filter(notification::Column::Id.eq(id))
        .filter(notification::Column::State.eq(State::Sending));
    let state = |state: State| Expr::value(state);
    let update = match outcome {
        Outcome::Finished(to) => update
            .col_expr(notification::Column::State, state(to))
            .col_expr(notification::Column::LastError, Expr::value(None::<String>))
            .col_expr(notification::Column::Sealed, Expr::value(None::<String>))
            .col_expr(notification::Column::FinishedAt, Expr::value(Some(sources.now()))),
        Outcome::Postponed { until, why } => update
            .col_expr(notification::Column::State, state(State::Queued))
            .col_expr(notification::Column::Attempts, Expr::col(notification::Column::Attempts).sub(1))
            .col_expr(notification::Column::NextAt, Expr::value(until))
            .col_expr(notification::Column::LastError, Expr::value(Some(shortened(&why)))),
        Outcome::Retried { until, why } => update
            .col_expr(notification::Column::State, state(State::Queued))
            .col_expr(notification::Column::NextAt, Expr::value(until))
            .col_expr(notification::Column::LastError, Expr::value(Some(shortened(&why)))),
        Outcome::Parked { why } => update
            .col_expr(notification::Column::State, state(State::Failed))
            .col_expr(notification::Column::LastError, Expr::value(Some(shortened(&why)))),
    };
    update.exec(tx).await.map(drop)
}

/// The parked mails, the oldest first.
///
/// # Errors
/// The database's.
pub async fn parked(db: &impl ConnectionTrait, most: u64) -> Result<Vec<Notification>, DbErr> {
    let parked = notification::Entity::find().filter(notification::Column::State.eq(State::Failed));
    parked
        .order_by_asc(notification::Column::CreatedAt)
        .order_by_asc(notification::Column::Id)
        .limit(most)
        .all(db)
        .await
}

/// Lets a parked mail be sent again, from the first attempt on; says whether it was parked.
///
/// # Errors
/// The database's.
pub async fn replay(tx: &DatabaseTransaction, sources: &Sources, id: NotificationId) -> Result<bool, DbErr> {
    let replayed = notification::Entity::update_many()
        .col_expr(notification::Column::State, Expr::value(State::Queued))
        .col_expr(notification::Column::Attempts, Expr::value(0))
        .col_expr(notification::Column::NextAt, Expr::value(sources.now()))
        .filter(notification::Column::Id.eq(id))
        .filter(notification::Column::State.eq(State::Failed))
        .exec(tx)
        .await?;
    Ok(replayed.rows_affected > 0)
}

/// Drops a parked mail; says whether it was parked.
///
/// # Errors
/// The database's.
pub async fn discard(tx: &DatabaseTransaction, sources: &Sources, id: NotificationId) -> Result<bool, DbErr> {
    let discarded = notification::Entity::update_many()
        .col_expr(notification::Column::State, Expr::value(State::Dropped))
        .col_expr(notification::Column::Sealed, Expr::value(None::<String>))
        .col_expr(notification::Column::FinishedAt, Expr::value(Some(sources.now())))
        .filter(notification::Column::Id.eq(id))
        .filter(notification::Column::State.eq(State::Failed))
        .exec(tx)
        .await?;
    Ok(discarded.rows_affected > 0)
}

/// The mails of an order, oldest first.
///
/// # Errors
/// The database's.
pub async fn find_of_order(db: &impl ConnectionTrait, id: OrderId) -> Result<Vec<Notification>, DbErr> {
    let of = notification::Entity::find().filter(notification::Column::OrderId.eq(id));
    of.order_by_asc(notification::Column::CreatedAt).order_by_asc(notification::Column::Id).all(db).await
}

/// Deletes at most `most` mails that were sent or dropped before `before`; returns how many. Parked ones stay.
///
/// # Errors
/// The database's.
pub async fn delete_finished(db: &Database, before: DateTime<Utc>, most: u64) -> Result<u64, DbErr> {
    let finished = Condition::all()
        .add(notification::Column::State.is_in([State::Sent, State::Dropped]))
        .add(notification::Column::FinishedAt.lt(before));
    let (id, order) = (notification::Column::Id, notification::Column::FinishedAt);
    delete_some::<notification::Entity>(db, id, order, finished, most).await
}

/// In a transaction of its own, because sending lies between taking a mail and recording what became of it.
pub(super) async fn in_tx<T>(
    db: &Database,
    work: impl AsyncFnOnce(&DatabaseTransaction) -> Result<T, DbErr>,
) -> Result<T, DbErr> {
    let tx = tx::begin(db).await?;
    let done = work(&tx).await?;
    tx.commit().await?;
    Ok(done)
}
