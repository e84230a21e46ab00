//! Every query of payments that jobs look for: those in doubt, those that wait too long, those to be given up.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ids::PaymentId,
    payment::payment::{self, PaymentStatus},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, SimpleExpr},
};

use crate::platform::Sources;

/// Attempts to give up a payment before it is parked: a quarter of an hour, at the pace of the job that tries.
pub const REVERSAL_ATTEMPTS: i32 = 20;

/// How old a payment is, and how long it then rests between two questions: about a tenth of its age, and less than the quarter of
/// an hour after which the audit finds that it was left alone.
const RESTS: [(TimeDelta, TimeDelta); 2] =
    [(TimeDelta::minutes(10), TimeDelta::minutes(1)), (TimeDelta::hours(2), TimeDelta::minutes(12))];

/// The condition of the index `payment_unsettled`, in its own words: from a parameter SQLite cannot tell that the index has every
/// row that is asked for.
fn unsettled() -> SimpleExpr {
    Expr::cust("status IN ('PENDING', 'REQUIRES_ACTION')")
}

/// Open payments of a status whose gateways have to be asked again, the one that waits longest first: each rests `rest` between two
/// questions, and longer when it is older.
///
/// # Errors
/// The database's.
pub async fn unsettled_payments(
    db: &impl ConnectionTrait,
    status: PaymentStatus,
    now: DateTime<Utc>,
    rest: TimeDelta,
    most: u64,
) -> Result<Vec<payment::Model>, DbErr> {
    let rested = |rest: TimeDelta| payment::Column::UpdatedAt.lt(now - rest);
    let (mut due, mut until, mut least) = (Condition::any(), Condition::all(), rest);
    for (age, longer) in RESTS {
        due = due.add(until.add(payment::Column::CreatedAt.gt(now - age)).add(rested(least)));
        (until, least) = (Condition::all().add(payment::Column::CreatedAt.lte(now - age)), longer.max(rest));
    }
    let due = due.add(until.add(rested(least)));
    let open = payment::Entity::find().filter(payment::Column::Status.eq(status)).filter(unsettled()).filter(due);
    open.order_by_asc(payment::Column::UpdatedAt).limit(most).all(db).await
}

/// Attempts to pay a balance that were made before this time and still wait for their shoppers, the oldest first.
///
/// # Errors
/// The database's.
pub async fn abandoned_balances(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
    most: u64,
) -> Result<Vec<payment::Model>, DbErr> {
    let waiting = payment::Entity::find().filter(payment::Column::Status.eq(PaymentStatus::RequiresAction));
    waiting
        .filter(unsettled())
        .filter(payment::Column::BalanceRevision.is_not_null())
        .filter(payment::Column::CreatedAt.lt(before))
        .order_by_asc(payment::Column::CreatedAt)
        .limit(most)
        .all(db)
        .await
}

/// Notes that an open payment was asked about, so that the next look takes others first.
///
/// # Errors
/// The database's.
pub async fn touch_payment(tx: &DatabaseTransaction, sources: &Sources, id: PaymentId) -> Result<(), DbErr> {
    let touched = payment::Entity::update_many().col_expr(payment::Column::UpdatedAt, Expr::value(sources.now()));
    touched.filter(payment::Column::Id.eq(id)).exec(tx).await.map(drop)
}

/// Payments whose money has to go back because their order is not placed.
///
/// # Errors
/// The database's.
pub async fn reversals_due(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
    most: u64,
) -> Result<Vec<payment::Model>, DbErr> {
    let at_once = payment::Column::ReversalNextAt.is_null();
    let due = payment::Entity::find().filter(Expr::col(payment::Column::ReversalDue));
    due.filter(payment::Column::UpdatedAt.lt(before))
        .filter(Condition::any().add(at_once).add(payment::Column::ReversalNextAt.lte(before)))
        .order_by_asc(payment::Column::UpdatedAt)
        .limit(most)
        .all(db)
        .await
}

/// Notes that a payment could not be given up yet, and when that is tried again.
///
/// # Errors
/// The database's.
pub async fn retry_reversal_later(
    tx: &DatabaseTransaction,
    sources: &Sources,
    row: &payment::Model,
    next: DateTime<Utc>,
) -> Result<(), DbErr> {
    payment::Entity::update_many()
        .col_expr(payment::Column::ReversalAttempts, Expr::value(row.reversal_attempts.saturating_add(1)))
        .col_expr(payment::Column::ReversalNextAt, Expr::value(Some(next)))
        .col_expr(payment::Column::UpdatedAt, Expr::value(sources.now()))
        .filter(payment::Column::Id.eq(row.id))
        .exec(tx)
        .await
        .map(drop)
}

/// Payments that could not be given up in [`REVERSAL_ATTEMPTS`], the oldest first.
///
/// # Errors
/// The database's.
pub async fn parked_reversals(db: &impl ConnectionTrait, most: u64) -> Result<Vec<payment::Model>, DbErr> {
    let parked = payment::Entity::find()
        .filter(Expr::col(payment::Column::ReversalDue))
        .filter(payment::Column::ReversalAttempts.gte(REVERSAL_ATTEMPTS));
    parked.order_by_asc(payment::Column::CreatedAt).order_by_asc(payment::Column::Id).limit(most).all(db).await
}

/// Lets a payment be given up at once, from the first attempt on; says whether it waits for that.
///
/// # Errors
/// The database's.
pub async fn replay_reversal(tx: &DatabaseTransaction, id: PaymentId) -> Result<bool, DbErr> {
    let replayed = payment::Entity::update_many()
        .col_expr(payment::Column::ReversalAttempts, Expr::value(0))
        .col_expr(payment::Column::ReversalNextAt, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(payment::Column::Id.eq(id))
        .filter(payment::Column::ReversalDue.eq(true))
        .exec(tx)
        .await?;
    Ok(replayed.rows_affected > 0)
}
