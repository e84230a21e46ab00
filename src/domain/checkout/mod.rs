//! Checkout: the use cases that change several domains at once. A cart becomes an order in three short phases:
//!
//! 1. [`complete`] locks the cart, quotes it, takes what gift cards pay and the uses of its discounts, holds stock, opens the order
//!    and the payment: one transaction.
//! 2. `charge` calls the gateway, our payment id as its idempotency key: no transaction.
//! 3. [`settle`] records the outcome: one transaction. Webhooks and the jobs call the same function.
//!
//! Locks are taken in one order: cart, order, payment, products by id, gift cards by id, discounts by id, stock by (variant,
//! location).

mod attempt;
mod balance;
mod cancel;
mod capture;
mod charge;
mod complete;
mod context;
mod delivery;
mod discounts;
mod edit;
mod errors;
mod expire;
mod gift_cards;
mod place;
mod reconcile;
mod refund;
mod release;
mod retry;
mod reverse;
mod saved;
mod settle;
mod sold_line;
mod sweep;
mod validate;

pub use cancel::{Canceler, cancel_order};
pub use capture::capture_order;
pub use complete::{Completion, Outcome, complete};
pub use context::CheckoutContext;
pub use edit::{EditRefusal, OrderEdit, Planned, PlannedLine, edit_order, preview_edit};
pub use errors::CheckoutRefusal;
pub use expire::expire_overdue;
pub use reconcile::reconcile;
pub use refund::{
    RefundDecision, RefundLine, RefundPlan, RefundRefusal, RefundRequest, RefundShipping, create_refund,
    plan as plan_refund, standing as refund_standing,
};
pub use release::release_cart;
pub use retry::{Retry, retry_payment};
pub use reverse::{reverse_due, send_due_refunds};
pub use saved::{Saved, SavedCharge, charge_saved, forget_method, saved_methods};
pub use settle::settle;
pub use sweep::{chase_payments, process_messages};
pub use validate::PaymentChoice;
