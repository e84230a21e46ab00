//! Payments: the gateway trait, what we know of each attempt to pay, refunds, and the webhook inbox.
//! Adding a gateway is a folder beside `sandbox` and `stripe` (docs/payments.md).

mod customers;
mod differences;
mod due_store;
mod foreign;
pub mod gateway;
mod inbox;
mod left;
mod lifecycle;
mod postings;
mod refund_store;
pub mod sandbox;
mod store;
#[cfg(feature = "stripe")]
pub mod stripe;

pub use customers::{customer_at, forget_customer, keep_customer};
pub use differences::{
    Difference, open_differences, payments_by_id, record_difference, references_between, resolve_difference,
};
pub use due_store::*;
pub use entity::payment::{payment::Model as Payment, refund::Model as Refund};
pub use foreign::foreign_minor;
pub use gateway::{Gateway, GatewayError, GatewayState, GatewayStatus, Gateways, SavedMethod};
pub use inbox::{
    Message, delete_worked as delete_worked_messages, discard as discard_message, due as due_messages,
    finish as finish_message, parked as parked_messages, receive, replay as replay_message,
    retry_later as retry_message_later,
};
pub use left::{Source, divide, is_due, left_of, net, net_of, refundable, undecided_of};
pub use lifecycle::{Step, step};
pub use postings::release_hold;
pub use refund_store::*;
pub use store::*;
