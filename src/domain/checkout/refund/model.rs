//! What may be asked for.

use entity::{
    ids::{LocationId, OrderLineId},
    money::Money,
    order::order_refund_line::RestockType,
};

/// Units of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefundLine {
    /// The line.
    pub order_line_id: OrderLineId,
    /// Units.
    pub quantity: i64,
    /// What becomes of them.
    pub restock: RestockType,
    /// Where they are put; `None`: where they were taken from.
    pub location_id: Option<LocationId>,
}

/// Of what delivery cost, without the taxes that are added; these follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundShipping {
    /// All that did not go back yet.
    Full,
    /// So much.
    Amount(Money),
}

/// What is to go back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefundRequest {
    /// Units by line.
    pub lines: Vec<RefundLine>,
    /// Of delivery.
    pub shipping: Option<RefundShipping>,
    /// Beside units and delivery: goodwill.
    pub amount: Option<Money>,
}
