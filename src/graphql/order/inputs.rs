//! What clients send about orders.

use async_graphql::{ID, InputObject};

use super::enums::{OrderEventType, OrderFinancialStatus, OrderFulfillmentStatus, OrderStatus};
use crate::{domain::order::OrderFilter, graphql::scalars::MoneyInput};

/// An order to be canceled.
#[derive(Debug, InputObject)]
pub struct OrderCancelInput {
    /// The order.
    pub order_id: ID,
}

/// An order that arrived.
#[derive(Debug, InputObject)]
pub struct OrderMarkAsDeliveredInput {
    /// The order.
    pub order_id: ID,
}

/// An order whose held money is to be taken.
#[derive(Debug, InputObject)]
pub struct OrderCaptureInput {
    /// The order.
    pub order_id: ID,
    /// How much is taken, at most what is held and owed; left out, all of that. Less than that can be taken once: the rest of
    /// the hold is given up, and its shopper pays it as `balanceDue`.
    pub amount: Option<MoneyInput>,
}

/// A parcel to be made.
#[derive(Debug, InputObject)]
pub struct FulfillmentCreateInput {
    /// The order.
    pub order_id: ID,
    /// What is sent; left out: everything that is left.
    pub line_items: Option<Vec<FulfillmentLineItemInput>>,
    /// Who carries it.
    pub tracking_info: Option<FulfillmentTrackingInput>,
    /// Whether the shopper gets a mail; true when left out. The order's timeline and its watchers always hear of it.
    pub notify_customer: Option<bool>,
}

/// Units of one line.
#[derive(Debug, InputObject)]
pub struct FulfillmentLineItemInput {
    /// The line.
    pub line_item_id: ID,
    /// Units, from 1 to what is left.
    pub quantity: i32,
}

/// Who carries a parcel.
#[derive(Debug, InputObject)]
pub struct FulfillmentTrackingInput {
    /// The tracking number.
    pub number: Option<String>,
    /// The carrier.
    pub company: Option<String>,
    /// A page that shows where it is: http or https.
    pub url: Option<String>,
}

/// Which orders.
#[derive(Debug, Default, InputObject)]
pub struct OrderFilterInput {
    /// Of these statuses.
    pub statuses: Option<Vec<OrderStatus>>,
    /// Whose money stands there.
    pub financial_statuses: Option<Vec<OrderFinancialStatus>>,
    /// Whose parcels stand there.
    pub fulfillment_statuses: Option<Vec<OrderFulfillmentStatus>>,
}

impl OrderFilterInput {
    /// The domain's filter, with a text to search for.
    pub fn with_text(self, text: Option<String>) -> OrderFilter {
        fn all<T: Into<U>, U>(values: Option<Vec<T>>) -> Vec<U> {
            values.unwrap_or_default().into_iter().map(Into::into).collect()
        }
        OrderFilter {
            statuses: all(self.statuses),
            financial_statuses: all(self.financial_statuses),
            fulfillment_statuses: all(self.fulfillment_statuses),
            text,
        }
    }
}

/// Which events of the feed.
#[derive(Debug, Default, InputObject)]
pub struct OrdersFeedFilter {
    /// Of these types; left out: of all.
    pub types: Option<Vec<OrderEventType>>,
}
