//! What the mutations of orders answer.

use async_graphql::{Context, Enum, SimpleObject};

use super::{Order, shipment::Fulfillment};
use crate::{
    domain::{checkout::CheckoutRefusal, order::OrderRefusal, shared::Failure},
    graphql::errors,
};

/// Why a change of an order was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OrderErrorCode {
    /// The order's state does not allow it; the message says what the state is.
    NotAllowed,
    /// A line is none of the order's.
    LineNotFound,
    /// A quantity is not from 1 to what is left.
    QuantityInvalid,
    /// An amount is nothing, or more than is held and owed.
    AmountInvalid,
    /// Nothing is left to send.
    NothingToShip,
    /// A text is too long or holds control characters.
    Invalid,
    /// The payment gateway did not answer; try again.
    PaymentInProgress,
}

/// A refused change of an order.
#[derive(Debug, SimpleObject)]
pub struct OrderUserError {
    /// The path of the input field it is about.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, for people.
    message: String,
    /// What is wrong, for programs.
    code: Option<OrderErrorCode>,
}

impl From<OrderRefusal> for OrderUserError {
    fn from(refusal: OrderRefusal) -> Self {
        let code = match &refusal {
            OrderRefusal::NotAllowed { .. } | OrderRefusal::BalanceDue => OrderErrorCode::NotAllowed,
            OrderRefusal::UnknownLine { .. } => OrderErrorCode::LineNotFound,
            OrderRefusal::Quantity { .. } => OrderErrorCode::QuantityInvalid,
            OrderRefusal::NothingToShip => OrderErrorCode::NothingToShip,
            OrderRefusal::Text { .. } => OrderErrorCode::Invalid,
        };
        Self { field: Some(refusal.field()), message: refusal.to_string(), code: Some(code) }
    }
}

impl From<CheckoutRefusal> for OrderUserError {
    fn from(refusal: CheckoutRefusal) -> Self {
        let code = match &refusal {
            CheckoutRefusal::PaymentInProgress => OrderErrorCode::PaymentInProgress,
            CheckoutRefusal::CaptureAmount { .. } => OrderErrorCode::AmountInvalid,
            _ => OrderErrorCode::NotAllowed,
        };
        Self { field: Some(refusal.field()), message: refusal.to_string(), code: Some(code) }
    }
}

/// A result with its refusals apart; null and an error when it failed.
pub(super) fn outcome<T, R: Into<OrderUserError>>(
    ctx: &Context<'_>,
    result: Result<T, Failure<R>>,
) -> Option<(Option<T>, Vec<OrderUserError>)> {
    match result {
        Ok(value) => Some((Some(value), Vec::new())),
        Err(Failure::Refused(refusals)) => Some((None, refusals.into_iter().map(Into::into).collect())),
        Err(Failure::Error(error)) => errors::nullable(ctx, Err(error)),
    }
}

macro_rules! order_payload {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $name {
            /// The order as it is now; null when it was refused.
            order: Option<Order>,
            /// Why it was refused.
            user_errors: Vec<OrderUserError>,
        }

        impl $name {
            pub(super) fn new((order, user_errors): (Option<crate::domain::order::Order>, Vec<OrderUserError>)) -> Self {
                Self { order: order.map(Order), user_errors }
            }
        }
    )+};
}

order_payload!(
    /// What canceling an order answers.
    OrderCancelPayload,
    /// What marking an order as delivered answers.
    OrderMarkAsDeliveredPayload,
    /// What capturing an order answers.
    OrderCapturePayload,
);

/// What making a parcel answers.
#[derive(Debug, SimpleObject)]
pub struct FulfillmentCreatePayload {
    /// The parcel; null when it was refused.
    pub(super) fulfillment: Option<Fulfillment>,
    /// The order as it is now; null when it was refused.
    pub(super) order: Option<Order>,
    /// Why it was refused.
    pub(super) user_errors: Vec<OrderUserError>,
}
