//! Tables of orders and shipments.

pub mod fulfillment;
pub mod fulfillment_line;
#[expect(clippy::module_inception, reason = "the folder is the domain, the file its table")]
pub mod order;
pub mod order_line;
pub mod order_number;
pub mod order_quote;
pub mod order_refund;
pub mod order_refund_line;
pub mod timeline_entry;
