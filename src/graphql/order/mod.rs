//! Orders in the API: what shoppers and staff read and do, and how everybody watches.

mod access;
mod discount;
mod edit;
mod enums;
mod gift_card;
mod inputs;
mod invoice;
mod ledger;
mod line;
mod loaders;
mod mutations;
#[expect(clippy::module_inception, reason = "the type Order of the domain order")]
mod order;
mod payloads;
mod payment;
mod queries;
mod refund;
mod refund_create;
mod shipment;
mod shipping_line;
mod subscriptions;

pub use access::{load, open, open_existing};
pub use edit::{OrderEditMutation, OrderEditQuery};
pub use enums::PaymentCaptureMethod;
pub use loaders::OrderLoader;
pub use mutations::OrderMutation;
pub use order::Order;
pub use payment::Payment;
pub use queries::{OrderQuery, orders_of_customer};
pub use subscriptions::OrderSubscription;
