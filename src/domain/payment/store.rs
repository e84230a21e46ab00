//! Every query of payments.

use entity::{
    ids::{OrderId, PaymentId},
    money::Money,
    payment::payment::{self, CaptureMethod, PaymentStatus},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
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
    /// Whether the shopper is away.
    pub off_session: bool,
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
        off_session: Set(new.off_session),
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

/// Records what the gateway says of a locked payment, and what that means here; the ledger hears of money that came. What went back
/// is recorded refund by refund ([`super::add_refunded`], [`super::add_foreign_refund`]).
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
    };
    update.authorized_minor = Set(done.authorized);
    update.captured_minor = Set(done.captured);
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
