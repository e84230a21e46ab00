//! Every query of refunds.

use chrono::{DateTime, Utc};
use entity::{
    ids::{OrderId, OrderRefundId, RefundId},
    payment::{
        payment::{self, PaymentStatus},
        refund::{self, RefundStatus},
    },
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, TryIntoModel,
    sea_query::{Expr, OnConflict},
};

use super::postings;
use crate::platform::{Sources, batch::padded};

/// The refunds of some orders, oldest first.
///
/// # Errors
/// The database's.
pub async fn refunds_of(db: &impl ConnectionTrait, orders: &[OrderId]) -> Result<Vec<refund::Model>, DbErr> {
    let refunds = refund::Entity::find().filter(refund::Column::OrderId.is_in(padded(orders.iter().copied())));
    refunds.order_by_asc(refund::Column::CreatedAt).order_by_asc(refund::Column::Id).all(db).await
}

/// What the keys of refunds begin with that an edit made.
const EDIT: &str = "edit/";

/// What the keys of refunds begin with that nobody here asked for.
const FOREIGN: &str = "gateway/";

/// Why money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundReason {
    /// The order that it paid was canceled.
    Cancel,
    /// It came for an order that it did not place.
    Reversal,
    /// More was taken than the order costs since it was edited; its invoice never had it.
    Excess,
    /// Staff decided it.
    Order(OrderRefundId),
    /// An edit made the order cost less.
    Edit {
        /// The revision of the order's quote that the edit made.
        revision: i32,
    },
    /// What is left of a cancellation whose refund was closed.
    CancelAgain(RefundId),
    /// What is left of money that placed no order, whose refund was closed.
    ReversalAgain(RefundId),
}

impl RefundReason {
    /// The key in the table, unique among the refunds of a payment.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Cancel => "cancel".to_owned(),
            Self::Reversal => "reversal".to_owned(),
            Self::Excess => "excess".to_owned(),
            Self::Order(id) => format!("refund/{}", id.0.simple()),
            Self::Edit { revision } => format!("{EDIT}{revision}"),
            Self::CancelAgain(id) => format!("cancel/{}", id.0.simple()),
            Self::ReversalAgain(id) => format!("reversal/{}", id.0.simple()),
        }
    }

    fn order_refund(self) -> Option<OrderRefundId> {
        match self {
            Self::Cancel
            | Self::Reversal
            | Self::Excess
            | Self::Edit { .. }
            | Self::CancelAgain(_)
            | Self::ReversalAgain(_) => None,
            Self::Order(id) => Some(id),
        }
    }
}

/// The revision of the edit whose difference a refund gives back.
#[must_use]
pub fn edit_of(refund: &refund::Model) -> Option<i32> {
    refund.reason_key.strip_prefix(EDIT)?.parse().ok()
}

/// Whether a refund gives back what an edit made the order cost less.
#[must_use]
pub fn is_of_edit(refund: &refund::Model) -> bool {
    edit_of(refund).is_some()
}

/// Whether a refund gives back money that placed no order.
#[must_use]
pub fn is_of_reversal(refund: &refund::Model) -> bool {
    refund.reason_key.split('/').next() == Some("reversal")
}

/// Whether a refund gives back what a canceled order was paid with.
#[must_use]
pub fn is_of_cancellation(refund: &refund::Model) -> bool {
    refund.reason_key.split('/').next() == Some("cancel")
}

/// Whether a gateway gave it back and nobody here asked for it.
#[must_use]
pub fn is_foreign(refund: &refund::Model) -> bool {
    refund.reason_key.starts_with(FOREIGN)
}

/// Records that money is to go back, once for each payment and reason, also in the ledger; says whether it is new.
///
/// # Errors
/// The database's.
pub async fn insert_refund(
    tx: &DatabaseTransaction,
    sources: &Sources,
    of: &payment::Model,
    reason: RefundReason,
    amount_minor: i64,
) -> Result<bool, DbErr> {
    let now = sources.now();
    let row = refund::ActiveModel {
        id: Set(sources.id()),
        payment_id: Set(of.id),
        order_id: Set(of.order_id),
        reason_key: Set(reason.key()),
        order_refund_id: Set(reason.order_refund()),
        amount_minor: Set(amount_minor),
        status: Set(RefundStatus::Pending),
        attempts: Set(0),
        next_attempt_at: Set(now),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let once = OnConflict::columns([refund::Column::PaymentId, refund::Column::ReasonKey]).do_nothing().to_owned();
    let inserted = refund::Entity::insert(row.clone()).on_conflict(once).exec_without_returning(tx).await? > 0;
    if inserted {
        postings::refund_decided(tx, sources, of, &row.try_into_model()?).await?;
    }
    Ok(inserted)
}

/// One refund.
///
/// # Errors
/// The database's.
pub async fn refund(db: &impl ConnectionTrait, id: RefundId) -> Result<Option<refund::Model>, DbErr> {
    refund::Entity::find_by_id(id).one(db).await
}

/// Refunds that are to be sent to their gateways.
///
/// # Errors
/// The database's.
pub async fn due_refunds(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<Vec<refund::Model>, DbErr> {
    let due = refund::Entity::find()
        .filter(refund::Column::Status.eq(RefundStatus::Pending))
        .filter(refund::Column::NextAttemptAt.lte(now));
    due.order_by_asc(refund::Column::NextAttemptAt).limit(most).all(db).await
}

/// Moves a refund from PENDING to another state; says whether this call did it.
///
/// # Errors
/// The database's.
pub async fn finish_refund(
    tx: &DatabaseTransaction,
    sources: &Sources,
    id: RefundId,
    to: RefundStatus,
) -> Result<bool, DbErr> {
    let moved = refund::Entity::update_many()
        .col_expr(refund::Column::Status, Expr::value(to))
        .col_expr(refund::Column::UpdatedAt, Expr::value(sources.now()))
        .filter(refund::Column::Id.eq(id))
        .filter(refund::Column::Status.eq(RefundStatus::Pending))
        .exec(tx)
        .await?;
    Ok(moved.rows_affected > 0)
}

/// Adds money that went back to a locked payment, also in the ledger; all of it makes it REFUNDED.
///
/// # Errors
/// The database's.
pub async fn add_refunded(
    tx: &DatabaseTransaction,
    sources: &Sources,
    paid: &payment::Model,
    row: &refund::Model,
) -> Result<(), DbErr> {
    postings::refund_sent(tx, sources, paid, row).await?;
    raise_refunded(tx, sources, paid, row.amount_minor).await
}

/// Records that a gateway gave back of a locked payment what nobody here asked for, also in the ledger, as a refund that is done;
/// `decided`: what the order's books have of it.
///
/// # Errors
/// The database's.
pub async fn add_foreign_refund(
    tx: &DatabaseTransaction,
    sources: &Sources,
    paid: &payment::Model,
    amount_minor: i64,
    decided: Option<OrderRefundId>,
) -> Result<refund::Model, DbErr> {
    let now = sources.now();
    let row = refund::Model {
        id: sources.id(),
        payment_id: paid.id,
        order_id: paid.order_id,
        reason_key: format!("{FOREIGN}{}", paid.refunded_minor.saturating_add(amount_minor)),
        order_refund_id: decided,
        amount_minor,
        status: RefundStatus::Succeeded,
        attempts: 0,
        next_attempt_at: now,
        created_at: now,
        updated_at: now,
    };
    refund::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx).await?;
    postings::refund_at_gateway(tx, sources, paid, amount_minor).await?;
    raise_refunded(tx, sources, paid, amount_minor).await?;
    Ok(row)
}

async fn raise_refunded(
    tx: &DatabaseTransaction,
    sources: &Sources,
    paid: &payment::Model,
    minor: i64,
) -> Result<(), DbErr> {
    payment::Entity::update_many()
        .col_expr(payment::Column::RefundedMinor, Expr::col(payment::Column::RefundedMinor).add(minor))
        .col_expr(payment::Column::Version, Expr::col(payment::Column::Version).add(1))
        .col_expr(payment::Column::UpdatedAt, Expr::value(sources.now()))
        .filter(payment::Column::Id.eq(paid.id))
        .exec(tx)
        .await?;
    payment::Entity::update_many()
        .col_expr(payment::Column::Status, Expr::value(PaymentStatus::Refunded))
        .filter(payment::Column::Id.eq(paid.id))
        .filter(Expr::col(payment::Column::RefundedMinor).gte(Expr::col(payment::Column::CapturedMinor)))
        .filter(payment::Column::CapturedMinor.gt(0))
        .exec(tx)
        .await
        .map(drop)
}

/// Closes a refund of a locked payment that its gateway refused, also in the ledger: its amount is not to go back by it any more.
/// Says whether it was refused until now.
///
/// # Errors
/// The database's.
pub async fn close_refund(
    tx: &DatabaseTransaction,
    sources: &Sources,
    paid: &payment::Model,
    row: &refund::Model,
) -> Result<bool, DbErr> {
    let closed = refund::Entity::update_many()
        .col_expr(refund::Column::Status, Expr::value(RefundStatus::Canceled))
        .col_expr(refund::Column::UpdatedAt, Expr::value(sources.now()))
        .filter(refund::Column::Id.eq(row.id))
        .filter(refund::Column::Status.eq(RefundStatus::Failed))
        .exec(tx)
        .await?;
    if closed.rows_affected == 0 {
        return Ok(false);
    }
    postings::refund_closed(tx, sources, paid, row).await?;
    Ok(true)
}

/// Notes a failed attempt to send a refund; the next is later each time.
///
/// # Errors
/// The database's.
pub async fn retry_refund_later(
    tx: &DatabaseTransaction,
    row: &refund::Model,
    next: DateTime<Utc>,
) -> Result<(), DbErr> {
    refund::Entity::update_many()
        .col_expr(refund::Column::Attempts, Expr::value(row.attempts + 1))
        .col_expr(refund::Column::NextAttemptAt, Expr::value(next))
        .filter(refund::Column::Id.eq(row.id))
        .exec(tx)
        .await
        .map(drop)
}

/// Refunds that their gateways refused, or did not answer in this many attempts, the oldest first.
///
/// # Errors
/// The database's.
pub async fn parked_refunds(db: &impl ConnectionTrait, attempts: i32, most: u64) -> Result<Vec<refund::Model>, DbErr> {
    let tired = Condition::all()
        .add(refund::Column::Status.eq(RefundStatus::Pending))
        .add(refund::Column::Attempts.gte(attempts));
    let parked = Condition::any().add(refund::Column::Status.eq(RefundStatus::Failed)).add(tired);
    // In the words of the index too: from parameters SQLite cannot tell that it has every such row.
    let refunds = refund::Entity::find().filter(Expr::cust("status IN ('PENDING', 'FAILED')")).filter(parked);
    refunds.order_by_asc(refund::Column::CreatedAt).order_by_asc(refund::Column::Id).limit(most).all(db).await
}

/// Lets a refund that did not go through be sent at once, with the same key; says whether it waits for that.
///
/// # Errors
/// The database's.
pub async fn replay_refund(tx: &DatabaseTransaction, sources: &Sources, id: RefundId) -> Result<bool, DbErr> {
    let replayed = refund::Entity::update_many()
        .col_expr(refund::Column::Status, Expr::value(RefundStatus::Pending))
        .col_expr(refund::Column::Attempts, Expr::value(0))
        .col_expr(refund::Column::NextAttemptAt, Expr::value(sources.now()))
        .col_expr(refund::Column::UpdatedAt, Expr::value(sources.now()))
        .filter(refund::Column::Id.eq(id))
        .filter(refund::Column::Status.is_in([RefundStatus::Pending, RefundStatus::Failed]))
        .exec(tx)
        .await?;
    Ok(replayed.rows_affected > 0)
}
