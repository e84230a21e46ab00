//! Orders: a snapshot of what was bought, at what price, to which address; three status axes; a timeline; shipments.

mod deliver;
mod edit_store;
mod errors;
mod events;
mod lifecycle;
mod list;
mod model;
mod quote_store;
mod refund_store;
mod ship;
mod shipment_store;
mod store;

pub use deliver::mark_as_delivered;
pub use edit_store::{remove_lines, requote_line};
pub use entity::order::{
    fulfillment::Model as Fulfillment, fulfillment_line::Model as FulfillmentLine, order::Model as Order,
    order_line::Model as OrderLine, order_refund::Model as OrderRefund, order_refund_line::Model as OrderRefundLine,
    timeline_entry::Model as TimelineEntry,
};
pub use errors::OrderRefusal;
pub use events::{EventKind, SUBJECT, note, note_about};
pub use lifecycle::{OrderEvent, OrderState, next};
pub use list::{OrderFilter, list, orders_of_customer};
pub use model::{ShipLine, Tracking};
pub use quote_store::{KeptQuote, QuotePlace, basis_of, is_kept, keep_quote, quote_of, quotes_of};
pub use refund_store::*;
pub use ship::{Shipment, ship};
pub use shipment_store::{fulfillment_lines_of, fulfillments_of};
pub use store::*;

use crate::platform::keys::KeyRing;
use entity::ids::OrderId;

/// What the code of a guest's order token is derived for.
const TOKEN_PURPOSE: &str = "order";

/// The token that opens one order to whoever has it: a guest's proof. Nothing of it is stored.
#[must_use]
pub fn access_token(keys: &KeyRing, id: OrderId) -> String {
    keys.code(TOKEN_PURPOSE, id.0)
}

/// Whether a token opens this order. Constant time.
#[must_use]
pub fn token_opens(keys: &KeyRing, id: OrderId, token: &str) -> bool {
    keys.verifies(TOKEN_PURPOSE, id.0, token)
}
