//! The values that a shipment is made of.

use entity::ids::OrderLineId;

/// Units of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShipLine {
    /// The line.
    pub order_line_id: OrderLineId,
    /// Units.
    pub quantity: i64,
}

/// Who carries it.
#[derive(Clone, Debug, Default)]
pub struct Tracking {
    /// Carrier.
    pub company: Option<String>,
    /// Tracking number.
    pub number: Option<String>,
    /// Page that shows where it is.
    pub url: Option<String>,
}
