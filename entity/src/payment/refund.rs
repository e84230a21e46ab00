//! Money given back.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, OrderRefundId, PaymentId, RefundId};

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RefundStatus {
    /// The gateway was or will be asked.
    Pending,
    /// The money went back.
    Succeeded,
    /// The gateway refused; a person has to look.
    Failed,
    /// The gateway refused, and a person decided that it is not sent any more.
    Canceled,
}

/// One refund. Unique by (payment, reason key), so that a cancel gives it back once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refund")]
pub struct Model {
    /// Id; also the idempotency key of the gateway call.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RefundId,
    /// The payment.
    pub payment_id: PaymentId,
    /// The order.
    pub order_id: OrderId,
    /// What makes it unique, such as `cancel`.
    pub reason_key: String,
    /// The decision that it is a part of, if staff made one.
    pub order_refund_id: Option<OrderRefundId>,
    /// Minor units of the payment's currency.
    pub amount_minor: i64,
    /// Where it stands.
    pub status: RefundStatus,
    /// How often the gateway was asked.
    pub attempts: i32,
    /// When it may be tried again.
    pub next_attempt_at: DateTimeUtc,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
