//! Every query of payments.

use chrono::{DateTime, Utc};
use entity::{
    ids::{OrderId, PaymentId},
    money::Money,
    payment::payment::{self, CaptureMethod, PaymentStatus},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{
    GatewayState,
    postings::{self, Done},
};
use crate::platform::{Sources, batch::padded};

/// A new attempt to pay.
#[derive(Clone, Debug)]
pub struct NewPayment {
    /// The order.
    pub order_id: OrderId,
    /// The edit whose balance it pays; `None`: what the order was placed for.
    pub balance_revision: Option<i32>,
    /// The gateway's name.
    pub gateway: String,
    /// What is owed.
    pub amount: Money,
    /// The token of the front end; `None`: its payment form finishes the payment.
    pub token: Option<String>,
    /// Whether the gateway is asked to remember the way to pay.
    pub save: bool,
    /// Where the shopper is sent back to.
    pub return_url: Option<String>,
    /// When the money is taken.
    pub capture_method: CaptureMethod,
    /// The client's idempotency key.
    pub idempotency_key: Option<String>,
    /// Hash of the client's request.
    pub request_hash: String,
}

/// States in which a payment may still bring money.
pub const OPEN: [PaymentStatus; 2] = [PaymentStatus::Pending, PaymentStatus::RequiresAction];

/// Attempts to give up a payment before it is parked: a quarter of an hour, at the pace of the job that tries.
pub const REVERSAL_ATTEMPTS: i32 = 20;

/// Records a new attempt. At most one attempt at what an order was placed for, and at each balance of it, is open or successful
/// (a unique index holds it).
///
/// # Errors
/// The database's.
pub async fn insert_payment(
    tx: &DatabaseTransaction,
    sources: &Sources,
    new: NewPayment,
) -> Result<payment::Model, DbErr> {
    let now = sources.now();
    let row = payment::ActiveModel {
        id: Set(sources.id()),
        order_id: Set(new.order_id),
        balance_revision: Set(new.balance_revision),
        gateway: Set(new.gateway),
        provider_reference: Set(None),
        status: Set(PaymentStatus::Pending),
        currency: Set(new.amount.currency),
        amount_minor: Set(new.amount.minor),
        authorized_minor: Set(0),
        captured_minor: Set(0),
        refunded_minor: Set(0),
        capture_method: Set(new.capture_method),
        token: Set(new.token),
        client_secret: Set(None),
        save_method: Set(new.save),
        return_url: Set(new.return_url),
        next_action_url: Set(None),
        failure_code: Set(None),
        failure_message: Set(None),
        flag: Set(None),
        idempotency_key: Set(new.idempotency_key),
        request_hash: Set(Some(new.request_hash)),
        reversal_due: Set(false),
        reversal_attempts: Set(0),
        reversal_next_at: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    payment::Entity::insert(row).exec_with_returning(tx).await
}

/// One payment.
///
/// # Errors
/// The database's.
pub async fn payment(db: &impl ConnectionTrait, id: PaymentId) -> Result<Option<payment::Model>, DbErr> {
    payment::Entity::find_by_id(id).one(db).await
}

/// The payment that a gateway knows under this id.
///
/// # Errors
/// The database's.
pub async fn payment_by_reference(
    db: &impl ConnectionTrait,
    gateway: &str,
    reference: &str,
) -> Result<Option<payment::Model>, DbErr> {
    let found = payment::Entity::find()
        .filter(payment::Column::Gateway.eq(gateway))
        .filter(payment::Column::ProviderReference.eq(reference));
    found.one(db).await
}

/// The newest payment of an order.
///
/// # Errors
/// The database's.
pub async fn latest_payment(db: &impl ConnectionTrait, order_id: OrderId) -> Result<Option<payment::Model>, DbErr> {
    let payments = payment::Entity::find().filter(payment::Column::OrderId.eq(order_id));
    payments.order_by_desc(payment::Column::CreatedAt).order_by_desc(payment::Column::Id).one(db).await
}

/// The payments of some orders, oldest first.
///
/// # Errors
/// The database's.
pub async fn payments_of(db: &impl ConnectionTrait, orders: &[OrderId]) -> Result<Vec<payment::Model>, DbErr> {
    let payments = payment::Entity::find().filter(payment::Column::OrderId.is_in(padded(orders.iter().copied())));
    payments.order_by_asc(payment::Column::CreatedAt).order_by_asc(payment::Column::Id).all(db).await
}

/// Locks a payment for the rest of the transaction and returns it as it is now.
///
/// # Errors
/// The database's.
pub async fn lock_payment(tx: &DatabaseTransaction, id: PaymentId) -> Result<Option<payment::Model>, DbErr> {
    payment::Entity::find_by_id(id).lock_exclusive().one(tx).await
}

/// Locks the payments of an order, in the order of their ids, and returns them as they are now.
///
/// # Errors
/// The database's.
pub async fn lock_payments_of(tx: &DatabaseTransaction, order_id: OrderId) -> Result<Vec<payment::Model>, DbErr> {
    let of = payment::Entity::find().filter(payment::Column::OrderId.eq(order_id));
    of.order_by_asc(payment::Column::Id).lock_exclusive().all(tx).await
}

/// What changes of a payment beside what the gateway says of its amounts.
#[derive(Clone, Debug, Default)]
pub struct PaymentChange {
    /// The new state.
    pub status: Option<PaymentStatus>,
    /// Why it failed: code and words for the shopper.
    pub failure: Option<(String, String)>,
    /// What a person has to look at.
    pub flag: Option<String>,
    /// Whether the gateway has to be told to give the money back.
    pub reversal_due: Option<bool>,
}

/// Records what the gateway says of a locked payment, and what that means here; the ledger hears of money that moved.
///
/// # Errors
/// The database's.
pub async fn record_state(
    tx: &DatabaseTransaction,
    sources: &Sources,
    row: &payment::Model,
    state: &GatewayState,
    change: PaymentChange,
) -> Result<(), DbErr> {
    let mut update = changed(sources, row, change);
    update.provider_reference = Set(Some(state.reference.clone()));
    let done = Done {
        authorized: std::cmp::max(state.authorized.minor, row.authorized_minor),
        captured: std::cmp::max(state.captured.minor, row.captured_minor),
        refunded: std::cmp::max(state.refunded.minor, row.refunded_minor),
    };
    update.authorized_minor = Set(done.authorized);
    update.captured_minor = Set(done.captured);
    update.refunded_minor = Set(done.refunded);
    if change_keeps_open(row, &update) {
        update.next_action_url = Set(state.next_action_url.clone());
        update.client_secret = Set(state.client_secret.clone());
    }
    payment::Entity::update(update).exec(tx).await?;
    postings::of_state(tx, sources, row, done, state.status).await
}

/// Records a change of a locked payment that no gateway state came with.
///
/// # Errors
/// The database's.
pub async fn change_payment(
    tx: &DatabaseTransaction,
    sources: &Sources,
    row: &payment::Model,
    change: PaymentChange,
) -> Result<(), DbErr> {
    payment::Entity::update(changed(sources, row, change)).exec(tx).await.map(drop)
}

/// Whether a payment still waits for its shopper after this change.
fn change_keeps_open(row: &payment::Model, update: &payment::ActiveModel) -> bool {
    OPEN.contains(update.status.try_as_ref().unwrap_or(&row.status))
}

/// Records under which id its gateway knows a locked payment of which nothing else is known yet.
///
/// # Errors
/// The database's.
pub async fn record_reference(
    tx: &DatabaseTransaction,
    sources: &Sources,
    row: &payment::Model,
    reference: &str,
) -> Result<(), DbErr> {
    let mut update = changed(sources, row, PaymentChange::default());
    update.provider_reference = Set(Some(reference.to_owned()));
    payment::Entity::update(update).exec(tx).await.map(drop)
}

fn changed(sources: &Sources, row: &payment::Model, change: PaymentChange) -> payment::ActiveModel {
    let mut update = payment::ActiveModel {
        id: Set(row.id),
        version: Set(row.version + 1),
        updated_at: Set(sources.now()),
        ..Default::default()
    };
    if let Some(status) = change.status {
        update.status = Set(status);
        if !OPEN.contains(&status) {
            // The token served its purpose; nothing of it is kept.
            update.token = Set(None);
            update.next_action_url = Set(None);
            update.client_secret = Set(None);
        }
    }
    if let Some((code, message)) = change.failure {
        update.failure_code = Set(Some(code));
        update.failure_message = Set(Some(message));
    }
    if let Some(flag) = change.flag {
        update.flag = Set(Some(flag));
    }
    if let Some(due) = change.reversal_due {
        update.reversal_due = Set(due);
    }
    update
}

/// Unknown outcomes that are older than `before`: their gateways have to be asked.
///
/// # Errors
/// The database's.
pub async fn unsettled_payments(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
    most: u64,
) -> Result<Vec<payment::Model>, DbErr> {
    let open = payment::Entity::find().filter(payment::Column::Status.is_in(OPEN));
    open.filter(payment::Column::UpdatedAt.lt(before))
        .order_by_asc(payment::Column::UpdatedAt)
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
    let due = payment::Entity::find().filter(payment::Column::ReversalDue.eq(true));
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
        .filter(payment::Column::ReversalDue.eq(true))
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

/// Gives up the open payments of an order; their gateways are told afterwards. Returns how many there were.
///
/// # Errors
/// The database's.
pub async fn void_open_payments(tx: &DatabaseTransaction, sources: &Sources, order_id: OrderId) -> Result<u64, DbErr> {
    let voided = payment::Entity::update_many()
        .col_expr(payment::Column::Status, Expr::value(PaymentStatus::Voided))
        .col_expr(payment::Column::ReversalDue, Expr::value(true))
        .col_expr(payment::Column::Token, Expr::value(Option::<String>::None))
        .col_expr(payment::Column::NextActionUrl, Expr::value(Option::<String>::None))
        .col_expr(payment::Column::ClientSecret, Expr::value(Option::<String>::None))
        .col_expr(payment::Column::Version, Expr::col(payment::Column::Version).add(1))
        .col_expr(payment::Column::UpdatedAt, Expr::value(sources.now()))
        .filter(payment::Column::OrderId.eq(order_id))
        .filter(payment::Column::Status.is_in(OPEN))
        .exec(tx)
        .await?;
    Ok(voided.rows_affected)
}
