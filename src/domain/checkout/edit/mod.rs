//! Editing a placed order before anything of it is sent: quantities, added goods, address, delivery. `plan` says what the order
//! would be and cost, which is the preview; `apply` does it in one transaction and leaves to the jobs what goes back.

mod apply;
mod errors;
mod facts;
mod plan;

use entity::{
    address::Address,
    ids::{AccountId, OrderId, OrderLineId, VariantId},
    money::Money,
};

pub use apply::edit_order;
pub use errors::EditRefusal;
pub use plan::{Planned, PlannedLine, preview_edit};

/// What is to be changed of an order. What is left out stays.
#[derive(Clone, Debug)]
pub struct OrderEdit {
    /// The order.
    pub order_id: OrderId,
    /// The staff member.
    pub account_id: Option<AccountId>,
    /// The version that staff saw.
    pub expected_version: Option<i32>,
    /// New quantities of lines; nothing removes the line.
    pub quantities: Vec<(OrderLineId, i64)>,
    /// Goods that are added, at the price of now.
    pub added: Vec<(VariantId, i64)>,
    /// Where it goes instead.
    pub shipping_address: Option<Address>,
    /// The handle of another delivery option.
    pub delivery_option: Option<String>,
    /// The total that staff saw in the preview.
    pub expected_total: Option<Money>,
    /// Whether the shopper gets a mail.
    pub notify: bool,
    /// The client's key of this attempt.
    pub idempotency_key: Option<String>,
}
