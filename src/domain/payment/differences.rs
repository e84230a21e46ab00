//! Every query of the differences between gateways' books and ours, and what is compared.

use chrono::{DateTime, Utc};
use entity::{
    ids::PaymentId,
    payment::{
        gateway_difference,
        payment::{self, PaymentStatus},
    },
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use crate::platform::{Sources, batch::padded};

/// A difference that a person has to look at.
pub type Difference = gateway_difference::Model;

/// Records a difference, or that it was seen again; one that had been resolved is open again.
///
/// # Errors
/// The database's.
pub async fn record_difference(
    tx: &DatabaseTransaction,
    sources: &Sources,
    gateway: &str,
    reference: &str,
    payment_id: Option<PaymentId>,
    detail: &str,
) -> Result<(), DbErr> {
    let now = sources.now();
    let row = gateway_difference::ActiveModel {
        id: Set(sources.id()),
        gateway: Set(gateway.to_owned()),
        provider_reference: Set(reference.to_owned()),
        payment_id: Set(payment_id),
        detail: Set(detail.to_owned()),
        found_at: Set(now),
        seen_at: Set(now),
        resolved_at: Set(None),
    };
    let columns = [gateway_difference::Column::Gateway, gateway_difference::Column::ProviderReference];
    let seen = [
        gateway_difference::Column::PaymentId,
        gateway_difference::Column::Detail,
        gateway_difference::Column::SeenAt,
        gateway_difference::Column::ResolvedAt,
    ];
    let again = OnConflict::columns(columns).update_columns(seen).to_owned();
    gateway_difference::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await.map(drop)
}

/// Ends a difference: the books agree again.
///
/// # Errors
/// The database's.
pub async fn resolve_difference(
    tx: &DatabaseTransaction,
    sources: &Sources,
    gateway: &str,
    reference: &str,
) -> Result<(), DbErr> {
    gateway_difference::Entity::update_many()
        .col_expr(gateway_difference::Column::ResolvedAt, Expr::value(Some(sources.now())))
        .filter(gateway_difference::Column::Gateway.eq(gateway))
        .filter(gateway_difference::Column::ProviderReference.eq(reference))
        .filter(gateway_difference::Column::ResolvedAt.is_null())
        .exec(tx)
        .await
        .map(drop)
}

/// The differences that are open, the oldest first.
///
/// # Errors
/// The database's.
pub async fn open_differences(db: &impl ConnectionTrait, most: u64) -> Result<Vec<Difference>, DbErr> {
    let open = gateway_difference::Entity::find().filter(gateway_difference::Column::ResolvedAt.is_null());
    open.order_by_asc(gateway_difference::Column::FoundAt)
        .order_by_asc(gateway_difference::Column::Id)
        .limit(most)
        .all(db)
        .await
}

/// These payments.
///
/// # Errors
/// The database's.
pub async fn payments_by_id(db: &impl ConnectionTrait, ids: &[PaymentId]) -> Result<Vec<payment::Model>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    payment::Entity::find().filter(payment::Column::Id.is_in(padded(ids.iter().copied()))).all(db).await
}

/// Payments that brought money by a gateway and were made from one time to another, each with the gateway's id.
///
/// # Errors
/// The database's.
pub async fn references_between(
    db: &impl ConnectionTrait,
    gateway: &str,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<(PaymentId, String)>, DbErr> {
    let brought = [PaymentStatus::Authorized, PaymentStatus::Captured, PaymentStatus::Refunded];
    payment::Entity::find()
        .select_only()
        .columns([payment::Column::Id, payment::Column::ProviderReference])
        .filter(payment::Column::Gateway.eq(gateway))
        .filter(payment::Column::Status.is_in(brought))
        .filter(payment::Column::CreatedAt.between(from, to))
        .filter(payment::Column::ProviderReference.is_not_null())
        .into_tuple()
        .all(db)
        .await
}
