//! The enums of orders, payments and shipments, and the kinds of events.

use async_graphql::Enum;
use entity::{
    order::{
        fulfillment::ShipmentStatus as ShipmentRow,
        order::{
            CancelReason as CancelRow, FinancialStatus as FinancialRow, FulfillmentStatus as FulfillmentRow,
            OrderStatus as StatusRow,
        },
        order_line::LineStatus as LineRow,
    },
    payment::{
        payment::{CaptureMethod as CaptureRow, PaymentStatus as PaymentRow},
        refund::RefundStatus as RefundRow,
    },
};

use crate::domain::order::EventKind;

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "StatusRow")]
pub enum OrderStatus {
    /// Its stock is held and its payment is awaited.
    PendingPayment,
    /// Its payment was accepted; it can be sent.
    Processing,
    /// Everything was delivered.
    Completed,
    /// It was given up. `cancelReason` says why.
    Canceled,
}

/// Where an order's money stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "FinancialRow")]
pub enum OrderFinancialStatus {
    /// Nothing was paid yet.
    Pending,
    /// The money is held and not taken.
    Authorized,
    /// `balanceDue` is still to be paid: after an edit, a capture of a part, or a hold that ended after something was sent.
    PartiallyPaid,
    /// All of it was taken.
    Paid,
    /// Part of it went back.
    PartiallyRefunded,
    /// All of it went back.
    Refunded,
    /// The hold on the money was given up, or it was never taken.
    Voided,
    /// The time to pay passed.
    Expired,
}

/// Where an order's parcels stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "FulfillmentRow")]
pub enum OrderFulfillmentStatus {
    /// Nothing was sent.
    Unfulfilled,
    /// It is being packed.
    InProgress,
    /// Part of it was sent.
    PartiallyFulfilled,
    /// All of it was sent.
    Fulfilled,
    /// Staff stopped it.
    OnHold,
    /// All of it arrived.
    Delivered,
}

/// Where the stock of a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "LineRow")]
pub enum OrderLineStatus {
    /// Stock is reserved; the payment is awaited.
    Pending,
    /// Stock was taken for this order.
    Executed,
    /// Stock was given back.
    Canceled,
}

/// Why an order was canceled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "CancelRow")]
pub enum OrderCancelReason {
    /// The shopper asked for it.
    Customer,
    /// Staff did it.
    Staff,
    /// Something was not there.
    Inventory,
    /// The payment failed.
    Declined,
    /// The time to pay passed.
    Expired,
    /// The cart was edited while the payment was awaited.
    CartChanged,
    /// Another reason.
    Other,
}

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "PaymentRow")]
pub enum PaymentStatus {
    /// Its outcome is not known yet. Watch the order.
    Pending,
    /// The shopper has to go to `nextAction.url` first.
    RequiresAction,
    /// The money is held.
    Authorized,
    /// The money was taken.
    Captured,
    /// It failed; `failureMessage` says why. Another attempt can be made with `paymentRetry`.
    Failed,
    /// It was given up before money was taken.
    Voided,
    /// All of the money went back.
    Refunded,
}

/// When the money is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "CaptureRow")]
pub enum PaymentCaptureMethod {
    /// At once.
    Automatic,
    /// When staff capture it with `orderCapture`.
    Manual,
}

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "RefundRow")]
pub enum RefundStatus {
    /// The gateway was or will be asked.
    Pending,
    /// The money went back.
    Succeeded,
    /// The gateway refused; staff have to look.
    Failed,
    /// The gateway refused, and staff closed it: the money did not go back by this refund.
    Canceled,
}

/// Where a shipment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "ShipmentRow")]
pub enum FulfillmentStatus {
    /// Handed to the carrier.
    InTransit,
    /// Arrived.
    Delivered,
    /// Called back.
    Canceled,
}

/// What happened to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OrderEventType {
    /// The order was made; its payment is awaited.
    OrderCreated,
    /// Its payment was accepted: taken, or held for it. Once for each order.
    OrderPaid,
    /// Money that was held for it was taken.
    PaymentCaptured,
    /// A payment failed; another can be tried while the stock is held.
    PaymentFailed,
    /// The shopper has to do something before the payment goes on.
    PaymentActionRequired,
    /// A shipment was made.
    OrderFulfillmentCreated,
    /// Everything is on its way.
    OrderShipped,
    /// Everything arrived.
    OrderDelivered,
    /// The order was given up.
    OrderCanceled,
    /// Money went back.
    OrderRefunded,
    /// Staff changed what it holds, where it goes or how.
    OrderEdited,
}

impl From<EventKind> for OrderEventType {
    fn from(kind: EventKind) -> Self {
        match kind {
            EventKind::Created => Self::OrderCreated,
            EventKind::Paid => Self::OrderPaid,
            EventKind::Captured => Self::PaymentCaptured,
            EventKind::PaymentFailed => Self::PaymentFailed,
            EventKind::PaymentActionRequired => Self::PaymentActionRequired,
            EventKind::FulfillmentCreated => Self::OrderFulfillmentCreated,
            EventKind::Shipped => Self::OrderShipped,
            EventKind::Delivered => Self::OrderDelivered,
            EventKind::Canceled => Self::OrderCanceled,
            EventKind::Refunded => Self::OrderRefunded,
            EventKind::Edited => Self::OrderEdited,
        }
    }
}
