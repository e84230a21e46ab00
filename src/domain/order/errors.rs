//! Why an order was not changed as asked.

use std::fmt;

use entity::order::order::{FulfillmentStatus, OrderStatus};

/// A refusal the caller can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderRefusal {
    /// The order's state does not allow it.
    NotAllowed {
        /// What was asked for.
        action: &'static str,
        /// Where the order stands.
        status: OrderStatus,
        /// Where its parcels stand.
        fulfillment: FulfillmentStatus,
    },
    /// A part of what the order costs is still to be paid.
    BalanceDue,
    /// A line is none of this order's.
    UnknownLine {
        /// Its place in the input.
        index: usize,
    },
    /// A quantity is not from 1 to what is left to send.
    Quantity {
        /// Its place in the input.
        index: usize,
        /// Units that are left.
        left: i64,
    },
    /// Nothing is left to send.
    NothingToShip,
    /// A text is too long or holds control characters.
    Text {
        /// Which field.
        field: &'static str,
    },
}

impl OrderRefusal {
    /// The code in the API.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed { .. } | Self::BalanceDue => "NOT_ALLOWED",
            Self::UnknownLine { .. } => "LINE_NOT_FOUND",
            Self::Quantity { .. } => "QUANTITY_INVALID",
            Self::NothingToShip => "NOTHING_TO_SHIP",
            Self::Text { .. } => "INVALID",
        }
    }

    /// The path of the input field.
    #[must_use]
    pub fn field(&self) -> Vec<String> {
        let path = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
        match self {
            Self::NotAllowed { .. } | Self::BalanceDue => path(&["input", "orderId"]),
            Self::UnknownLine { index } => path(&["input", "lineItems", &index.to_string(), "lineItemId"]),
            Self::Quantity { index, .. } => path(&["input", "lineItems", &index.to_string(), "quantity"]),
            Self::NothingToShip => path(&["input", "lineItems"]),
            Self::Text { field } => path(&["input", "trackingInfo", field]),
        }
    }
}

impl fmt::Display for OrderRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAllowed { action, status, fulfillment } => {
                write!(f, "an order that is {} cannot be {action}", words(*status, *fulfillment))
            }
            Self::BalanceDue => write!(
                f,
                "something of this order is still to be paid: wait for its shopper, charge a saved way to pay, or edit the \
                 order to what is to be sent"
            ),
            Self::UnknownLine { .. } => write!(f, "this line is not part of the order"),
            Self::Quantity { left, .. } => write!(f, "the quantity must be from 1 to {left}, which is left to send"),
            Self::NothingToShip => write!(f, "everything of this order was sent already"),
            Self::Text { field } => {
                write!(f, "{field} must have at most 255 characters, no control characters and no card number")
            }
        }
    }
}

fn words(status: OrderStatus, fulfillment: FulfillmentStatus) -> &'static str {
    match (status, fulfillment) {
        (OrderStatus::PendingPayment, _) => "not paid yet",
        (OrderStatus::Canceled, _) => "canceled",
        (OrderStatus::Completed, _) => "completed",
        (OrderStatus::Processing, FulfillmentStatus::Unfulfilled) => "waiting to be sent",
        (OrderStatus::Processing, FulfillmentStatus::InProgress) => "being packed",
        (OrderStatus::Processing, FulfillmentStatus::PartiallyFulfilled) => "partly sent",
        (OrderStatus::Processing, FulfillmentStatus::Fulfilled) => "sent",
        (OrderStatus::Processing, FulfillmentStatus::OnHold) => "on hold",
        (OrderStatus::Processing, FulfillmentStatus::Delivered) => "delivered",
    }
}
