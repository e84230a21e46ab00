//! Tables of payments, the webhook inbox and the sandbox gateway's own book.

pub mod gateway_customer;
pub mod gateway_difference;
#[expect(clippy::module_inception, reason = "the folder is the domain, the file its table")]
pub mod payment;
pub mod refund;
pub mod sandbox_intent;
pub mod sandbox_refund;
pub mod sandbox_webhook;
pub mod webhook_event;
