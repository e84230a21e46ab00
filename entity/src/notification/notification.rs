//! Mails to shoppers: queued with the fact that causes them, sent by a job.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

use crate::ids::{NotificationId, OrderId};

/// What a mail tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NotificationKind {
    /// The order is placed.
    OrderConfirmation,
    /// A payment failed; another can be tried.
    PaymentFailed,
    /// The time to pay passed.
    OrderExpired,
    /// A parcel is on its way.
    Shipment,
    /// Money of the order went back.
    Refund,
    /// Money went back that could not place the order.
    PaymentReturned,
    /// The order was canceled.
    Cancellation,
    /// Staff changed what the order holds, where it goes or how.
    OrderEdited,
    /// Only a part of held money was taken: the rest is to be paid.
    BalanceDue,
    /// A gift card and its code.
    GiftCard,
}

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NotificationState {
    /// It waits for its time.
    Queued,
    /// A process is sending it. Once its time has come again, that process is taken for dead.
    Sending,
    /// The mail server has it.
    Sent,
    /// Given up until a person decides.
    Failed,
    /// Not sent: there was nothing to tell any more, or a person dropped it.
    Dropped,
}

/// One mail. Unique by (kind, subject), so that one fact gives one mail.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    /// Id; the mail's Message-ID is made of it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NotificationId,
    /// What it tells.
    pub kind: NotificationKind,
    /// What it is about: the order, a payment, a shipment, a refund or an edit of it, a gift card.
    pub subject_id: Uuid,
    /// The order; `None` for a gift card that no order sold.
    pub order_id: Option<OrderId>,
    /// To whom.
    pub recipient: String,
    /// In which language (ISO 639-1).
    pub language: String,
    /// Where it stands.
    pub state: NotificationState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it may be tried.
    pub next_at: DateTimeUtc,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When its fact was recorded.
    pub created_at: DateTimeUtc,
    /// When it was sent or dropped.
    pub finished_at: Option<DateTimeUtc>,
    /// What only this mail tells, sealed with a key of the shop's; gone once it is sent or dropped.
    pub sealed: Option<String>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
