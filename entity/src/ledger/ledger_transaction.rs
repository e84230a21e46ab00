//! Facts about money, each once.

use sea_orm::entity::prelude::*;

use crate::ids::{LedgerTransactionId, OrderId, PaymentId, RefundId};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LedgerKind {
    /// An order was placed: its total is owed.
    Sale,
    /// What is owed for a placed order became more or less.
    SaleChanged,
    /// A placed order was canceled: what was still owed for it is not any more.
    SaleCanceled,
    /// A gateway holds money, or held it until it took it.
    Authorization,
    /// A gateway took money.
    Capture,
    /// A gateway gave up a hold, or what it held beyond what it took.
    Release,
    /// It was decided that money goes back.
    RefundDecided,
    /// A gateway gave it back.
    RefundSent,
    /// A gateway refused to give it back, and a person decided that it is not sent any more.
    RefundClosed,
    /// A gateway gave money back that this shop did not ask it to.
    RefundAtGateway,
    /// A gift card paid.
    GiftCardPayment,
    /// Money went back to a gift card.
    GiftCardRefund,
}

/// One fact. Its entries sum to zero in each currency. Rows are added and never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_transaction")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LedgerTransactionId,
    /// The order.
    pub order_id: OrderId,
    /// The payment, when a gateway's money moved or is to move.
    pub payment_id: Option<PaymentId>,
    /// The refund, when it is about one.
    pub refund_id: Option<RefundId>,
    /// What happened.
    pub kind: LedgerKind,
    /// What makes the fact unique, such as `sale/` and the order's id.
    pub source: String,
    /// When it was written, in the transaction that made the fact.
    pub created_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
